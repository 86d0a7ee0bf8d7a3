import CatalogModel
import Quantities
import Testing

@Suite struct AcceptanceTests {
  private let source: FactSource

  init() throws {
    source = FactSource(
      id: "s", url: "https://example.org", accessed: try #require(CalendarDate(year: 2026)))
  }

  private func device(_ vendor: String, own: Capability = .unknown) -> Part {
    Part(
      id: PartID("device"), vendor: vendor, model: "D",
      spec: .networkSwitch(
        SwitchSpec(roles: [.tor], os: .os9, ports: [], thirdPartyMedia: own)))
  }
  private func optic(_ vendor: String) -> Part {
    Part(
      id: PartID("optic"), vendor: vendor, model: "O",
      spec: .optic(
        OpticSpec(
          form: .sfpPlus, standard: "10gbase-sr", rates: [.gigabits(10)], socket: .lc, reach: [])))
  }
  private func cable(_ family: CableFamily) -> Part {
    Part(
      id: PartID("cable"), vendor: "generic", model: "C",
      spec: .cable(
        CableSpec(
          family: family, endA: .sfpPlus, endB: .sfpPlus, rate: .gigabits(10), length: .metres(1))))
  }
  private func catalog(
    _ rules: [(device: String, medium: String, CompatibilityRule.Verdict)]
  ) -> Catalog {
    Catalog(
      parts: [], prices: [],
      compatibility: rules.map {
        CompatibilityRule(device: $0.device, medium: $0.medium, verdict: $0.2, source: source)
      })
  }

  @Test("Optics of the device's own maker are accepted")
  func ownMake() {
    #expect(catalog([]).acceptance(of: optic("Dell"), in: device("Dell")).verdict == .yes)
  }

  @Test("A rule for third parties says nothing of the maker's own optics")
  func thirdPartyRule() {
    let catalog = catalog([("vendor:Dell", "third-party", .no)])
    #expect(catalog.acceptance(of: optic("Dell"), in: device("Dell")).verdict == .yes)
    #expect(catalog.acceptance(of: optic("FS"), in: device("Dell")).verdict == .no)
  }

  @Test("A rule that names the optic beats the maker's own name")
  func named() {
    let catalog = catalog([("device", "optic", .withCommand)])
    #expect(catalog.acceptance(of: optic("Dell"), in: device("Dell")).verdict == .withCommand)
  }

  @Test("The device by id beats its system, and that beats its maker")
  func deviceOrder() {
    let all = [
      ("vendor:Dell", "third-party", CompatibilityRule.Verdict.no),
      ("os:os9", "third-party", .withCommand), ("device", "third-party", .yes),
    ]
    #expect(catalog(all).acceptance(of: optic("FS"), in: device("Dell")).verdict == .yes)
    #expect(
      catalog(Array(all.prefix(2))).acceptance(of: optic("FS"), in: device("Dell")).verdict
        == .withCommand)
  }

  @Test("Twinax has a key of its own, active optical cables have not")
  func twinax() {
    let catalog = catalog([
      ("os:os9", "third-party-dac", .yes), ("os:os9", "third-party", .no),
    ])
    #expect(catalog.acceptance(of: cable(.passiveDAC), in: device("Dell")).verdict == .yes)
    #expect(catalog.acceptance(of: cable(.activeDAC), in: device("Dell")).verdict == .yes)
    #expect(catalog.acceptance(of: cable(.activeOptical), in: device("Dell")).verdict == .no)
    #expect(catalog.acceptance(of: optic("FS"), in: device("Dell")).verdict == .no)
  }

  @Test("Patch cords are accepted everywhere")
  func cords() {
    let catalog = catalog([("vendor:Dell", "third-party", .no)])
    #expect(catalog.acceptance(of: cable(.fibre), in: device("Dell")).verdict == .yes)
  }

  @Test("Without a rule the device's own fact decides", arguments: Capability.allCases)
  func ownFact(own: Capability) {
    let verdict = catalog([]).acceptance(of: optic("FS"), in: device("Dell", own: own)).verdict
    #expect(verdict.rawValue == own.rawValue)
  }
}
