import Glibc
import Migration
import MigrationTestSupport
import Quantities

// Long checks of migrations for scripts/full-check: `migration-checks NAME [--seed N] [--count N]`, and for
// those over links `--pair SOURCE TARGET OWN-ADDRESS OTHER-ADDRESS --rate BITS-PER-SECOND`.

var (seed, count, rate): (UInt64, Int?, Double) = (1, nil, 0)
var pair: HostPair?
var words = CommandLine.arguments.dropFirst()
let name = words.popFirst() ?? ""

func leave(
  _ why: String = "usage: migration-checks migrations|predictions|tuner [--seed N] [--count N]"
)
  -> Never
{
  print(why)
  exit(2)
}

while let word = words.popFirst() {
  let value = words.popFirst() ?? ""
  switch (word, UInt64(value)) {
  case ("--seed", .some(let number)): seed = number
  case ("--count", .some(let number)): count = Int(clamping: number)
  case ("--rate", .some(let number)): rate = Double(number)
  case ("--pair", _):
    guard let target = words.popFirst(), let own = words.popFirst().flatMap(IPv4Address.init),
      let other = words.popFirst().flatMap(IPv4Address.init)
    else { leave() }
    pair = HostPair(
      source: value, target: target, ways: [GuestMove.Way(own: own, other: other)])
  default: leave()
  }
}

switch name {
case "migrations": exit(SeededMigrations.run(from: seed, count: count ?? 1000) ? 0 : 1)
case "predictions":
  guard let pair, rate > 0 else { leave() }
  // Bits with everything around them; what is left for content depends on it little.
  guard
    let found = PredictionCheck.run(pair, rate: rate / 8 * 0.94, seed: seed, count: count ?? 10)
  else { leave("the namespaces cannot be used") }
  print("\(found.cases) cases, \(found.misses) misses")
case "tuner":
  guard let pair, rate > 0 else { leave() }
  guard let isGood = TunerCheck.run(pair, rate: rate / 8 * 0.94, seed: seed) else {
    leave("the namespaces cannot be used")
  }
  exit(isGood ? 0 : 1)
default: leave()
}
