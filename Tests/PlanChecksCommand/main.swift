// Long checks over the plans of all examples and of many random sites.
//
//   plan-checks CHECK [--seed N] [--count N]
//
// Ends with 1 if anything failed.
import Foundation
import PlanChecks

var arguments = Array(CommandLine.arguments.dropFirst())
let name = arguments.isEmpty ? "" : arguments.removeFirst()
var seed: UInt64 = 1
var count: Int?
while arguments.count >= 2, let value = UInt64(arguments[1]), value <= 1_000_000_000 {
  switch arguments[0] {
  case "--seed": seed = value
  case "--count": count = Int(value)
  default: break
  }
  arguments.removeFirst(2)
}
guard arguments.isEmpty, let check = FullCheck(rawValue: name) else {
  let names = FullCheck.allCases.map(\.rawValue).joined(separator: "|")
  print("usage: plan-checks \(names) [--seed N] [--count N]")
  exit(2)
}
let failures = try check.run(seed: seed, count: count ?? check.usualCount)
for failure in failures.prefix(200) { print("FAILED \(failure)") }
print("\(failures.count) failures")
exit(failures.isEmpty ? 0 : 1)
