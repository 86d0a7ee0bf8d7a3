import Audit
import AuditTestSupport
import Fabric
import TenfoldTestSupport
import Testing

@Suite("A planted defect")
struct PlantedDefectTests {
  @Test("is found by its own rule, at the right place", arguments: Defect.all.map(\.name))
  func isFound(name: String) throws {
    let defect = try #require(Defect.all.first { $0.name == name })
    var applied = 0
    for (design, sound) in TestFabric.all {
      for seed in UInt64(1)...2 {
        var fabric = sound
        var rng = SplitMix64(seed: seed)
        guard let subject = defect.apply(&fabric, &rng) else {
          #expect(fabric == sound, "\(name) touched a \(design) that it does not fit")
          continue
        }
        applied += 1
        let findings = Auditor.audit(fabric).findings
        let own = findings.filter { defect.rules.contains($0.rule) }
        #expect(
          own.contains { subject.isEmpty || $0.subject.contains(subject) },
          """
          \(name) in a \(design), seed \(seed): no finding of \(defect.rules) names \(subject); \
          found \(findings.map(shown))
          """)
      }
    }
    #expect(applied > 0, "\(name) fits none of the designs")
  }

  @Test("has a name of its own")
  func uniqueNames() {
    #expect(Set(Defect.all.map(\.name)).count == Defect.all.count)
    #expect(Defect.all.count >= 30)
  }

  @Test("exists for every proof but the comparison of texts")
  func everyProofIsTried() {
    let tried = Set(Defect.all.flatMap(\.rules))
    let untried = Auditor.rules.map(\.name).filter { !tried.contains($0) }
    #expect(untried == ["text-equals-intent"])
  }
}
