import Quantities

/// Reads blocks of lines about one port each: `show interfaces` and its like, and RouterOS's
/// `/interface print detail`.
enum PortDetailReader {
  /// The entries of a text, in its order.
  static func states(_ lines: [ArraySlice<UInt8>], _ names: SwitchPortNames) -> [SwitchPortState] {
    var states: [SwitchPortState] = []
    var current: Block?
    var flags = ""
    for line in lines where line.count <= TableWords.longestLine {
      let words = TableColumns.words(line).map(\.text)
      guard let first = words.first else { continue }
      if let own = Self.flags(words) { flags = own }
      if let state = routerOS(words, flags, names) {
        states.append(state)
      } else if let head = Head(words, isIndented: line.first == 32) {
        if let state = current?.state { states.append(state) }
        current = names.place(head.name).map { Block(place: $0, head) }
      } else if first.contains("#") && words.count > 1 {
        // A prompt ends what the command before it printed.
        if let state = current?.state { states.append(state) }
        current = nil
      } else {
        current?.take(words)
      }
    }
    if let state = current?.state { states.append(state) }
    return states
  }

  /// The line that begins a block: `Ethernet1/1 is up` of most platforms, `Eth1/1:` of Onyx.
  private struct Head {
    var name: String
    var hasLink: Bool?
    var isShut: Bool?

    init?(_ words: [String], isIndented: Bool) {
      guard !isIndented else { return nil }
      if words.count == 1, words[0].utf8.count > 1 {
        // Onyx says the state in lines of its own.
        let isNamed = words[0].hasSuffix(":")
        name = isNamed ? String(words[0].dropLast()) : words[0]
        guard name.first?.isLetter == true, name.last?.isNumber == true else { return nil }
        return
      }
      guard let verb = words.firstIndex(of: "is"), (1...2).contains(verb), verb + 1 < words.count
      else { return nil }
      name = words[..<verb].joined()
      // `admin state is up` is a line of a block.
      guard name.last?.isNumber == true else { return nil }
      let tail = words[verb...].joined(separator: " ").lowercased()
      guard
        ["up", "down"].contains(where: { tail.hasPrefix("is \($0)") })
          || tail.hasPrefix("is administratively down")
      else { return nil }
      // Where both are said the first is the administrator's word.
      if let state = Self.word(after: "line protocol is", tail) {
        hasLink = state == "up"
      } else {
        hasLink = tail.hasPrefix("is up")
      }
      if tail.contains("administratively down") { isShut = true }
    }

    private static func word(after text: String, _ line: String) -> String? {
      let words = line.split { $0 == " " || $0 == "," }
      let wanted = text.split(separator: " ")
      for place in words.indices where words[place...].starts(with: wanted) {
        let next = place + wanted.count
        return next < words.count ? String(words[next]) : nil
      }
      return nil
    }
  }

  /// What was read of one port so far.
  private struct Block {
    private(set) var known: SwitchPortState
    private var rate: DataRate?

    init(place: String, _ head: Head) {
      known = SwitchPortState(place: place)
      known.hasLink = head.hasLink
      known.isShut = head.isShut
    }

    /// `nil` when the block did not say whether there is a link: it is of something else.
    var state: SwitchPortState? {
      guard let hasLink = known.hasLink else { return nil }
      var state = known
      state.rate = hasLink ? rate : nil
      return state
    }

    mutating func take(_ words: [String]) {
      let line = words.joined(separator: " ").lowercased()
      // Onyx writes a colon behind the name, and any number of spaces before it.
      let value = line.firstIndex(of: ":").map { colon in
        line[line.index(after: colon)...].split(separator: " ")
      }
      if line.hasPrefix("admin state"), let word = value?.first {
        if word == "disabled" { known.isShut = true }
        if word == "enabled" { known.isShut = false }
      } else if line.hasPrefix("operational state"), let word = value?.first {
        known.hasLink = word == "up" ? true : word == "down" ? false : nil
      } else if line.hasPrefix("actual speed"), let value {
        rate = Self.rate(value)
      } else if line.hasPrefix("linespeed") {
        rate = Self.rate(line.split { $0 == " " || $0 == "," }.dropFirst())
      } else if line.contains("-duplex,") {
        rate = Self.rate(
          line.split(separator: ",").dropFirst().first?.split(separator: " ") ?? [])
      } else if known.mtu == nil, line.hasPrefix("mtu") || line.hasPrefix("ethernet mtu") {
        known.mtu = line.split { !$0.isNumber }.first.flatMap { Int($0) }
      }
      errors(line)
    }

    private static func rate(_ words: some Collection<Substring>) -> DataRate? {
      let words = Array(words.prefix(2))
      guard let first = words.first else { return nil }
      let unit = words.count > 1 && Int(first) != nil ? words[1] : ""
      return PortStatusReader.rate("\(first)\(unit == "mbit" ? "" : unit)")
    }

    /// `0 CRC`, `0 input errors`, `0 error packets`; what is received stands before what is sent.
    private mutating func errors(_ line: String) {
      let words = line.split { $0 == " " || $0 == "," }
      for place in words.indices.dropLast() {
        guard let number = UInt64(words[place]) else { continue }
        let next = words[place + 1]
        let after = place + 2 < words.count ? words[place + 2] : ""
        let isInput = next == "input" && (after == "errors" || after == "error")
        let isOnyx = next == "error" && after == "packets" && known.errors == nil
        guard next == "crc" || isInput || isOnyx else { continue }
        known.errors = max(known.errors ?? 0, number)
      }
    }
  }

  // MARK: RouterOS

  /// ` 0  RS  ...`: the flags of an entry of a list.
  private static func flags(_ words: [String]) -> String? {
    guard words.count > 1, Int(words[0]) != nil else { return nil }
    let isFlags = words[1].utf8.allSatisfy { (65...90).contains($0) }
    return isFlags ? words[1] : ""
  }

  private static func routerOS(
    _ words: [String], _ flags: String, _ names: SwitchPortNames
  ) -> SwitchPortState? {
    var fields: [String: String] = [:]
    for word in words {
      guard let sign = word.firstIndex(of: "=") else { continue }
      let value = word[word.index(after: sign)...].filter { $0 != "\"" }
      fields[String(word[..<sign])] = String(value)
    }
    guard let name = fields["name"], let mtu = fields["l2mtu"].flatMap({ Int($0) }),
      let place = names.ports.port(name)
    else { return nil }
    var state = SwitchPortState(place: place)
    state.hasLink = flags.contains("R")
    state.isShut = flags.contains("X")
    state.mtu = mtu
    return state
  }
}
