import Fabric
import Foundation
import Quantities
import TenfoldTestSupport
import ValidationTestSupport

/// The evidence of many healthy hosts as files, for whoever wants to know how long they take.
enum EvidenceSample {
  /// Hosts of one rack.
  private static let perRack = 40

  /// Writes `plan.json` and a folder `evidence` with one file a host.
  /// - Returns: why there is none.
  static func write(to folder: String, hosts count: Int, seed: UInt64) throws -> [String] {
    let attempt = try PlanMaker().site(text: site(hosts: count), name: "evidence-\(count)")
    guard case .planned(let plan) = attempt else { return ["no plan: \(attempt)"] }
    let bytes = try FabricJSON.bytes(plan.fabric)
    var world = World(plan.fabric)
    for host in world.hosts.indices { world.hosts[host].plan = FabricJSON.hash(bytes) }
    let root = URL(fileURLWithPath: folder)
    let evidence = root.appendingPathComponent("evidence")
    try FileManager.default.createDirectory(at: evidence, withIntermediateDirectories: true)
    try Data(bytes).write(to: root.appendingPathComponent("plan.json"))
    let all = world.evidence(world.hosts.map { _ in Sight() }, seed: seed, probesEach: 1)
    for (place, own) in all.enumerated() {
      var renderer = EvidenceRenderer(seed: seed &+ UInt64(place))
      try Data(try renderer.bytes(own)).write(
        to: evidence.appendingPathComponent("\(own.facts.host).json"))
    }
    return all.count == count ? [] : ["\(all.count) hosts and not \(count)"]
  }

  /// One network of all hosts, so that a thousand of them make a million pairs.
  private static func site(hosts count: Int) -> String {
    let racks = (count + perRack - 1) / perRack
    let names = (1...racks).map { "r\($0)" }
    let places = names.enumerated().map { place, name in
      "\(name): \(min(perRack, count - place * perRack))"
    }
    return """
      tenfold: 1
      name: evidence-\(count)
      currency: EUR
      room:
        racks:
      \(names.enumerated().map { place, name in
        "    - { name: \(name), row: A, position: \(place + 1) }"
      }.joined(separator: "\n"))
      hosts:
        - name: hv
          racks: { \(places.joined(separator: ", ")) }
          os: linux
          nics:
            - { model: X520-DA2, attach: new-fabric, carries: [live-migration] }
      traffic: { rdma: none, csv: no, live-migration: yes }
      requirements: { designs: [spine-leaf], oversubscription: 20, after-any-failure: 40 }
      addressing:
        live-migration: { vlans: [721, 722], subnets: [10.72.0.0/20, 10.72.16.0/20] }
      prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
      management: { subnet: 10.10.0.0/20 }

      """
  }
}
