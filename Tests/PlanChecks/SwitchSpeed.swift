import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SwitchConfig

/// How long it takes to write the configurations of many switches, to read them back, and to hold
/// them to each other: per switch it must not grow with their number.
enum SwitchSpeed {
  private struct SpeedError: Error { var what: String }

  /// What 200 switches may take.
  private static let limit = Duration.seconds(2)

  /// Measures 200 switches and more, up to a number; prints each.
  /// - Returns: what was too slow.
  static func measure(most: Int, seed: UInt64) throws -> [String] {
    var failures: [String] = []
    var first: Double?
    for count in [200, 500, 1000, 2000] where count <= most {
      let cases = try switches(count, seed: seed)
      var times = try (0..<5).map { _ in try run(cases) }
      times.sort()
      let each =
        Double(times[2].components.attoseconds) / 1e15 + Double(times[2].components.seconds) * 1e3
      let perSwitch = each / Double(cases.count)
      first = first ?? perSwitch
      let ratio = perSwitch / (first ?? perSwitch)
      print(
        "\(cases.count) switches: \(shown(each / 1000, 3)) s, \(shown(perSwitch, 3)) ms each, "
          + "\(shown(ratio, 2)) of what each of 200 takes")
      if count == 200, times[2] > limit { failures.append("200 switches take \(times[2])") }
      if ratio > 1.25 {
        failures.append("\(count) switches take \(shown(ratio, 2)) times as long each")
      }
    }
    return failures
  }

  private static func shown(_ value: Double, _ places: Int) -> String {
    let scale = places == 2 ? 100 : 1000
    let whole = Int((value * Double(scale)).rounded())
    let digits = String(whole % scale + scale).dropFirst()
    return "\(whole / scale).\(digits)"
  }

  private struct Case: Sendable {
    var intent: SwitchIntent
    var fabric: Fabric
  }

  /// So many switches or a few more, of random plans of all dialects: each plan whole, with names and
  /// addresses of its own.
  private static func switches(_ count: Int, seed: UInt64) throws -> [Case] {
    let made = try ShippedTraits.all.map { traits in
      try DialectPlans(of: traits.os).map(seed: seed, count: 6) { $0 }
    }
    // Dialects by turns, so that a few switches are as mixed as many.
    var plans = (0..<6).flatMap { place in
      made.compactMap { $0.indices.contains(place) ? $0[place] : nil }
    }
    // Of a plan with a switch that is set up by hand the texts are not all there.
    plans.removeAll { plan in
      plan.fabric.intents.contains { ShippedTraits.of($0.os)?.writes($0) != true }
    }
    var cases: [Case] = []
    var pod = 0
    while cases.count < count, !plans.isEmpty {
      let plan = plans[pod % plans.count]
      let names = Dictionary(
        plan.fabric.intents.enumerated().map { ($1.hostname, "p\(pod)-s\($0)") },
        uniquingKeysWith: { first, _ in first })
      for intent in plan.fabric.intents {
        cases.append(Case(intent: intent.moved(to: pod, names), fabric: plan.fabric))
      }
      pod += 1
    }
    return cases
  }

  /// Writes, reads back and audits once.
  private static func run(_ cases: [Case]) throws -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    let read = Parallel.map(cases) { one -> SwitchIntent? in
      let config = try ShippedTemplates.render(
        one.intent, of: one.fabric, hash: ConfigHeader.hashToCome)
      return try ShippedTemplates.read(config)?.intent
    }
    let intents = try read.compactMap { try $0.get() }
    let result = Auditor.audit(texts: intents, traits: ShippedTraits.all)
    let time = clock.now - start
    // What is fast and wrong is not measured.
    if let (was, one) = zip(intents, cases).first(where: { $0 != $1.intent }) {
      throw SpeedError(what: "\(one.intent.hostname) reads back as something else: \(was)")
    }
    if let finding = result.findings.first(where: { $0.severity == .error }) {
      throw SpeedError(what: finding.shown)
    }
    return time
  }
}

extension SwitchIntent {
  /// The same switch elsewhere: names and addresses of a pod of its own.
  fileprivate func moved(to pod: Int, _ names: [String: String]) -> SwitchIntent {
    var intent = self
    func renamed(_ text: String) -> String {
      text.split(separator: " ", omittingEmptySubsequences: false).map {
        names[String($0)] ?? String($0)
      }.joined(separator: " ")
    }
    func moved(_ address: IPv4Address) -> IPv4Address {
      IPv4Address(bits: address.bits ^ UInt32(pod) << 12)
    }
    let rule = ShippedTraits.of(os)?.description ?? NameRule(.text, maxLength: 64, fact: "")
    intent.hostname = renamed(hostname)
    for place in ports.indices {
      intent.ports[place].description = rule.fitted(renamed(ports[place].description))
    }
    for place in lags.indices {
      intent.lags[place].description = rule.fitted(renamed(lags[place].description))
    }
    if let management { intent.management?.address = moved(management.address) }
    intent.pair?.backupDestination = pair?.backupDestination.map(moved)
    intent.pair?.sharedAddress = pair?.sharedAddress.map(moved)
    return intent
  }
}
