import Glibc
import MigrationTestSupport

// Long checks of migrations: `migration-checks NAME [--seed N] [--count N]`, for scripts/full-check.

var (seed, count): (UInt64, Int?) = (1, nil)
var words = CommandLine.arguments.dropFirst()
let name = words.popFirst() ?? ""
while let word = words.popFirst() {
  let value = words.popFirst() ?? ""
  switch (word, UInt64(value)) {
  case ("--seed", .some(let number)): seed = number
  case ("--count", .some(let number)): count = Int(clamping: number)
  default: leave()
  }
}

func leave() -> Never {
  print("usage: migration-checks migrations [--seed N] [--count N]")
  exit(2)
}

switch name {
case "migrations": exit(SeededMigrations.run(from: seed, count: count ?? 1000) ? 0 : 1)
default: leave()
}
