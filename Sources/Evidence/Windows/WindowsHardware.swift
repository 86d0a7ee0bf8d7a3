import Quantities

/// Reads the card behind a port.
enum WindowsHardware {
  static func facts(
    _ adapter: WindowsObject, _ tools: WindowsTools, _ properties: AdvancedProperties
  ) -> HardwareFacts {
    let name = adapter.name ?? ""
    var facts = HardwareFacts()
    facts.model = tools.adapters.reading(adapter, "InterfaceDescription") { $0.text.map(model) }
    facts.driver = tools.adapters.reading(adapter, "DriverFileName") { $0.text }
    facts.driverVersion = tools.adapters.reading(adapter, "DriverVersion") { $0.text }
    facts.driverProvider = tools.adapters.reading(adapter, "DriverProvider") { $0.text }
    facts.firmware = .unknown(Unknown(.notSupported, "Windows does not tell firmware"))
    let card = tools.hardware.named(name)
    facts.bus = tools.hardware.reading(card) { bus(of: $0) }
    facts.numaNode = tools.hardware.reading(card, "NumaNode") { value in
      guard let node = value.integer(in: 0...65_535) else { return nil }
      // The number for none; a host with one node may give it.
      return node == 65_535 ? .some(nil) : node
    }
    facts.pcieMegatransfers = tools.hardware.reading(card) { megatransfers(of: $0) }
    facts.pcieLanes = tools.hardware.reading(card) { lanes(of: $0) }
    facts.receiveRing = properties.ring("*ReceiveBuffers", of: name)
    facts.sendRing = properties.ring("*TransmitBuffers", of: name)
    return facts
  }

  /// Without the number by which Windows tells ports of one model apart.
  private static func model(_ text: String) -> String {
    guard let mark = text.lastIndex(of: "#"), mark > text.startIndex else { return text }
    let number = text[text.index(after: mark)...]
    let before = text[..<mark]
    guard !number.isEmpty, number.allSatisfy(\.isNumber), before.last == " " else { return text }
    return String(before.dropLast())
  }

  /// As the address that a PCI bus has on any system.
  private static func bus(of object: WindowsObject) -> WindowsFound<String> {
    func number(_ field: String, _ range: ClosedRange<Int64>) -> Int? {
      (object["\(field)Number"] ?? object[field])?.integer(in: range)
    }
    guard let bus = number("Bus", 0...255), let device = number("Device", 0...31),
      let function = number("Function", 0...7)
    else {
      guard let slot = (object["Slot"] ?? object["SlotNumber"])?.text else {
        return .failure(Unknown(.notSupported, "Get-NetAdapterHardwareInfo: no bus"))
      }
      return .success("slot \(slot)")
    }
    let segment = number("Segment", 0...65_535) ?? 0
    return .success(
      "\(digits(segment, 4)):\(digits(bus, 2)):\(digits(device, 2)).\(function)")
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }

  /// From `8.0 GT/s`, with the comma of some languages, or the number of the generation.
  private static func megatransfers(of object: WindowsObject) -> WindowsFound<Int> {
    let generations = [1: 2500, 2: 5000, 3: 8000, 4: 16_000, 5: 32_000, 6: 64_000]
    if let generation = object["PciExpressCurrentLinkSpeedEncoded"]?.integer(in: 1...6),
      let transfers = generations[generation]
    {
      return .success(transfers)
    }
    guard let value = object["PcieLinkSpeed"] else {
      return .failure(Unknown(.notSupported, "PcieLinkSpeed is empty"))
    }
    let known = ["2.5": 2500, "5": 5000, "8": 8000, "16": 16_000, "32": 32_000, "64": 64_000]
    let words = (value.text ?? "").split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[1].lowercased() == "gt/s" else {
      return .failure(Unknown(.notUnderstood, "PcieLinkSpeed \(value.shown)"))
    }
    var number = String(words[0].map { $0 == "," ? "." : $0 })
    if number.hasSuffix(".0") { number.removeLast(2) }
    guard let transfers = known[number] else {
      return .failure(Unknown(.notUnderstood, "PcieLinkSpeed \(value.shown)"))
    }
    return .success(transfers)
  }

  private static func lanes(of object: WindowsObject) -> WindowsFound<Int> {
    for field in ["PciExpressCurrentLinkWidth", "PcieLinkWidth"] {
      guard let value = object[field] else { continue }
      let text = value.text ?? ""
      let lanes = value.integer ?? Int64(text.hasPrefix("x") ? text.dropFirst() : text[...])
      guard let lanes, [1, 2, 4, 8, 12, 16, 32].contains(lanes) else {
        return .failure(Unknown(.notUnderstood, "\(field) \(value.shown)"))
      }
      return .success(Int(lanes))
    }
    return .failure(Unknown(.notSupported, "PcieLinkWidth is empty"))
  }
}
