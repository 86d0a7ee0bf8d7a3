import Quantities

/// Reads Data Center Bridging: what an adapter runs where it tells it, else what the host set.
struct WindowsDCB {
  private let tools: WindowsTools
  private let ports: WindowsOutput
  private let willing: Reading<Bool>
  private let lossless: Reading<[PriorityCodePoint]>
  private let classes: Reading<[TrafficClassFacts]>
  private let marked: Reading<[PriorityCodePoint]>

  init(_ tools: WindowsTools) {
    self.tools = tools
    ports = tools.output("Get-NetAdapterQos")
    let settings = tools.output("Get-NetQosDcbxSetting")
    let host = settings.objects.first { $0["InterfaceAlias"] == nil } ?? settings.objects.first
    willing = settings.reading(host, "Willing") { $0.flag }
    lossless = WindowsDCB.lossless(tools.output("Get-NetQosFlowControl"))
    classes = WindowsDCB.classes(tools.output("Get-NetQosTrafficClass"))
    marked = WindowsDCB.marked(tools.output("Get-NetQosPolicy"))
  }

  func facts(of adapter: String) -> DCBFacts {
    var facts = DCBFacts()
    facts.isWilling = willing(adapter)
    let isOn = ports.reading(ports.named(adapter), "Enabled") { $0.flag }
    switch isOn {
    // What the host set reaches no adapter on which it is off.
    case .known(false, let source):
      facts.lossless = .known([], source)
      facts.classes = .known([], source)
    case .known(true, _):
      facts.lossless = operational(adapter) ?? lossless
      facts.classes = classes
    case .unknown(let unknown):
      facts.lossless = .unknown(unknown)
      facts.classes = .unknown(unknown)
    }
    facts.marked = marked
    return facts
  }

  /// An adapter of its own mind comes before the host; one whose value is empty has no DCBX.
  private func willing(_ adapter: String) -> Reading<Bool> {
    let own = tools.output("Get-NetQosDcbxSetting -InterfaceAlias \(adapter)")
    if own.source != nil, own.failure == nil, let object = own.objects.first {
      return own.reading(object, "Willing") { $0.flag }
    }
    return willing
  }

  /// Of the text `Priority 3 Enabled`; other words are in another language, or say it otherwise.
  private func operational(_ adapter: String) -> Reading<[PriorityCodePoint]>? {
    guard let source = ports.source, let object = ports.named(adapter),
      let text = object["OperationalFlowControl"]?.text
    else { return nil }
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    if words == ["all", "priorities", "disabled"] { return .known([], source) }
    if words == ["all", "priorities", "enabled"] {
      return .known((0...7).compactMap(PriorityCodePoint.init), source)
    }
    guard words.count == 3, ["priority", "priorities"].contains(words[0]), words[2] == "enabled",
      let priorities = WindowsDCB.priorities(in: words[1])
    else { return nil }
    return .known(priorities, source)
  }

  /// Reads `3`, `3,4` and `0-2,4`.
  private static func priorities(in text: Substring) -> [PriorityCodePoint]? {
    var found: Set<PriorityCodePoint> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count < 3, let first = ends.first ?? nil, let last = ends.last ?? nil,
        first <= last, let low = PriorityCodePoint(first), let high = PriorityCodePoint(last)
      else { return nil }
      for number in low.number...high.number {
        if let priority = PriorityCodePoint(number) { found.insert(priority) }
      }
    }
    return found.sorted()
  }

  private static func lossless(_ flow: WindowsOutput) -> Reading<[PriorityCodePoint]> {
    flow.reading(all: { objects in
      var lossless: Set<PriorityCodePoint> = []
      guard !objects.isEmpty else {
        return .failure(Unknown(.notSupported, "Get-NetQosFlowControl: no priorities"))
      }
      for object in objects {
        guard let number = object["Priority"]?.integer(in: 0...7),
          let priority = PriorityCodePoint(number), let isOn = object["Enabled"]?.flag
        else {
          return .failure(Unknown(.notUnderstood, "Get-NetQosFlowControl: a priority"))
        }
        if isOn { lossless.insert(priority) }
      }
      return .success(lossless.sorted())
    })
  }

  private static func classes(_ classes: WindowsOutput) -> Reading<[TrafficClassFacts]> {
    classes.reading(all: { objects in
      var found: [TrafficClassFacts] = []
      for object in objects {
        guard let numbers = object["Priority"]?.integers, numbers.count <= 8 else {
          return .failure(Unknown(.notUnderstood, "Get-NetQosTrafficClass: no priorities"))
        }
        let priorities = Set(
          numbers.compactMap { Int(exactly: $0) }.compactMap {
            PriorityCodePoint($0)
          })
        guard priorities.count == numbers.count else {
          return .failure(Unknown(.notUnderstood, "Get-NetQosTrafficClass: priorities"))
        }
        guard case .success(let share) = WindowsDCB.share(of: object) else {
          let shown = object["BandwidthPercentage"]?.shown ?? object.shown("Algorithm")
          return .failure(Unknown(.notUnderstood, "Get-NetQosTrafficClass: share \(shown)"))
        }
        found.append(TrafficClassFacts(priorities: priorities.sorted(), share: share))
      }
      return .success(found.sorted { WindowsDCB.isBefore($0, $1) })
    })
  }

  /// A class of strict priority has no share. Without a word for its kind, one with a share shares.
  private static func share(of object: WindowsObject) -> WindowsFound<Int?> {
    let percent = object["BandwidthPercentage"]
    let share = percent?.integer(in: 1...100)
    switch object.word("Algorithm") {
    case "strict": return .success(nil)
    case "ets": return share.map { .success($0) } ?? .failure(Unknown(.notUnderstood))
    default: break
    }
    if let share { return .success(share) }
    return .failure(Unknown(.notUnderstood))
  }

  private static func isBefore(_ left: TrafficClassFacts, _ right: TrafficClassFacts) -> Bool {
    guard let first = left.priorities.first else { return right.priorities.first != nil }
    guard let second = right.priorities.first else { return false }
    return first < second
  }

  /// SMB Direct is what goes to port 445 of Network Direct; -1 stands for no action.
  private static func marked(_ policies: WindowsOutput) -> Reading<[PriorityCodePoint]> {
    policies.reading(all: { objects in
      var marked: Set<PriorityCodePoint> = []
      for object in objects {
        guard object["NetDirectPortMatchCondition"]?.integer == 445,
          let action = object["PriorityValue8021Action"], action.integer != -1
        else { continue }
        guard let number = action.integer(in: 0...7), let priority = PriorityCodePoint(number)
        else {
          return .failure(
            Unknown(.notUnderstood, "Get-NetQosPolicy: PriorityValue8021Action \(action.shown)"))
        }
        marked.insert(priority)
      }
      return .success(marked.sorted())
    })
  }
}
