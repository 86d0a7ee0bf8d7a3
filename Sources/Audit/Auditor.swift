import CatalogModel
import Fabric
import Quantities
import Threads

/// Proves that a plan works, or says where it does not.
///
/// The audit knows the plan alone: it shares no code with the planner and none with the writer of
/// configurations, so that it can contradict both.
public enum Auditor {
  /// Runs every proof over a plan.
  public static func audit(_ fabric: Fabric) -> AuditResult {
    run(PlanProof.all, over: AuditContext(fabric))
  }

  /// Proves what the configuration texts say: runs the proofs about switches over it, and compares
  /// it with what was planned.
  ///
  /// - Parameters:
  ///   - intentsReadBack: one intent for each configuration text, in any order.
  ///   - planned: the audit of the same plan, where it is known: of texts that say exactly what was
  ///     planned the same proofs hold, and need not run again.
  public static func audit(
    _ fabric: Fabric, intentsReadBack: [SwitchIntent], planned: AuditResult? = nil
  ) -> AuditResult {
    var result: AuditResult
    if let planned, intentsReadBack == fabric.intents {
      let names = Set(PlanProof.all.filter(\.readsIntents).map(\.name))
      result = AuditResult(
        findings: planned.findings.filter { names.contains($0.rule) },
        rules: planned.rules.filter { names.contains($0.rule) })
    } else {
      var emitted = fabric
      emitted.intents = intentsReadBack
      result = run(PlanProof.all.filter(\.readsIntents), over: AuditContext(emitted))
    }
    let comparison = IntentComparison.compare(
      planned: fabric.intents, readBack: intentsReadBack)
    result.findings.insert(contentsOf: comparison.findings, at: 0)
    result.rules.insert(comparison.report, at: 0)
    return result
  }

  /// Where the configurations of switches say something else than their plan: one finding a
  /// setting, its subject the device and the place in it.
  ///
  /// - Parameter intents: one for each configuration, in any order.
  public static func drift(of intents: [SwitchIntent], from fabric: Fabric) -> [Finding] {
    IntentComparison.compare(planned: fabric.intents, readBack: intents).findings
  }

  /// Who is cut off while a switch is away, by what the switches are told now, or why nobody can say;
  /// `nil` when nobody is.
  /// - Parameter fabric: the plan, with the intents of the switches as they are.
  public static func cutOff(without device: String, in fabric: Fabric) -> String? {
    let context = AuditContext(fabric)
    guard let index = context.switches.firstIndex(where: { $0.name == device }) else { return nil }
    for need in context.needs() {
      let reachability = Reachability(need, context)
      if let cut = reachability.cutOff(after: .nothing) {
        return "who is cut off is not known: even now \(cut) (\(need.name))"
      }
      if let cut = reachability.cutOff(after: .device(index)) { return "\(cut) (\(need.name))" }
    }
    return nil
  }

  /// Proves what can be proved over configurations with no plan beside them: pairs agree, both ends
  /// of links agree, packets fit, VLANs named for storage stay inside, nothing runs in a circle.
  ///
  /// - Parameters:
  ///   - intents: what each configuration says, in the order of its file.
  ///   - traits: of the dialects that are known.
  public static func audit(texts intents: [SwitchIntent], traits: [DialectTraits]) -> AuditResult {
    run(TextProof.all, over: TextContext(intents, traits: traits))
  }

  /// Names and claims of all proofs, in the order in which they run.
  public static var rules: [(name: String, claim: String)] {
    [(IntentComparison.rule, IntentComparison.claim)] + PlanProof.all.map { ($0.name, $0.claim) }
  }

  /// Proofs share nothing, so they run side by side; results stand in the order of the proofs.
  private static func run<Context: Sendable>(
    _ proofs: [Proof<Context>], over context: Context
  ) -> AuditResult {
    let ledgers = concurrentMap(Array(proofs.indices)) { place in
      var ledger = Ledger(rule: proofs[place].name)
      proofs[place].check(context, &ledger)
      return ledger
    }
    return AuditResult(
      findings: ledgers.flatMap(\.findings),
      rules: zip(proofs, ledgers).map { proof, ledger in
        RuleReport(
          rule: proof.name, claim: proof.claim, checked: ledger.checked,
          findings: ledger.findings.count)
      })
  }
}
