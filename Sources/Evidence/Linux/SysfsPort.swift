import Quantities

/// The lines `key=value` of one interface in `/sys/class/net`.
struct SysfsPort {
  let told: Told
  private let pairs: [(key: String, value: String)]

  init?(_ outputs: LinuxOutputs, _ name: String) {
    guard let told = outputs.first(LinuxCommand("sysfs", "net", of: name)) else { return nil }
    self.told = told
    pairs = ToolText.lines(told.output.text).compactMap {
      ToolText.pair($0, at: UInt8(ascii: "="))
    }
  }

  func value(_ key: String) -> String? { ToolText.value(key, in: pairs) }

  /// A number that the kernel has; those that it writes as -1 it has not.
  private func whole(_ key: String, in range: ClosedRange<Int>) -> Reading<Int> {
    guard let text = value(key) else { return .unknown(told.absent("no \(key)")) }
    guard let number = ToolText.whole(text, in: -1...Int(Int32.max)) else {
      return .unknown(told.garbled("\(key): \(text)"))
    }
    guard range.contains(number) else {
      return .unknown(Unknown(.notSupported, ToolText.shown("\(key): \(number)")))
    }
    return told.known(number)
  }

  /// Megabits a second in the file `speed`; 10 Tbps is more than any port has.
  var rate: Reading<DataRate> {
    whole("speed", in: 1...10_000_000).map {
      DataRate(bitsPerSecond: Int64($0) * 1_000_000)
    }
  }

  var numaNode: Reading<Int?> {
    guard let text = value("device/numa_node") else {
      return .unknown(told.absent("no device/numa_node"))
    }
    guard let node = ToolText.whole(text, in: -1...65_535) else {
      return .unknown(told.garbled("device/numa_node: \(text)"))
    }
    return told.known(node < 0 ? nil : node)
  }

  /// `8.0 GT/s PCIe`, and without the fraction or the word from older kernels.
  var megatransfers: Reading<Int> {
    let key = "device/current_link_speed"
    guard let text = value(key) else { return .unknown(told.absent("no \(key)")) }
    guard let words = text.utf8.split(separator: 0x20).first,
      text.utf8.contains(UInt8(ascii: "/")), let value = thousandths(words), value > 0
    else { return .unknown(Unknown(.notSupported, ToolText.shown("\(key): \(text)"))) }
    return told.known(value)
  }

  private func thousandths(_ digits: ToolText.Line) -> Int? {
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map(ToolText.string)
    guard (1...2).contains(parts.count), let whole = ToolText.whole(parts[0], in: 0...10_000) else {
      return nil
    }
    guard parts.count == 2 else { return whole * 1000 }
    let padded = (parts[1] + "00").utf8.prefix(3)
    guard (1...3).contains(parts[1].utf8.count),
      let rest = ToolText.whole(ToolText.string(padded), in: 0...999)
    else { return nil }
    return whole * 1000 + rest
  }

  /// A bridge that hides its link says 0 or 255 lanes.
  var lanes: Reading<Int> { whole("device/current_link_width", in: 1...64) }

  var receiveQueues: Reading<Int> { whole("receive-queues", in: 1...65_535) }

  /// A text that is there and not empty.
  func text(_ key: String) -> Reading<String> {
    guard let value = value(key), !value.isEmpty else {
      return .unknown(told.absent("no \(key)"))
    }
    return told.known(ToolText.shown(value))
  }

  /// Maker and device of the card as numbers, such as `15b3:1015`.
  var identifiers: Reading<String> {
    guard let vendor = value("device/vendor").flatMap(hexadecimal),
      let device = value("device/device").flatMap(hexadecimal)
    else { return .unknown(told.absent("no device/vendor and device/device")) }
    return told.known("\(vendor):\(device)")
  }

  private func hexadecimal(_ text: String) -> String? {
    let bytes = text.utf8.starts(with: "0x".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
    guard (1...8).contains(bytes.count),
      bytes.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    return ToolText.string(bytes)
  }

  /// Interrupts of the port: `irq/NUMBER=PROCESSORS NAME`.
  var interrupts: [(processors: [Int], name: String)] {
    pairs.compactMap { pair in
      guard pair.key.utf8.starts(with: "irq/".utf8) else { return nil }
      let words = pair.value.utf8.split(separator: 0x20, maxSplits: 1).map(ToolText.string)
      guard words.count == 2, let processors = ProcessorList.numbers(words[0]) else { return nil }
      return (processors, words[1])
    }
  }
}
