import CatalogModel
import Quantities
import TemplateText

/// Reads `traits.txt`: what the texts of a dialect can hold, one value a line with the fact that it
/// rests on (`templates/README.md`).
public struct TraitsText {
  private let os: SwitchOS
  private let file: String
  private let facts: FactTable?
  var values: [String: [Entry]] = [:]
  private var findings: [Finding] = []

  /// What stands behind a key.
  struct Entry {
    var line: Int
    var words: [String]
    var fact: String
  }

  /// What a text says.
  /// - Parameters:
  ///   - file: name of the text, for messages.
  ///   - facts: where the facts must stand; `nil` to take them as they are.
  /// - Throws: `Findings` with the lines that cannot be understood, and keys that are missing.
  public static func traits(
    _ os: SwitchOS, _ text: String, file: String, facts: FactTable? = nil
  ) throws(Findings) -> DialectTraits {
    var reader = TraitsText(os: os, file: file, facts: facts)
    reader.split(text)
    let traits = reader.traits()
    guard reader.findings.isEmpty, let traits else { throw Findings(reader.findings) }
    return traits
  }

  private init(os: SwitchOS, file: String, facts: FactTable?) {
    self.os = os
    self.file = file
    self.facts = facts
  }

  mutating func report(
    _ message: String, line: Int, expected: String = "", hint: String = ""
  ) {
    findings.append(
      Finding(
        rule: "traits", position: SourcePosition(file: file, line: line), message: message,
        expected: expected, hint: hint))
  }

  // MARK: Lines

  /// Keys that may stand several times.
  private static let lists: Set<String> = [
    "port-kind", "management-interface", "upgrade-rule",
  ]

  private static let keys: Set<String> = lists.union([
    "system", "saving", "link-mtu", "default-mtu", "frame-overhead", "mtu-scope", "vlan-numbers",
    "lag-numbers",
    "lag-members", "pair", "pair-domains", "pair-priorities", "pair-delay-restore",
    "pair-system-mac", "pair-unit", "pair-peering-vlan", "pair-peering-vlan-plain",
    "pair-peer-link-members", "pair-peer-link-lag", "pair-peer-link-mtu", "pair-peer-link-lacp",
    "pair-lag-numbers", "pair-shared-address", "pair-heartbeat", "uplink-groups",
    "uplink-groups-can-wait",
    "traffic-groups", "traffic-groups-without-gaps", "lossless-priorities", "lossless-alone",
    "lossless-on-ports", "lossless-needs-tagged", "queue-of-priority", "policy-name",
    "planned-groups", "bpdu-guard", "enabled-port-needs-vlan", "trunk-without-vlan",
    "spanning-tree-always", "ports-state-rate", "static-lags", "lag-interface",
    "bridge-priority", "hostname", "description", "vlan-name", "user-name",
  ]).union(OperatorTask.allCases.map(\.rawValue))

  private mutating func split(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var words = TraitsText.words(line)
      guard let key = words.first, !key.hasPrefix("#") else { continue }
      guard TraitsText.keys.contains(key) else {
        let nearest = NearestName.nearest(to: key, among: TraitsText.keys.sorted())
        report(
          "\"\(key)\" is no trait", line: index + 1,
          hint: nearest.map { "did you mean `\($0)`?" } ?? "templates/README.md lists them")
        continue
      }
      guard words.count > 2, let fact = words.popLast() else {
        report(
          "\"\(key)\" lacks its value or its fact", line: index + 1, expected: "KEY VALUE FACT")
        continue
      }
      if let facts, facts.fact(fact) == nil {
        report("facts.tsv has no fact \"\(fact)\"", line: index + 1)
      }
      if values[key] != nil, !TraitsText.lists.contains(key) {
        report("\"\(key)\" stands twice", line: index + 1)
      }
      values[key, default: []].append(
        Entry(line: index + 1, words: Array(words.dropFirst()), fact: fact))
    }
  }

  /// Words parted by blanks; what stands in quotation marks is one.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var (isQuoted, hasWord) = (false, false)
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        hasWord = true
      case " ", "\t", "\r":
        if isQuoted {
          word.append(character)
        } else if hasWord {
          words.append(word)
          (word, hasWord) = ("", false)
        }
      default:
        word.append(character)
        hasWord = true
      }
    }
    return hasWord ? words + [word] : words
  }

  // MARK: Values

  private mutating func entry(_ key: String) -> Entry? {
    if let entry = values[key]?.first { return entry }
    report("there is no \"\(key)\"", line: 0)
    return nil
  }

  private mutating func value<Value>(
    _ key: String, _ expected: String, _ read: (String) -> Value?
  ) -> Sourced<Value>? {
    guard let entry = entry(key) else { return nil }
    guard entry.words.count == 1, let value = read(entry.words[0]) else {
      report(
        "\"\(key)\" is \"\(entry.words.joined(separator: " "))\"", line: entry.line,
        expected: expected)
      return nil
    }
    return Sourced(value, entry.fact)
  }

  /// What `read` makes of a key; nothing where the text does not have it.
  private mutating func optional<Value>(
    _ key: String, _ read: (inout TraitsText) -> Value?
  ) -> Value? {
    values[key] == nil ? nil : read(&self)
  }

  private mutating func text(_ key: String) -> Sourced<String>? {
    value(key, "words in quotation marks") { $0.isEmpty ? nil : $0 }
  }

  private mutating func number(_ key: String) -> Sourced<Int>? {
    value(key, "a number") { text in Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil } }
  }

  private mutating func range(_ key: String) -> Sourced<ClosedRange<Int>>? {
    value(key, "two numbers such as 1-128") { text in TraitsText.range(text[...]) }
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    guard text.contains("-"), let range = GrammarText.range(text), range.upperBound <= 1_000_000
    else { return nil }
    return range
  }

  /// A flag; `no` where it is left out and may be.
  private mutating func flag(_ key: String, isOptional: Bool = false) -> Sourced<Bool>? {
    if isOptional, values[key] == nil { return Sourced(false, "") }
    return value(key, "yes or no") { ["yes": true, "no": false][$0] }
  }

  private mutating func name(_ key: String) -> NameRule? {
    guard let entry = entry(key) else { return nil }
    guard entry.words.count == 2, let alphabet = NameRule.Alphabet(rawValue: entry.words[0]),
      let length = Int(entry.words[1]), (1...1024).contains(length)
    else {
      report(
        "\"\(key)\" is \"\(entry.words.joined(separator: " "))\"", line: entry.line,
        expected: "host, word or text, and the most characters")
      return nil
    }
    return NameRule(alphabet, maxLength: length, fact: entry.fact)
  }

  private mutating func portKinds() -> [PortKind] {
    var kinds: [PortKind] = []
    for entry in values["port-kind"] ?? [] {
      if let kind = TraitsText.portKind(entry) {
        kinds.append(kind)
      } else {
        report(
          "the kind of port cannot be understood", line: entry.line,
          expected: "\"NAME \" FIELDS [stride N] [slot-0-after N] [lanes N] FACT",
          hint: "FIELDS are unit, slot, port and lane, parted by /")
      }
    }
    if kinds.isEmpty { report("there is no \"port-kind\"", line: 0) }
    return kinds
  }

  private static func portKind(_ entry: Entry) -> PortKind? {
    guard entry.words.count >= 2, entry.words.count % 2 == 0 else { return nil }
    // A lane may stand after a mark of its own.
    let mark: Character = entry.words[1].contains("-") ? "-" : ":"
    let marked = entry.words[1].split(separator: mark, omittingEmptySubsequences: false)
    let names = marked.flatMap { $0.split(separator: "/", omittingEmptySubsequences: false) }
    let fields = names.compactMap { PortKind.Field(rawValue: String($0)) }
    guard fields.count == names.count, Set(fields).count == fields.count, fields.contains(.port),
      fields.firstIndex(of: .lane).map({ $0 == fields.count - 1 }) ?? true
    else { return nil }
    var kind = PortKind(prefix: entry.words[0], fields: fields, fact: entry.fact)
    if marked.count > 1 {
      guard marked.count == 2, marked[1] == "lane" else { return nil }
      kind.laneMark = String(mark)
    }
    for place in stride(from: 2, to: entry.words.count, by: 2) {
      guard let number = Int(entry.words[place + 1]), (1...1024).contains(number) else {
        return nil
      }
      switch entry.words[place] {
      case "stride": kind.stride = number
      case "slot-0-after": kind.slot0After = number
      case "lanes": kind.lanes = number
      default: return nil
      }
    }
    return kind
  }

  /// Names of the management interface, each once; `{0-11}` stands for a number of a range.
  private mutating func managementInterfaces() -> Sourced<[String]>? {
    guard let first = entry("management-interface") else { return nil }
    var names: [String] = []
    for entry in values["management-interface"] ?? [] {
      guard entry.words.count == 1, let made = TraitsText.expanded(entry.words[0][...]) else {
        report(
          "the management interface cannot be understood", line: entry.line,
          expected: "a name, in quotation marks where it has blanks; {0-3} for a number")
        continue
      }
      names += made.filter { !names.contains($0) }
    }
    return names.isEmpty ? nil : Sourced(names, first.fact)
  }

  /// All names that a text with ranges stands for; `nil` when it is wrong or they are over 1,000.
  private static func expanded(_ text: Substring) -> [String]? {
    guard let open = text.firstIndex(of: "{") else { return [String(text)] }
    guard let close = text[open...].firstIndex(of: "}"),
      let range = range(text[text.index(after: open)..<close]),
      let rest = expanded(text[text.index(after: close)...]), range.count * rest.count <= 1000
    else { return nil }
    return range.flatMap { number in rest.map { "\(text[..<open])\(number)\($0)" } }
  }

  // MARK: Groups of values

  private mutating func traits() -> DialectTraits? {
    let (system, saving) = (text("system"), text("saving"))
    let linkMTU = range("link-mtu")
    let defaultMTU = number("default-mtu")
    let frameOverhead = number("frame-overhead")
    let mtuScope = value("mtu-scope", "port, member, lag or system") { MTUScope(rawValue: $0) }
    let vlanNumbers = optional("vlan-numbers") { $0.range("vlan-numbers") }
    let lagNumbers = range("lag-numbers")
    let lagMembers = number("lag-members")
    let (pair, uplinks, qos) = (self.pair(), uplinkTracking(), self.qos())
    let kinds = portKinds()
    let management = managementInterfaces()
    let guardScope = value("bpdu-guard", "port or global") { ["port": false, "global": true][$0] }
    let needsVLAN = flag("enabled-port-needs-vlan")
    let withoutVLAN = optional("trunk-without-vlan") { $0.flag("trunk-without-vlan") }
    let stateRate = optional("ports-state-rate") { $0.flag("ports-state-rate") }
    let staticLAGs = optional("static-lags") { $0.flag("static-lags") }
    let lagInterface = optional("lag-interface") { $0.text("lag-interface") }
    let always = flag("spanning-tree-always", isOptional: true)
    let priority = number("bridge-priority")
    let (hostname, description) = (name("hostname"), name("description"))
    let (vlanName, userName) = (name("vlan-name"), name("user-name"))
    guard let system, let saving, let linkMTU, let defaultMTU, let frameOverhead, let mtuScope,
      let lagNumbers, let lagMembers, let management, let guardScope, let needsVLAN, let always,
      let priority, let hostname, let description, let vlanName, let userName
    else { return nil }
    return DialectTraits(
      os: os, system: system, saving: saving, linkMTU: linkMTU, defaultMTU: defaultMTU,
      frameOverhead: frameOverhead, mtuScope: mtuScope, portKinds: kinds, vlanNumbers: vlanNumbers,
      lagNumbers: lagNumbers,
      maxLAGMembers: lagMembers, pair: pair, uplinkTracking: uplinks, qos: qos,
      managementInterfaces: management, bpduGuardIsGlobal: guardScope,
      enabledPortNeedsVLAN: needsVLAN, trunkWithoutVLAN: withoutVLAN,
      spanningTreeIsAlwaysOn: always,
      defaultBridgePriority: priority, hostname: hostname, description: description,
      vlanName: vlanName, userName: userName, commands: commands(),
      upgradeRules: upgradeRules(), portsStateRate: stateRate, staticLAGs: staticLAGs,
      lagInterface: lagInterface)
  }

  /// Nothing where the text does not speak of pairs.
  private mutating func pair() -> PairTraits? {
    guard values["pair"] != nil else { return nil }
    let kind = value("pair", "vlt, mlag or vpc") { MultiChassis(rawValue: $0) }
    let domains = range("pair-domains")
    let priorities = optional("pair-priorities") { $0.range("pair-priorities") }
    let delay = optional("pair-delay-restore") { $0.range("pair-delay-restore") }
    let (mac, unit) = (
      flag("pair-system-mac", isOptional: true), flag("pair-unit", isOptional: true)
    )
    let peering = optional("pair-peering-vlan") {
      $0.value("pair-peering-vlan", "a VLAN from 2 to 4094") { text in
        Int(text).flatMap { (2...4094).contains($0) ? $0 : nil }
      }
    }
    let members = number("pair-peer-link-members")
    let link = optional("pair-peer-link-lag") { $0.number("pair-peer-link-lag") }
    let mtu = optional("pair-peer-link-mtu") { $0.number("pair-peer-link-mtu") }
    func own(_ key: String, _ reader: inout TraitsText) -> Sourced<Bool>? {
      reader.optional(key) { $0.flag(key) }
    }
    let lacp = own("pair-peer-link-lacp", &self)
    let plain = own("pair-peering-vlan-plain", &self)
    let numbers = own("pair-lag-numbers", &self)
    let shared = own("pair-shared-address", &self)
    let heartbeat = own("pair-heartbeat", &self)
    guard let kind, let domains, let mac, let unit, let members else { return nil }
    return PairTraits(
      kind: kind, domains: domains, priorities: priorities, delayRestore: delay,
      hasSystemMAC: mac, hasUnit: unit, peeringVLAN: peering, maxPeerLinkMembers: members,
      peerLinkMTU: mtu, peerLinkLAG: link, peerLinkLACP: lacp, plainPeeringVLAN: plain,
      ownLAGNumbers: numbers, sharedAddress: shared, heartbeat: heartbeat)
  }

  private mutating func uplinkTracking() -> UplinkTrackingTraits? {
    guard values["uplink-groups"] != nil, let groups = range("uplink-groups"),
      let canWait = flag("uplink-groups-can-wait")
    else { return nil }
    return UplinkTrackingTraits(groups: groups, canBeOff: canWait)
  }

  private mutating func qos() -> QoSTraits? {
    guard values["traffic-groups"] != nil, let groups = range("traffic-groups"),
      let priorities = number("lossless-priorities"),
      let gapless = flag("traffic-groups-without-gaps", isOptional: true),
      let alone = flag("lossless-alone", isOptional: true),
      let onPorts = flag("lossless-on-ports", isOptional: true),
      let tagged = flag("lossless-needs-tagged", isOptional: true)
    else { return nil }
    let queues = optional("queue-of-priority") {
      $0.value("queue-of-priority", "the queues of priorities 0 to 7, parted by commas") {
        let numbers = $0.split(separator: ",").compactMap { Int($0) }
        return numbers.count == 8 && numbers.allSatisfy((0...63).contains) ? numbers : nil
      }
    }
    let policy = optional("policy-name") { $0.value("policy-name", "a word") { $0 } }
    let planned = optional("planned-groups") {
      $0.value("planned-groups", "three ids such as 0,1,2; `priority` for the second") {
        TraitsText.plannedGroups($0, within: groups.value)
      }
    }
    return QoSTraits(
      groups: groups, consecutive: gapless.value, maxLossless: priorities, queueOfPriority: queues,
      losslessAlone: alone.value, losslessOnPorts: onPorts.value, losslessNeedsTagged: tagged,
      policyName: policy?.value ?? "", plannedGroups: planned?.value ?? PlannedGroups())
  }

  private static func plannedGroups(
    _ text: String, within ids: ClosedRange<Int>
  ) -> PlannedGroups? {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.map { Int($0).flatMap { ids.contains($0) ? $0 : nil } }
    guard numbers.count == 3, let rest = numbers[0], let heartbeat = numbers[2],
      numbers[1] != nil || words[1] == "priority"
    else { return nil }
    return PlannedGroups(rest: rest, lossless: numbers[1], heartbeat: heartbeat)
  }
}
