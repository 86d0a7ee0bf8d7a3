import CatalogModel
import Fabric
import Foundation
import HostConfig
import PlanChecks
import Quantities
import SiteModel
import TenfoldTestSupport
import Testing

/// What host files say, read back, against the plan that they were made of.
@Suite("Host files and plans")
struct HostPropertyTests {
  /// Plans of random sites, and of the examples that can be met.
  private static func plans() throws -> [PlannedCase] {
    let maker = try PlanMaker()
    var plans: [PlannedCase] = []
    for name in PlanMaker.examples {
      if case .planned(let plan) = try maker.example(name) { plans.append(plan) }
    }
    for golden in GoldenHosts.all {
      if case .planned(let plan) = maker.site(text: golden.site, name: golden.name) {
        plans.append(plan)
      }
    }
    for seed in UInt64(1)...10 {
      if case .planned(let plan) = maker.random(seed: seed) { plans.append(plan) }
    }
    return plans
  }

  /// A plan with what the files of its hosts say.
  private struct Case {
    var name: String
    var fabric: Fabric
    var config: HostConfig

    func text(_ path: String) -> String? { config.files.first { $0.path == path }?.text }

    /// VLANs that a port of a host gets tagged from its switch.
    func tagged(_ host: String, _ port: String) -> Set<Int> {
      guard let link = fabric.links.first(where: { $0.b == Endpoint(node: host, port: port) }),
        let own = fabric.intent(link.a.node)?.ports.first(where: { $0.name == link.a.port })
      else { return [] }
      return Set(own.membership.tagged.map(\.number))
    }

    func lossless(_ host: String) -> String {
      let switches = fabric.links.filter { $0.b.node == host }.compactMap {
        fabric.intent($0.a.node)
      }
      let lists = Set(
        switches.compactMap(\.qos).map { qos in
          qos.groups.filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
            .map(String.init).joined(separator: ",")
        })
      #expect(lists.count < 2)
      return lists.first ?? ""
    }
  }

  private static let cases = Result {
    try plans().map {
      Case(name: $0.name, fabric: $0.fabric, config: try ShippedHosts.config($0.fabric))
    }
  }

  @Test(
    "Windows: addresses, VLANs and MTUs are the plan's, on ports whose switch has the VLAN"
  )
  func windows() throws {
    var (addresses, folded, kinds) = (0, 0, Set<String>())
    for plan in try Self.cases.get() {
      let fabric = plan.fabric
      for group in fabric.site.hosts where group.os.hasPrefix("windows") && group.joinsNewFabric {
        guard let script = plan.text("hosts/\(group.name)/apply.ps1") else {
          if fabric.hosts.contains(where: { $0.group == group.name }) {
            Issue.record("\(plan.name): no script for \(group.name)")
          }
          continue
        }
        let read = ReadGroup(
          script: script, addresses: plan.text("hosts/\(group.name)/addresses.csv") ?? "")
        let notes = plan.config.notes.filter { $0.group == group.name }.map(\.text)
        for host in fabric.hosts where host.group == group.name {
          var met: Set<String> = []
          for subnet in fabric.subnets {
            let vlan = try #require(fabric.vlans.first { $0.id == subnet.vlan })
            for own in subnet.assignments where own.node == host.name {
              let text = "\(own.address)/\(subnet.prefix.prefixLength)"
              guard let alias = read.addresses[host.name]?.first(where: { $0.value == text })?.key
              else {
                // Only the one VLAN of a port may leave an address out, and then it is said.
                #expect(
                  notes.contains { $0.contains("not in VLAN \(vlan.id.number) (") },
                  "\(plan.name): \(host.name) \(text)")
                folded += 1
                continue
              }
              met.insert(alias)
              addresses += 1
              let interface = try #require(read.interfaces.first { $0.alias == alias })
              kinds.insert(interface.kind)
              #expect(interface.vlan == vlan.id.number, "\(plan.name): \(host.name) \(alias)")
              #expect(interface.mtu == vlan.mtu, "\(plan.name): \(host.name) \(alias)")
              #expect(interface.prefix == subnet.prefix.prefixLength)
              #expect(interface.isLossless == vlan.lossless)
              var ports = read.members[interface.parent] ?? [interface.parent]
              ports = ports.flatMap { read.members[$0] ?? [$0] }
              #expect(ports.contains(own.port), "\(plan.name): \(host.name) \(alias) on \(ports)")
              // One that is tied to a port works there; any other must work on every port.
              for port in interface.tiedTo.isEmpty ? ports : [interface.tiedTo] {
                #expect(
                  plan.tagged(host.name, port).contains(interface.vlan),
                  "\(plan.name): \(host.name) \(alias): no VLAN \(interface.vlan) on \(port)")
                #expect((read.portMTU[port] ?? 0) >= interface.mtu, "\(plan.name): \(port)")
              }
              if interface.kind == "Adapter" { #expect(read.bare.contains(own.port)) }
              if !interface.tiedTo.isEmpty { #expect(interface.tiedTo == own.port) }
            }
          }
          #expect(
            Set(read.addresses[host.name]?.keys ?? [:].keys) == met, "\(plan.name): \(host.name)")
        }
      }
    }
    #expect(addresses > 200, "\(addresses)")
    #expect(folded > 0 && kinds == ["Adapter", "Virtual", "Team"], "\(folded) \(kinds)")
  }

  @Test(
    "Windows: traffic classes are those of the switches, and there are none without"
  )
  func quality() throws {
    var lossless = 0
    for plan in try Self.cases.get() {
      for group in plan.fabric.site.hosts {
        guard let script = plan.text("hosts/\(group.name)/apply.ps1"),
          let host = plan.fabric.hosts.first(where: { $0.group == group.name })
        else { continue }
        let read = ReadGroup(script: script, addresses: "")
        let ports = host.cards.flatMap(\.ports)
        let hasLossless = plan.fabric.vlans.contains { vlan in
          vlan.lossless && ports.contains { plan.tagged(host.name, $0).contains(vlan.id.number) }
        }
        #expect(
          (read.lossless ?? "") == (hasLossless ? plan.lossless(host.name) : ""), "\(plan.name)")
        guard hasLossless, let device = plan.fabric.links.first(where: { $0.b.node == host.name })
        else {
          continue
        }
        lossless += 1
        let groups = plan.fabric.intent(device.a.node)?.qos?.groups ?? []
        for own in groups where !own.priorities.contains(where: { $0.number == 0 }) {
          let list = own.priorities.map { String($0.number) }.sorted().joined(separator: ",")
          #expect(
            read.classes.contains { $0.share == own.bandwidth && $0.priorities == list },
            "\(plan.name): \(own)")
        }
        #expect(read.text.contains("Set-NetQosDcbxSetting -Willing $false"))
      }
    }
    #expect(lossless > 5, "\(lossless)")
  }

  @Test(
    "Linux: every format says what the plan says, on bonds whose ports have the VLANs"
  )
  func linux() throws {
    var (addresses, formats) = (0, Set<String>())
    for plan in try Self.cases.get() {
      let fabric = plan.fabric
      for host in fabric.hosts {
        let folder = "hosts/\(host.group)/\(host.name)/"
        let files = plan.config.files.filter { $0.path.hasPrefix(folder) }
        guard !files.isEmpty else { continue }
        var reads: [(String, ReadHost)] = []
        if let text = plan.text(folder + "netplan/60-tenfold.yaml") {
          reads.append(("netplan", .netplan(text)))
        }
        if let text = plan.text(folder + "ifupdown2/tenfold") {
          reads.append(("ifupdown2", .ifupdown2(text)))
        }
        if let text = plan.text(folder + "nmcli/tenfold.sh") {
          reads.append(("nmcli", .nmcli(text)))
        }
        let own = files.filter { $0.path.hasPrefix(folder + "networkd/") }
        if !own.isEmpty {
          reads.append(
            (
              "networkd",
              .networkd(Dictionary(uniqueKeysWithValues: own.map { ($0.path, $0.text) }))
            ))
        }
        formats.formUnion(reads.map(\.0))
        let first = try #require(reads.first)
        for (format, read) in reads.dropFirst() {
          #expect(read == first.1, "\(plan.name): \(host.name): \(format) and \(first.0) differ")
        }
        var wanted: [String: (vlan: Int, mtu: Int, port: String)] = [:]
        for subnet in fabric.subnets {
          let vlan = try #require(fabric.vlans.first { $0.id == subnet.vlan })
          for assignment in subnet.assignments where assignment.node == host.name {
            wanted["\(assignment.address)/\(subnet.prefix.prefixLength)"] = (
              vlan.id.number, vlan.mtu, assignment.port
            )
          }
        }
        let read = first.1
        #expect(
          Set(read.tagged.values.map(\.address)).subtracting([""]) == Set(wanted.keys),
          "\(host.name)")
        let tenants = Set(fabric.vlans.filter { $0.purpose == .tenant }.map(\.id.number))
        for (name, tagged) in read.tagged {
          let ports = read.bonds[tagged.base] ?? [tagged.base]
          for port in ports {
            #expect(
              plan.tagged(host.name, port).contains(tagged.vlan),
              "\(plan.name): \(host.name) \(name): no VLAN \(tagged.vlan) on \(port)")
            #expect(
              (read.mtus[port] ?? 0) >= tagged.mtu && (read.mtus[tagged.base] ?? 0) >= tagged.mtu)
          }
          guard let want = wanted[tagged.address] else {
            #expect(
              tagged.address.isEmpty && tenants.contains(tagged.vlan) && !tagged.bridge.isEmpty)
            continue
          }
          addresses += 1
          #expect(
            tagged.vlan == want.vlan && tagged.mtu == want.mtu && tagged.bridge.isEmpty, "\(name)")
          #expect(ports.first == want.port, "\(plan.name): \(host.name) \(name)")
        }
        if let dcb = plan.text("hosts/\(host.group)/dcb.sh") {
          let list = plan.lossless(host.name)
          #expect(dcb.contains("prio-pfc all:off \(list):on") && dcb.contains("enabled=\(list)"))
        }
      }
    }
    #expect(addresses > 20, "\(addresses)")
    #expect(formats == ["netplan", "networkd", "ifupdown2", "nmcli"], "\(formats)")
  }

  @Test(
    "No file of a host sets a gateway, a route or DNS registration, or shows a template")
  func isolation() throws {
    var files = 0
    for plan in try Self.cases.get() {
      for file in plan.config.files where !file.lines.isEmpty {
        files += 1
        for line in file.lines where !line.text.drop(while: { $0 == " " }).hasPrefix("#") {
          for word in [
            "DefaultGateway", "Gateway=", "gateway ", "gateway4", "routes:", "ipv4.gateway",
            "New-NetRoute",
            "RegisterThisConnectionsAddress $true", "{{", "}}", " ## ",
          ] where line.text.contains(word) && !file.path.hasPrefix("ansible/") {
            Issue.record("\(plan.name) \(file.path):\(line.number): \(line.text)")
          }
          // A value that came out empty.
          for hole in ["= ;", "= }", "''; Members", "  -Confirm", "()\" }", "-After  ", "mtu \n"]
          where line.text.contains(hole) && file.path.hasSuffix("apply.ps1") {
            Issue.record("\(plan.name) \(file.path):\(line.number): \(line.text)")
          }
        }
      }
    }
    #expect(files > 100, "\(files)")
  }

  @Test("The limit of live migration is 60 % of the class of SMB on the ports that it shares")
  func limit() throws {
    let plan = try #require(try Self.cases.get().first { $0.name == "windows-2019" })
    let script = try #require(plan.text("hosts/hv/apply.ps1"))
    // Two ports of 10 Gbps, 50 % of each, 60 % of that: 6 Gbps.
    #expect(
      script.contains(
        "Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond 750000000 -Confirm"))
  }

  @Test("A name that could break out of a script is refused")
  func names() throws {
    var plan = try #require(try Self.cases.get().first { $0.name == "windows-2019" }).fabric
    plan.site.hosts[0].name = "hv'; Remove-Item x #"
    #expect(throws: Findings.self) { try ShippedHosts.config(plan) }
  }
}
