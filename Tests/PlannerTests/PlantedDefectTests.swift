import Audit
import AuditTestSupport
import Fabric
import TenfoldTestSupport
import Testing

@testable import Planner

@Suite struct PlantedDefectTests {
  @Test("Every defect put into a plan is found by its own rule", arguments: Built.names)
  func found(_ name: String) throws {
    let sound = try Built.plan(named: name).fabric
    var applied = 0
    for (index, defect) in Defect.all.enumerated() {
      var fabric = sound
      var rng = SplitMix64(seed: UInt64(index))
      guard let subject = defect.apply(&fabric, &rng) else { continue }
      applied += 1
      let findings = Auditor.audit(fabric).findings
      #expect(
        findings.contains {
          defect.rules.contains($0.rule) && (subject.isEmpty || $0.subject.contains(subject))
        },
        """
        \(defect.name), seed \(index): no finding of \(defect.rules) names \(subject); found \
        \(findings.prefix(5).map { "\($0.rule) \($0.subject)" })
        """)
    }
    #expect(applied >= 80)
  }
}
