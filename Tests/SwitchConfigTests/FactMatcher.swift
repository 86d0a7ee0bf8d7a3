import CatalogModel
import DialectTestSupport
import TemplateText

@testable import SwitchConfig

/// Compares lines with the forms that facts allow. Written from `templates/README.md` alone: it
/// shares no code with the templates, the renderer or the readers.
struct FactMatcher {
  private var forms:
    [String: [(context: String, pattern: Regex<AnyRegexOutput>, limits: [Limit])]] =
      [:]
  private let os: SwitchOS

  private enum Limit {
    case any
    case number(ClosedRange<Int>)
    case numbers
  }

  init(_ table: FactTable, os: SwitchOS) throws {
    self.os = os
    for fact in table.facts {
      for form in fact.lines {
        var limits: [Limit] = []
        let text = FactMatcher.regex(form.pattern, os: os, limits: &limits)
        forms[fact.id, default: []].append((form.context, try Regex(text), limits))
      }
    }
  }

  /// Whether a fact has a form for a line in a block.
  func accepts(_ line: String, in context: String, fact: String) -> Bool {
    (forms[fact] ?? []).contains { form in
      guard form.context == context, let match = line.wholeMatch(of: form.pattern) else {
        return false
      }
      return zip(form.limits, match.output.dropFirst()).allSatisfy { limit, value in
        let text = value.substring.map(String.init) ?? ""
        switch limit {
        case .any: return true
        case .number(let range): return Int(text).map { range.contains($0) } ?? false
        case .numbers:
          let ends = text.split(whereSeparator: { $0 == "," || $0 == "-" }).compactMap { Int($0) }
          return ends.sorted() == ends && Set(ends).count == ends.count
        }
      }
    }
  }

  private static func regex(_ pattern: String, os: SwitchOS, limits: inout [Limit]) -> String {
    var result = ""
    var rest = Substring(pattern)
    let port =
      switch os {
      case .os9: #"(?:TenGigabitEthernet|fortyGigE) [01]/\d+(?:/[1-4])?"#
      case .eos: #"Ethernet\d+(?:/[1-4])?"#
      case .nxos: #"\d+/\d+(?:/[1-4])?"#
      case .os10, .netgear: #"\d+/\d+/\d+"#
      case .onyx: #"ethernet 1/\d+(?:/[1-4])?"#
      case .sonic: #"Ethernet\d+"#
      case .routeros: #"sfp-sfpplus\d+"#
      default: #"(?:Te|Fo)1/[01]/\d+"#
      }
    let range = #"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*"#
    // A unit other than 0 stands before every number; lanes come one by one.
    let kind = "(?:TenGigabitEthernet|fortyGigE)"
    let unit1 = #"1/\d+(?:-1/\d+)?"#
    let ports =
      os == .os10
      ? #"port-channel\d+|ethernet\d+/\d+/\d+"#
      : os == .routeros
        ? #"bond\d+|\#(port)"#
        : os == .onyx
          ? #"(?:mlag-)?port-channel \d+|\#(port)"#
          : os == .sonic
            ? #"PortChannel\d+|\#(port)"#
            : "Port-channel \(range)|\(kind) 0/\(range)|\(kind) \(unit1)(?:,\(unit1))*|\(port)"
    while let next = rest.first {
      if next == "{", let end = rest.firstIndex(of: "}") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        limits.append(.any)
        switch name {
        case "text": result += "(.+)"
        case "word": result += #"([A-Za-z0-9][A-Za-z0-9_-]*)"#
        case "ip": result += #"(\d{1,3}(?:\.\d{1,3}){3})"#
        case "mask": result += #"(255\.\d{1,3}(?:\.\d{1,3}){2})"#
        case "prefix": result += #"(\d{1,3}(?:\.\d{1,3}){3}/\d{1,2})"#
        case "mac": result += "([0-9a-f]{2}(?::[0-9a-f]{2}){5})"
        case "unit": result += #"([01]/[01])"#
        case "port": result += "(\(port))"
        case "ports": result += "(\(ports))"
        case "numbers":
          limits[limits.count - 1] = .numbers
          result += "(\(range))"
        default:
          let ends = name.dropFirst(2).split(separator: "-").compactMap { Int($0) }
          limits[limits.count - 1] = .number(ends[0]...ends[1])
          result += #"(\d+)"#
        }
      } else if next == "[", let end = rest.firstIndex(of: "]") {
        result += "(?:" + rest[rest.index(after: rest.startIndex)..<end] + ")"
        rest = rest[rest.index(after: end)...]
      } else {
        result += "\\.^$|?*+()".contains(next) ? "\\\(next)" : String(next)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

/// Follows the blocks of a text as the platform does: by indentation on OS9, EOS and NX-OS, by `exit`
/// on OS6 and NETGEAR.
struct BlockFollower {
  private let os: SwitchOS
  private var stack: [(name: String, indent: Int)] = []

  init(_ os: SwitchOS) { self.os = os }

  private var hasExits: Bool { os == .os6 || os == .netgear }

  /// Block of the next line and the line without its indentation.
  mutating func next(_ line: String) -> (context: String, text: String) {
    let indent = line.prefix { $0 == " " }.count
    let text = String(line.dropFirst(indent))
    if os == .sonic { return json(text, indent) }
    if text.hasPrefix("!") || text.hasPrefix("#") { return ("comment", text) }
    if !hasExits {
      while let top = stack.last, top.indent >= indent { stack.removeLast() }
      let context = stack.last?.name ?? "config"
      // Every level of nesting is one blank on OS9, two on NX-OS, three on EOS.
      let expected = stack.count * (os == .eos ? 3 : os == .nxos ? 2 : 1)
      let block =
        switch os {
        case .eos: Self.eos(text, context)
        case .nxos: Self.nxos(text, context)
        case .os10: Self.os10(text, context)
        // Each line names what it is about.
        case .onyx, .routeros: String?.none
        default: Self.os9(text, context)
        }
      if let block { stack.append((block, indent)) }
      return (indent == expected ? context : "wrong indentation", text)
    }
    let context = stack.last?.name ?? "exec"
    if text == "exit" {
      if !stack.isEmpty { stack.removeLast() }
    } else if let block = os == .os6 ? Self.os6(text, context) : Self.netgear(text, context) {
      stack.append((block, 0))
    }
    return (indent == 0 ? context : "wrong indentation", text)
  }

  /// A line of JSON as the template had it: table, then the key, then `FIELD VALUE`.
  private mutating func json(_ text: String, _ indent: Int) -> (context: String, text: String) {
    while let top = stack.last, top.indent >= indent { stack.removeLast() }
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3 else { return ("structure", "# \(text)") }
    let table = stack.first?.name ?? "structure"
    let isNote = table == "TENFOLD"
    stack.append((parts[1], indent))
    switch (indent, parts.count) {
    case (2, 3): return ("structure", "# \(text)")
    case (4, 3): return isNote ? ("structure", "# \(text)") : (table, parts[1])
    case (6, 3): return ("structure", "# \(text)")
    case (6, 5): return isNote ? ("comment", parts[3]) : (table, "\(parts[1]) \(parts[3])")
    case (8, 3): return (table, "\(stack[2].name) \(parts[1])")
    default: return ("wrong indentation", text)
    }
  }

  /// Whether all blocks are closed.
  var isClosed: Bool { !hasExits || stack.isEmpty }

  private static func eos(_ text: String, _ context: String) -> String? {
    let words = text.split(separator: " ")
    switch (context, words.first ?? "") {
    case ("config", "interface"):
      return text.hasPrefix("interface Port-Channel")
        ? "port-channel"
        : text.hasPrefix("interface Vlan")
          ? "svi" : text.hasPrefix("interface Management") ? "management" : "interface"
    case ("config", "vlan"): return "vlan"
    case ("config", "mlag"): return "mlag"
    case ("config", "qos"): return words[1] == "profile" ? "qos-profile" : nil
    case ("qos-profile", "tx-queue"): return "tx-queue"
    default: return nil
    }
  }

  private static func nxos(_ text: String, _ context: String) -> String? {
    let words = text.split(separator: " ").map(String.init)
    let kind = words.count > 2 ? words[2] : ""
    switch (context, words[0]) {
    case ("config", "interface"):
      return text.hasPrefix("interface port-channel")
        ? "port-channel"
        : text.hasPrefix("interface breakout")
          ? nil : text.hasPrefix("interface mgmt") ? "management" : "interface"
    case ("config", "vlan"): return text.contains(",") || text.contains("-") ? nil : "vlan"
    case ("config", "vpc"): return "vpc"
    case ("config", "vrf"): return "vrf"
    case ("config", "class-map"): return "class-map"
    case ("config", "system"): return text == "system qos" ? "system-qos" : nil
    case ("config", "policy-map"):
      return [
        "qos": "policy-map-qos", "network-qos": "policy-map-nq", "queuing": "policy-map-que",
      ][
        kind]
    case ("policy-map-qos", "class"), ("policy-map-nq", "class"), ("policy-map-que", "class"):
      return context + "-class"
    default: return nil
    }
  }

  private static func os10(_ text: String, _ context: String) -> String? {
    let words = text.split(separator: " ").map(String.init)
    switch (context, words[0]) {
    case ("config", "interface"):
      return text.hasPrefix("interface port-channel")
        ? "port-channel"
        : text.hasPrefix("interface vlan")
          ? "vlan" : text.hasPrefix("interface mgmt") ? "management" : "interface"
    case ("config", "vlt-domain"): return "vlt-domain"
    case ("config", "uplink-state-group"): return "uplink-state-group"
    case ("config", "trust"): return "dot1p-map"
    case ("config", "qos-map"): return "qos-map"
    case ("config", "system"): return text == "system qos" ? "system-qos" : nil
    case ("config", "class-map"): return words[2] == "queuing" ? "class-map-que" : "class-map-nq"
    case ("config", "policy-map"): return words[2] == "queuing" ? "policy-map-que" : "policy-map-nq"
    case ("policy-map-que", "class"), ("policy-map-nq", "class"): return context + "-class"
    default: return nil
    }
  }

  private static func os9(_ text: String, _ context: String) -> String? {
    switch (context, text.split(separator: " ").first.map(String.init) ?? "") {
    case ("config", "interface"):
      return text.hasPrefix("interface Port-channel")
        ? "port-channel"
        : text.hasPrefix("interface Vlan")
          ? "vlan" : text.hasPrefix("interface Management") ? "management" : "interface"
    case ("config", "vlt"): return "vlt"
    case ("config", "dcb-map"): return "dcb-map"
    case ("config", "uplink-state-group"): return "uplink-state-group"
    case ("config", "protocol"): return text.hasSuffix("lldp") ? "lldp" : "rstp"
    case ("interface", "protocol"): return "interface-lldp"
    case ("interface", "port-channel-protocol"): return "lacp"
    default: return nil
    }
  }

  private static func netgear(_ text: String, _ context: String) -> String? {
    switch (context, text) {
    case ("exec", "configure"): "config"
    case ("exec", "vlan database"): "vlan-database"
    case ("interface", "datacenter-bridging"): "datacenter-bridging"
    case ("config", _):
      text.hasPrefix("interface lag ") ? "lag" : text.hasPrefix("interface ") ? "interface" : nil
    default: nil
    }
  }

  private static func os6(_ text: String, _ context: String) -> String? {
    switch (context, text.split(separator: " ").first.map(String.init) ?? "") {
    case ("exec", "configure"): return "config"
    case ("config", "interface"):
      return text.hasPrefix("interface port-channel")
        ? "port-channel" : text == "interface out-of-band" ? "management" : "interface"
    case ("config", "vlan"): return "vlan"
    case ("config", "logging"): return "logging"
    case ("config", "link-dependency"): return "link-dependency"
    case ("interface", "datacenter-bridging"): return "datacenter-bridging"
    default: return nil
    }
  }
}
