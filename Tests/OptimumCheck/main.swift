import BruteForce
import Quantities
import SiteModel

var coverage = Coverage()
let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let first = arguments.first ?? 1
let count = arguments.dropFirst().first ?? 300
let classify = arguments.count < 3
let clock = ContinuousClock()
for seed in first..<(first + count) {
  let start = clock.now
  let (site, catalog) = RandomInstance.make(seed: seed)
  let made = clock.now
  let outcome = BruteForce.solve(
    site: site, catalog: catalog, dialects: RandomInstance.dialects,
    pairDialects: RandomInstance.pairDialects)
  let solved = clock.now
  if classify { coverage.add(Coverage(outcome, site: site, catalog: catalog)) }
  print(seed, made - start, solved - made, clock.now - solved, outcome.plan.map { "\($0.goods) \($0.key) \($0.tiedBills)" } ?? "-")
}
print(coverage.table)
