import Foundation
import HostConfig

/// What the network files of a Linux host say, read by the forms of each format alone.
struct ReadHost: Equatable {
  struct Tagged: Equatable {
    var vlan: Int
    var base: String
    var mtu: Int
    var address: String
    var bridge: String
  }
  /// Ports of each bond, the preferred one first.
  var bonds: [String: [String]] = [:]
  /// MTU of ports and bonds.
  var mtus: [String: Int] = [:]
  var tagged: [String: Tagged] = [:]

  /// From `netplan/60-tenfold.yaml`: two blanks a level.
  static func netplan(_ text: String) -> ReadHost {
    var host = ReadHost()
    var (section, device, primary) = ("", "", [String: String]())
    var bridges: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let indent = line.prefix { $0 == " " }.count
      let words = line.dropFirst(indent).split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let value = words.count > 1 ? words[1] : ""
      let list = value.trimmingCharacters(in: ["[", "]"]).components(separatedBy: ", ")
      switch (indent, words[0]) {
      case (2, _): section = words[0]
      case (4, _):
        device = words[0]
        if section == "vlans" {
          host.tagged[device] = Tagged(vlan: 0, base: "", mtu: 0, address: "", bridge: "")
        }
      case (6, "id"): host.tagged[device]?.vlan = Int(value) ?? -1
      case (6, "link"): host.tagged[device]?.base = value
      case (6, "addresses"): host.tagged[device]?.address = list[0]
      case (6, "mtu") where section == "vlans": host.tagged[device]?.mtu = Int(value) ?? -1
      case (6, "mtu") where section != "bridges": host.mtus[device] = Int(value) ?? -1
      case (6, "interfaces") where section == "bonds": host.bonds[device] = list
      case (6, "interfaces"): bridges[list[0]] = device
      case (8, "primary"): primary[device] = value
      default: break
      }
    }
    for (port, bridge) in bridges { host.tagged[port]?.bridge = bridge }
    for (bond, port) in primary { host.order(bond, first: port) }
    return host
  }

  /// From the files of `networkd/`, by name.
  static func networkd(_ files: [String: String]) -> ReadHost {
    var host = ReadHost()
    var bases: [String: String] = [:]
    for (file, text) in files.sorted(by: { $0.key < $1.key }) {
      var values: [String: [String]] = [:]
      for line in text.split(separator: "\n") where line.contains("=") && !line.hasPrefix("#") {
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        values[parts[0], default: []].append(parts[1])
      }
      let name = values["Name"]?.first ?? ""
      if let mtu = values["MTUBytes"]?.first.flatMap({ Int($0) }) {
        switch values["Kind"]?.first {
        case "vlan":
          host.add(name)
          host.tagged[name]?.mtu = mtu
          host.tagged[name]?.vlan = values["Id"]?.first.flatMap { Int($0) } ?? -1
        case "bridge": break
        default: host.mtus[name] = mtu
        }
      }
      if file.hasSuffix(".network") {
        for vlan in values["VLAN"] ?? [] { bases[vlan] = name }
        if let bond = values["Bond"]?.first {
          host.bonds[bond, default: []].append(name)
          if values["PrimarySlave"] != nil { host.order(bond, first: name) }
        }
        if values["Address"] != nil || values["Bridge"] != nil { host.add(name) }
        if let address = values["Address"]?.first { host.tagged[name]?.address = address }
        if let bridge = values["Bridge"]?.first { host.tagged[name]?.bridge = bridge }
      }
    }
    for (vlan, base) in bases { host.tagged[vlan]?.base = base }
    return host
  }

  /// From `ifupdown2/tenfold`.
  static func ifupdown2(_ text: String) -> ReadHost {
    var host = ReadHost()
    var name = ""
    var bridges: [String: String] = [:]
    var primary: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
      switch words[0] {
      case "iface": name = words[1]
      case "bond-slaves": host.bonds[name] = Array(words.dropFirst())
      case "bond-primary": primary[name] = words[1]
      case "bridge-ports": bridges[words[1]] = name
      case "vlan-raw-device":
        host.add(name)
        host.tagged[name]?.base = words[1]
      case "vlan-id": host.tagged[name]?.vlan = Int(words[1]) ?? -1
      case "address":
        host.add(name)
        host.tagged[name]?.address = words[1]
      case "mtu" where host.tagged[name] != nil: host.tagged[name]?.mtu = Int(words[1]) ?? -1
      case "mtu": host.mtus[name] = Int(words[1]) ?? -1
      default: break
      }
    }
    for (port, bridge) in bridges { host.tagged[port]?.bridge = bridge }
    for (bond, port) in primary { host.order(bond, first: port) }
    return host
  }

  /// From `nmcli/tenfold.sh`.
  static func nmcli(_ text: String) -> ReadHost {
    var host = ReadHost()
    var primary: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("connection ") {
      let words = line.split(separator: " ").map(String.init)
      let (name, type) = (words[1], words[2])
      var values: [String: String] = [:]
      for place in stride(from: 3, to: words.count - 1, by: 2) {
        values[words[place]] = words[place + 1]
      }
      let mtu = values["802-3-ethernet.mtu"].flatMap { Int($0) } ?? -1
      switch type {
      case "bond":
        host.mtus[name] = mtu
        let options = (values["bond.options"] ?? "").split(separator: ",")
        primary[name] = options.first { $0.hasPrefix("primary=") }.map { String($0.dropFirst(8)) }
      case "ethernet":
        host.mtus[name] = mtu
        if let bond = values["connection.master"] { host.bonds[bond, default: []].append(name) }
      case "vlan":
        host.tagged[name] = Tagged(
          vlan: values["vlan.id"].flatMap { Int($0) } ?? -1, base: values["vlan.parent"] ?? "",
          mtu: mtu, address: values["ipv4.addresses"] ?? "",
          bridge: values["connection.master"] ?? "")
      default: break
      }
    }
    for (bond, port) in primary { host.order(bond, first: port) }
    return host
  }

  private mutating func add(_ name: String) {
    if tagged[name] == nil {
      tagged[name] = Tagged(vlan: 0, base: "", mtu: 0, address: "", bridge: "")
    }
  }

  private mutating func order(_ bond: String, first port: String) {
    bonds[bond] = [port] + (bonds[bond] ?? []).filter { $0 != port }
  }
}

/// What the script and the tables of a group of Windows hosts say.
struct ReadGroup {
  struct Interface {
    var alias, kind, network, parent, tiedTo: String
    var vlan, mtu, prefix: Int
    var rdma: String
    var isLossless: Bool
  }
  var interfaces: [Interface] = []
  /// Ports of each team, and ports or team of each switch.
  var members: [String: [String]] = [:]
  var portMTU: [String: Int] = [:]
  /// Ports that have no VLAN of their own taken away.
  var bare: Set<String> = []
  /// Addresses by host, then interface.
  var addresses: [String: [String: String]] = [:]
  /// Lossless priorities, and share and priorities of each traffic class.
  var lossless: String?
  var classes: [(share: Int, priorities: String)] = []
  var text: String

  init(script: String, addresses table: String) {
    text = script
    for line in script.split(separator: "\n") {
      let values = Self.values(line)
      if let alias = values["Alias"] {
        interfaces.append(
          Interface(
            alias: alias, kind: values["Kind"] ?? "", network: values["Network"] ?? "",
            parent: values["Parent"] ?? "", tiedTo: values["TiedTo"] ?? "",
            vlan: Int(values["Vlan"] ?? "") ?? -1, mtu: Int(values["Mtu"] ?? "") ?? -1,
            prefix: Int(values["Prefix"] ?? "") ?? -1, rdma: values["Rdma"] ?? "",
            isLossless: values["Lossless"] == "$true"))
      } else if let name = values["Name"], let list = values["Members"] {
        members[name] = list.split(separator: ",").map {
          $0.trimmingCharacters(in: [" ", "'", "@", "(", ")"])
        }
      } else if let name = values["Name"], let mtu = values["Mtu"] {
        portMTU[name] = Int(mtu)
        if values["Bare"] == "$true" { bare.insert(name) }
      }
      if line.contains("Enable-NetQosFlowControl") {
        lossless = line.split(separator: " ").last.map(String.init)
      }
      if let start = line.range(of: "New-NetQosTrafficClass") {
        let words = line[start.upperBound...].split(separator: " ").map(String.init)
        func after(_ word: String) -> String {
          words.firstIndex(of: word).map { words[$0 + 1] } ?? ""
        }
        classes.append((Int(after("-BandwidthPercentage")) ?? -1, after("-Priority")))
      }
    }
    for row in table.split(separator: "\n").dropFirst() {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      addresses[cells[0], default: [:]][cells[1]] = cells[4] + "/" + cells[5]
    }
  }

  /// `Key = value` pairs of a line `@{ ... }`.
  private static func values(_ line: Substring) -> [String: String] {
    let text = line.trimmingCharacters(in: .whitespaces)
    guard text.hasPrefix("@{"), text.hasSuffix("}") else { return [:] }
    var values: [String: String] = [:]
    for pair in text.dropFirst(2).dropLast().split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if parts.count == 2 { values[parts[0]] = parts[1].trimmingCharacters(in: ["'"]) }
    }
    return values
  }
}
