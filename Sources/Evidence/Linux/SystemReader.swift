/// Reads what a host says of itself as a whole: its release, and its power policy.
enum SystemReader {
  static func release(_ outputs: LinuxOutputs) -> Reading<String> {
    outputs.read(LinuxCommand("cat", of: "/etc/os-release")) { told in
      let pairs = ToolText.lines(told.output.text).compactMap {
        ToolText.pair($0, at: UInt8(ascii: "="))
      }
      for key in ["PRETTY_NAME", "NAME"] {
        guard let value = ToolText.value(key, in: pairs) else { continue }
        let name = unquoted(value)
        if !name.isEmpty { return told.known(ToolText.shown(name)) }
      }
      return .unknown(told.failure("no PRETTY_NAME"))
    }
  }

  /// The value of a line that a shell could read.
  private static func unquoted(_ text: String) -> String {
    var bytes = Array(text.utf8)
    guard let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      bytes.count > 1, bytes.last == quote
    else { return text }
    bytes = Array(bytes[1..<(bytes.count - 1)])
    var value: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "\\"), !isEscaped, quote == UInt8(ascii: "\"") {
        isEscaped = true
      } else {
        value.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: value, as: UTF8.self)
  }

  static func power(_ outputs: LinuxOutputs) -> Reading<PowerFacts> {
    outputs.read(LinuxCommand("sysfs", "cpu")) { told in
      var governors: [(processor: Int, governor: String)] = []
      for (key, value) in ToolText.colonPairs(told.output.text) {
        guard key.hasSuffix("/scaling_governor") else { continue }
        guard let processor = number(in: key, after: "cpu"), !value.isEmpty else {
          return .unknown(told.garbled("\(key): \(value)"))
        }
        governors.append((processor, ToolText.shown(value)))
      }
      guard !governors.isEmpty else {
        // Firmware or a hypervisor owns the clock there.
        return .unknown(
          told.isSilent && told.output.status != 0
            ? told.failure("") : told.absent("no processor has a scaling_governor"))
      }
      governors.sort { $0.processor < $1.processor }
      return told.known(.governors(governors.map(\.governor)))
    }
  }

  /// Processors of each node, by number of the node; `nil` when nobody listed them.
  static func nodes(_ outputs: LinuxOutputs) -> [Int: Set<Int>]? {
    guard let told = outputs.first(LinuxCommand("sysfs", "cpu")) else { return nil }
    var nodes: [Int: Set<Int>] = [:]
    for (key, value) in ToolText.colonPairs(told.output.text) where key.hasSuffix("/cpulist") {
      guard let node = number(in: key, after: "node") else { return nil }
      // A node of memory alone has no processor.
      if value.isEmpty { continue }
      guard let processors = ProcessorList.numbers(value) else { return nil }
      nodes[node] = Set(processors)
    }
    return nodes.isEmpty ? nil : nodes
  }

  /// The number of the part of a path that begins with a word, such as 12 in `cpu12/cpufreq`.
  private static func number(in path: String, after word: String) -> Int? {
    for part in path.utf8.split(separator: UInt8(ascii: "/")) where part.starts(with: word.utf8) {
      let digits = ToolText.string(part.dropFirst(word.utf8.count))
      if let number = ToolText.whole(digits, in: 0...1_000_000) { return number }
    }
    return nil
  }
}

/// Lists of processors as the kernel writes them, such as `0-3,8`.
enum ProcessorList {
  /// More processors than any kernel is built for.
  private static let most = 65_536

  /// The numbers ascending in each range; `nil` when the text is none such.
  static func numbers(_ text: String) -> [Int]? {
    var numbers: [Int] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        .map { ToolText.whole(ToolText.string(ToolText.trimmed($0)), in: 0...(most - 1)) }
      switch ends.count {
      case 1:
        guard let only = ends[0] else { return nil }
        numbers.append(only)
      case 2:
        guard let low = ends[0], let high = ends[1], low <= high else { return nil }
        numbers += low...high
      default: return nil
      }
      guard numbers.count <= most else { return nil }
    }
    return numbers
  }
}
