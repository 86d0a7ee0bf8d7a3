import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// The bill lists just what the plan is built of, and enough spares.
  static let billCounts = PlanProof(
    "bill-counts",
    claim: "the bill is the sum of what the plan is built of, with spares, test batches and packs"
  ) { context, ledger in
    let needed = context.needed
    var lines: [PartID: [BOMLine]] = [:]
    for line in context.fabric.bom { lines[line.part, default: []].append(line) }
    for part in needed.parts {
      let count = needed.counts[part, default: 0]
      ledger.expect(
        lines[part]?.count == 1, at: ["bill", part.rawValue],
        "\(lines[part]?.count ?? 0) lines of the bill are for this part", expected: "1",
        hint: "\(count) units are built in")
      guard let line = lines[part]?.first else { continue }
      ledger.expect(
        line.needed == count, at: ["bill", part.rawValue],
        "the bill says that \(line.needed) are built in", expected: "\(count)")
      check(line, needed, context, &ledger)
    }
    for line in context.fabric.bom {
      ledger.expect(
        needed.counts[line.part] != nil, at: ["bill", line.part.rawValue],
        "it is on the bill and in no device, cable or host", expected: "no line")
    }
  }

  private static func check(
    _ line: BOMLine, _ needed: Needed, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let subject = ["bill", line.part.rawValue]
    guard let part = context.catalog.part(line.part) else {
      return ledger.fail(at: subject, "the part is not in the plan's catalogue")
    }
    let rates = context.site.requirements.spares
    let rate: Rational =
      switch part.spec {
      case .optic: rates.optics
      case .cable: rates.cables
      case .networkSwitch, .module: rates.switches
      case .nic: rates.nics
      case .accessory: .zero
      }
    let asked = context.site.requirements.testFirst
    let byRate = Int64(exactly: line.needed).flatMap { rate.timesRoundedUp($0) } ?? .max
    // Transceivers are bought for the test; of cables some of those that are needed come first.
    let isOptic = needed.thirdPartyOptics.contains(line.part)
    let isCable = needed.thirdPartyCables.contains(line.part)
    let sum = Int64(line.needed).addingReportingOverflow(byRate)
    let bought = sum.overflow ? .max : sum.partialValue
    let batch = isOptic ? asked : isCable ? Int(min(Int64(asked), bought)) : 0
    let spares = isOptic ? max(byRate, Int64(batch) - Int64(line.needed)) : byRate
    ledger.expect(
      Int64(line.spares) == spares, at: subject, "\(line.spares) spares are bought",
      expected: "\(spares): the spare rate, and the test batch where it asks for more")
    ledger.expect(
      line.testFirst == batch, at: subject, "\(line.testFirst) units are to be tested first",
      expected: "\(batch)")
    ledger.expect(
      line.packSize == part.packSize && line.packSize > 0, at: subject,
      "it is billed in packs of \(line.packSize)", expected: "packs of \(part.packSize)")
    guard line.packSize > 0 else { return }
    let (units, overflow) = line.needed.addingReportingOverflow(line.spares)
    let packs = units / line.packSize + (units % line.packSize > 0 ? 1 : 0)
    ledger.expect(
      !overflow && line.packs == packs, at: subject, "\(line.packs) packs are ordered",
      expected: "\(packs)")
  }
}
