/// Reads how receive work is spread.
enum WindowsRSS {
  /// Numbers of profiles as Microsoft's page of the class lists them.
  private static let profiles: [Int64: String] = [
    1: "Closest", 2: "ClosestStatic", 3: "NUMA", 4: "NUMAStatic", 5: "Conservative", 6: "Balanced",
  ]
  /// Processors that are looked at: more than any host has.
  private static let most = 4096

  static func facts(
    _ output: WindowsOutput, _ properties: AdvancedProperties, of adapter: String
  ) -> ReceiveFacts {
    let object = output.named(adapter)
    var facts = ReceiveFacts()
    facts.isSpread = output.reading(object, "Enabled") { $0.flag }
    facts.queues = output.reading(object) { object in
      guard let value = object["NumberOfReceiveQueues"], value.integer != 0 else {
        return .failure(Unknown(.notSupported, "the driver tells no number of queues"))
      }
      guard let queues = value.integer(in: 1...1_000_000) else {
        return .failure(Unknown(.notUnderstood, "NumberOfReceiveQueues \(value.shown)"))
      }
      return .success(queues)
    }
    facts.maximumQueues = properties.maximumQueues(of: adapter)
    facts.profile = output.reading(object) { object in
      if let text = object["ProfileText"]?.text, Int64(text) == nil { return .success(text) }
      guard let value = object["Profile"] else {
        return .failure(Unknown(.notSupported, "Profile is empty"))
      }
      if let number = value.integer {
        guard let name = profiles[number] else {
          return .failure(Unknown(.notUnderstood, "Profile \(number)"))
        }
        return .success(name)
      }
      guard let text = value.text else {
        return .failure(Unknown(.notUnderstood, "Profile \(value.shown)"))
      }
      return .success(text)
    }
    let serving = object.map(Serving.init)
    facts.processors = output.reading(object) { _ in
      serving?.processors ?? .failure(Unknown(.notSupported, "no processors are told"))
    }
    facts.isNear = output.reading(object) { _ in
      serving?.isNear ?? .failure(Unknown(.notSupported, "no distances are told"))
    }
    return facts
  }

  /// Processors that work goes to, and how far they are. `RssProcessorArray` lists those that could
  /// be chosen, far ones last; `IndirectionTable` those that are.
  private struct Serving {
    var processors: WindowsFound<[String]>
    var isNear: WindowsFound<Bool>

    init(_ object: WindowsObject) {
      let array = object["RssProcessorArray"].map { Serving.entries($0) }
      let table = object["IndirectionTable"].map { Serving.entries($0) }
      if ((array ?? []) + (table ?? [])).contains(where: { $0 == nil }) {
        let unknown = Unknown(.notUnderstood, "RssProcessorArray or IndirectionTable")
        (processors, isNear) = (.failure(unknown), .failure(unknown))
        return
      }
      let candidates = (array ?? []).compactMap { $0 }
      let used = Serving.unique((table ?? []).compactMap { $0?.processor })
      guard !candidates.isEmpty || !used.isEmpty else {
        let unknown = Unknown(.notSupported, "no processors are told")
        (processors, isNear) = (.failure(unknown), .failure(unknown))
        return
      }
      processors = .success(used.isEmpty ? Serving.unique(candidates.map(\.processor)) : used)
      var distances: [String: Int64] = [:]
      for entry in candidates where distances[entry.processor] == nil {
        distances[entry.processor] = entry.distance
      }
      isNear = Serving.isNear(used, distances)
    }

    private static func isNear(
      _ used: [String], _ distances: [String: Int64]
    ) -> WindowsFound<Bool> {
      let known = used.isEmpty ? Array(distances.values) : used.compactMap { distances[$0] }
      let near = known.filter { $0 == 0 }.count
      guard !known.isEmpty, used.isEmpty || known.count == used.count else {
        return .failure(Unknown(.notSupported, "no distances are told"))
      }
      guard used.isEmpty, near > 0, near < known.count else {
        return .success(near == known.count)
      }
      let unknown = Unknown(.notSupported, "which of near and far processors serve is not told")
      return .failure(unknown)
    }

    private static func unique(_ names: [String]) -> [String] {
      var seen: Set<String> = []
      return names.filter { seen.insert($0).inserted }
    }

    /// Entries of a list; `nil` for one that cannot be read.
    private static func entries(_ value: WindowsValue) -> [Entry?] {
      if case .array(let elements) = value.tree.value {
        return elements.prefix(most).flatMap { element -> [Entry?] in
          guard case .string(let text) = element.value else {
            return [Entry(object: WindowsObject(tree: element))]
          }
          return words(text)
        }
      }
      return value.text.map(words) ?? [nil]
    }

    private static func words(_ text: String) -> [Entry?] {
      text.split(whereSeparator: \.isWhitespace).prefix(most).map { Entry(word: $0) }
    }
  }

  /// A processor, and the distance of its node from that of the card.
  private struct Entry {
    var processor: String
    var distance: Int64?

    /// Reads `0:2/0` and `0:2`.
    init?(word: Substring) {
      let halves = word.split(separator: "/", omittingEmptySubsequences: false)
      guard let first = halves.first, halves.count < 3 else { return nil }
      let parts = first.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let group = UInt16(parts[0]), let number = UInt16(parts[1]) else {
        return nil
      }
      processor = "\(group):\(number)"
      guard halves.count == 2 else { return }
      guard let distance = Int64(halves[1]) else { return nil }
      self.distance = distance
    }

    /// Reads what the class has: group, number, and the distance as an index of preference.
    init?(object: WindowsObject) {
      guard let number = object["ProcessorNumber"]?.integer(in: 0...65_535) else { return nil }
      let group = object["ProcessorGroup"]?.integer(in: 0...65_535) ?? 0
      processor = "\(group):\(number)"
      distance = object["PreferenceIndex"]?.integer
    }
  }
}
