import Fabric
import Foundation
import HostConfig
import PlanChecks
import Quantities
import TenfoldTestSupport

/// A site of one group of hosts, whose files are golden.
struct GoldenHosts {
  var name: String
  var os: String
  var nics: String

  /// One group of Windows a release, and one of Linux that knows every format.
  static let all = [
    GoldenHosts(name: "windows-2012r2", os: "windows-server-2012r2", nics: apart),
    GoldenHosts(name: "windows-2016", os: "windows-server-2016", nics: together),
    GoldenHosts(name: "windows-2019", os: "windows-server-2019", nics: apart),
    GoldenHosts(name: "windows-2022", os: "windows-server-2022", nics: together),
    GoldenHosts(name: "windows-2025", os: "windows-server-2025", nics: storageAlone),
    GoldenHosts(name: "linux", os: "linux", nics: onLinux),
  ]

  private static let apart = """
        - { model: MCX312A-XCBT, attach: new-fabric, carries: [csv, live-migration] }
        - { model: X520-DA2, attach: new-fabric, carries: [tenant] }
    """
  private static let together = """
        - { model: MCX312A-XCBT, attach: new-fabric, carries: [csv, live-migration, tenant] }
    """
  private static let storageAlone = """
        - { model: MCX312A-XCBT, attach: new-fabric, carries: [csv] }
        - { model: MCX312A-XCBT, attach: new-fabric, carries: [live-migration] }
        - { model: X520-DA2, attach: new-fabric, carries: [tenant] }
    """
  private static let onLinux = """
        - { model: MCX312A-XCBT, attach: new-fabric, carries: [storage, live-migration] }
        - { model: X520-DA2, attach: new-fabric, carries: [tenant] }
    """

  private var isWindows: Bool { os.hasPrefix("windows") }

  /// All files but those of the second and third host, which differ in name and addresses alone.
  func files() throws -> [HostFile] {
    let maker = try PlanMaker()
    guard case .planned(let plan) = maker.site(text: site, name: name) else {
      throw GoldenFailure(name: name, outcome: "\(maker.site(text: site, name: name))")
    }
    return try ShippedHosts.config(plan.fabric).files.filter { file in
      !["hv-r1-02", "hv-r2-01"].contains { file.path.contains("/\($0)/") }
    }
  }

  struct GoldenFailure: Error {
    var name: String
    var outcome: String
  }

  var site: String {
    """
    tenfold: 1
    name: \(name)
    currency: EUR
    budget: { total: 220000 }
    prices:
      kinds: [contract, quote, street, list, refurbished, estimate]
      exchange: { USD: 0.92, on: 2026-11-01 }
    room:
      racks:
        - { name: r1, row: A, position: 1 }
        - { name: r2, row: A, position: 2 }
    hosts:
      - name: hv
        racks: { r1: 2, r2: 1 }
        os: \(os)
        nics:
    \(nics)
    traffic:
      rdma: required
      csv: \(isWindows ? "yes" : "no")
      live-migration: yes
      storage: \(isWindows ? "no" : "yes")
      tenant-vlans: [20, 30]
      gateways: core
    requirements:
      designs: [spine-leaf]
      spine-models: [S4810]
      tor-models: [N4032F]
    core:
      name: core-1
      kind: chassis
      rack: r1
      spanning-tree: { mode: rstp, priority: 24576 }
      ports:
        - { name: Te1/1, type: sfp+ }
        - { name: Te1/2, type: sfp+ }
      uplinks: 2
      carries: [20, 30]
    """
  }
}
