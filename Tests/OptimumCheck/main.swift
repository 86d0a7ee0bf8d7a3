// Compares the planner with the enumerator over many random instances and prints what they covered.
//
//   optimum-check [--seed N] [--count N]
//
// Ends with 1 if any answer differs, or if 300 instances or more miss a quota of the coverage.
import BruteForce
import Foundation
import OptimumComparison

var first: UInt64 = 1
var count: UInt64 = 300
var arguments = Array(CommandLine.arguments.dropFirst())
while arguments.count >= 2, let value = UInt64(arguments[1]) {
  switch arguments[0] {
  case "--seed": first = value
  case "--count": count = value
  default: break
  }
  arguments.removeFirst(2)
}
guard arguments.isEmpty, count <= 1_000_000 else {
  print("usage: optimum-check [--seed N] [--count N]")
  exit(2)
}

var coverage = Coverage()
var differences: [UInt64] = []
for offset in 0..<count {
  let seed = first &+ offset
  let (site, catalog) = RandomInstance.make(seed: seed)
  let comparison = OptimumComparison(seed: seed, site: site, catalog: catalog)
  coverage.add(Coverage(comparison.outcome, site: site, catalog: catalog))
  if let difference = comparison.difference {
    differences.append(seed)
    print(difference)
  }
}
print("\(count) instances, seeds \(first) to \(first &+ count &- 1)")
print(coverage.table)
let shortfalls = count >= 300 ? coverage.shortfalls(count: Int(count)) : []
for shortfall in shortfalls { print("too few: \(shortfall)") }
print("\(differences.count) differ\(differences.isEmpty ? "" : ": seeds \(differences)")")
exit(differences.isEmpty && shortfalls.isEmpty ? 0 : 1)
