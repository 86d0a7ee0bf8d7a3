// Long checks over the plans of all examples and of many random sites.
//
//   plan-checks CHECK [--seed N] [--count N] [--locales FOLDER] [--output PATH] [--dialect NAME]
//
// Ends with 1 if anything failed.
import Foundation
import PlanChecks
import Quantities

func stop() -> Never {
  let names = FullCheck.allCases.map(\.rawValue).joined(separator: "|")
  print(
    "usage: plan-checks \(names) [--seed N] [--count N] [--locales FOLDER] [--output PATH]"
      + " [--dialect NAME]"
  )
  exit(2)
}

var arguments = Array(CommandLine.arguments.dropFirst())
guard let check = arguments.first.flatMap(FullCheck.init) else { stop() }
arguments.removeFirst()
var options = FullCheck.Options()
while arguments.count >= 2 {
  let value = arguments[1]
  switch (arguments[0], UInt32(value)) {
  case ("--seed", let number?): options.seed = UInt64(number)
  case ("--count", let number?): options.count = Int(number)
  case ("--locales", _): options.localeFolder = value
  case ("--output", _): options.output = value
  case ("--dialect", _): options.dialect = value
  default: stop()
  }
  arguments.removeFirst(2)
}
guard arguments.isEmpty else { stop() }
let failures: [String]
do {
  failures = try check.run(options)
} catch {
  failures =
    (error as? Findings)?.all.map { "\($0.rule) \($0.subject): \($0.message)" } ?? ["\(error)"]
}
for failure in failures.prefix(200) { print("FAILED \(failure)") }
if check != .site, check != .plan { print("\(failures.count) failures") }
exit(failures.isEmpty ? 0 : 1)
