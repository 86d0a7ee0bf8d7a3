/// Settings of drivers by the keyword of the standard, which no language changes.
struct AdvancedProperties {
  private let output: WindowsOutput
  private let settings: [String: [String: WindowsObject]]

  init(_ output: WindowsOutput) {
    self.output = output
    var settings: [String: [String: WindowsObject]] = [:]
    for object in output.objects {
      guard let name = object.name, let keyword = object["RegistryKeyword"]?.text?.lowercased(),
        settings[name]?[keyword] == nil
      else { continue }
      settings[name, default: [:]][keyword] = object
    }
    self.settings = settings
  }

  private func object(_ keyword: String, of adapter: String) -> WindowsObject? {
    settings[adapter]?[keyword.lowercased()]
  }

  /// Whether the settings of drivers were told, and this adapter lacks one.
  private func isAbsent(_ keyword: String, of adapter: String) -> Bool {
    output.failure == nil && output.source != nil && object(keyword, of: adapter) == nil
  }

  /// What the registry holds for a setting of an adapter: a list of one text, as a rule.
  func reading<Value: Hashable & Sendable>(
    _ keyword: String, of adapter: String, _ take: (Int64) -> Value?
  ) -> Reading<Value> {
    let object = object(keyword, of: adapter)
    if isAbsent(keyword, of: adapter) {
      return .unknown(Unknown(.notSupported, "the driver has no \(keyword)"))
    }
    return output.reading(object) { object in
      guard let value = object["RegistryValue"] else {
        return .failure(Unknown(.notSupported, "\(keyword) is empty"))
      }
      guard let number = value.integer, let taken = take(number) else {
        return .failure(Unknown(.notUnderstood, "\(keyword) \(value.shown)"))
      }
      return .success(taken)
    }
  }

  /// 802.3x in either direction. 4 leaves it to negotiation, whose end the driver does not tell.
  func flowControl(of adapter: String) -> Reading<Bool> {
    let value = reading("*FlowControl", of: adapter) { (0...4).contains($0) ? $0 : nil }
    if value.value == 4 { return .unknown(Unknown(.notSupported, "*FlowControl 4: negotiated")) }
    return value.map { $0 != 0 }
  }

  /// Entries of a ring of buffers.
  func ring(_ keyword: String, of adapter: String) -> Reading<RingFacts> {
    let maximum = maximum(keyword, of: adapter)
    return reading(keyword, of: adapter) { number in
      guard (0...1_000_000_000).contains(number), let current = Int(exactly: number) else {
        return nil
      }
      return RingFacts(current: current, maximum: maximum)
    }
  }

  /// The most queues that the driver offers.
  func maximumQueues(of adapter: String) -> Reading<Int> {
    let keyword = "*NumRssQueues"
    let maximum = maximum(keyword, of: adapter)
    if isAbsent(keyword, of: adapter) {
      return .unknown(Unknown(.notSupported, "the driver has no \(keyword)"))
    }
    return output.reading(object(keyword, of: adapter)) { _ in
      guard let maximum else {
        return .failure(Unknown(.notSupported, "\(keyword): no largest value"))
      }
      return .success(maximum)
    }
  }

  /// The largest value that a driver takes, from its list of them or its range.
  private func maximum(_ keyword: String, of adapter: String) -> Int? {
    guard let object = object(keyword, of: adapter) else { return nil }
    let listed = object["ValidRegistryValues"]?.texts.compactMap { Int($0) }.max()
    let bound = object["NumericParameterMaxValue"]?.integer(in: 1...1_000_000_000)
    return (listed ?? bound).flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// 1 is iWARP and 4 RoCE version 2 on all drivers; what others mean is not certain.
  func technology(of adapter: String) -> RDMAFacts.Technology? {
    switch object("*NetworkDirectTechnology", of: adapter)?["RegistryValue"]?.integer {
    case 1: .iwarp
    case 4: .roce2
    default: nil
    }
  }

  /// The VLAN that the driver adds; `nil` for none.
  func vlan(of adapter: String) -> Reading<Int64> {
    reading("VlanID", of: adapter) { (0...4095).contains($0) ? $0 : nil }
  }
}
