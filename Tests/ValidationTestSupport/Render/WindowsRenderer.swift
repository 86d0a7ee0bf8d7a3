import Evidence
import Quantities
import TenfoldTestSupport

/// Writes what cmdlets of Windows give of a host.
struct WindowsRenderer {
  let facts: HostFacts
  var random: SplitMix64
  /// Number and position of an interface, as Windows counts them.
  let numbers: [String: Int]

  init(_ facts: HostFacts, _ random: SplitMix64) {
    self.facts = facts
    self.random = random
    let all = facts.interfaces.value ?? []
    numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0 + 3) })
  }

  var isOld: Bool { facts.release.value?.contains("2012 R2") == true }
  var interfaces: [InterfaceFacts] { facts.interfaces.value ?? [] }
  var ports: [InterfaceFacts] { interfaces.filter { $0.kind == .physical } }
  var teams: [InterfaceFacts] { interfaces.filter { $0.kind == .team } }
  /// What Windows has an adapter for: no team in a virtual switch.
  var adapters: [InterfaceFacts] { interfaces.filter { $0.mac.value != nil } }

  mutating func outputs() -> [ToolOutput] {
    var outputs = [release(), power()]
    outputs += adapterOutputs() + hardwareOutputs() + portOutputs() + qualityOutputs()
    outputs += addressOutputs() + teamOutputs() + migrationOutputs()
    if interfaces.contains(where: { $0.counters.value != nil }) { outputs.append(statistics()) }
    return outputs
  }

  /// One object alone, a list of one, a list with its count, or nothing at all.
  mutating func output(_ command: String, _ objects: [[(String, MadeJSON)]]) -> ToolOutput {
    let list = objects.map { MadeJSON.object($0) }
    let value: MadeJSON?
    switch (objects.count, random.int(0...9)) {
    case (0, 0...4): value = nil
    case (0, _): value = .list([])
    case (1, 0...4): value = list[0]
    case (_, 0): value = .object([("value", .list(list)), ("Count", .number(list.count))])
    default: value = .list(list)
    }
    if let value, random.chance(10) {
      // Some collectors have text alone.
      return ToolOutput(command: command, text: value.string(isWide: true))
    }
    return ToolOutput(command: command, value: try? value?.tree)
  }

  /// A cmdlet that the release lacks, or that was not allowed.
  static func refused(_ command: String, _ unknown: Unknown?) -> ToolOutput {
    switch unknown?.reason {
    case .toolMissing: ToolOutput(command: command, status: 127)
    case .notPermitted:
      ToolOutput(
        command: command, status: 1,
        errors: "PermissionDenied: Zugriff verweigert (0x80041003)")
    default:
      ToolOutput(command: command, status: 1, errors: "ObjectNotFound: nothing (0x80131500)")
    }
  }

  /// An enumeration: its number with the word beside it, or the word alone.
  mutating func word(_ field: String, _ number: Int, _ word: String) -> [(String, MadeJSON)] {
    random.chance(70)
      ? [(field, .number(number)), ("\(field)Text", .text(word))] : [(field, .text(word))]
  }

  /// A truth, which some releases make a text of.
  mutating func flag(_ value: Bool) -> MadeJSON {
    random.chance(85) ? .flag(value) : .text(value ? "True" : "False")
  }

  /// A number, which some releases make a text of.
  mutating func number(_ value: Int) -> MadeJSON {
    random.chance(85) ? .number(value) : .text("\(value)")
  }

  private mutating func release() -> ToolOutput {
    let words = (facts.release.value ?? "").split(separator: "(", maxSplits: 1)
    let caption = String(words.first?.dropLast() ?? "")
    let build = words.last.map { $0.filter(\.isNumber) } ?? ""
    return output(
      "Get-CimInstance Win32_OperatingSystem",
      [
        [
          ("Caption", .text(caption)), ("Version", .text("10.0.\(build)")),
          ("BuildNumber", .text(build)),
        ]
      ])
  }

  private mutating func power() -> ToolOutput {
    let command = "powercfg /getactivescheme"
    guard case .scheme(let scheme)? = facts.power.value else {
      return Self.refused(command, facts.power.unknown)
    }
    switch random.int(0...2) {
    case 0:
      return ToolOutput(
        command: command, text: "\r\nGUID des Energieschemas: \(scheme)  (Höchstleistung)\r\n")
    case 1: return output(command, [[("SchemeGuid", .text(scheme.uppercased()))]])
    default: return output(command, [[("SchemeGuid", .text(scheme))]])
    }
  }

  private mutating func statistics() -> ToolOutput {
    let rows = adapters.compactMap { facts -> [(String, MadeJSON)]? in
      guard let counters = facts.counters.value else { return nil }
      let parts = [UInt64](repeating: counters.packets / 6, count: 5)
      let kinds = ["Unicast", "Multicast", "Broadcast"].flatMap {
        ["Received\($0)Packets", "Sent\($0)Packets"]
      }
      let packets = zip(kinds, parts + [counters.packets - 5 * (counters.packets / 6)])
      let isSent = facts.name.utf8.count % 2 == 0
      return [("Name", .text(facts.name)), ("SampleInterval", .number(counters.interval))]
        + packets.map { ($0.0, .count($0.1)) }
        + [
          ("ReceivedDiscardedPackets", .count(isSent ? 0 : counters.drops)),
          ("ReceivedPacketErrors", .count(isSent ? 0 : counters.errors)),
          ("OutboundDiscardedPackets", .count(isSent ? counters.drops : 0)),
          ("OutboundPacketErrors", .count(isSent ? counters.errors : 0)),
        ]
    }
    return output("Get-NetAdapterStatistics", rows)
  }
}
