import Glibc
import Migration
import MigrationTestSupport
import Quantities
import Transport

// Long checks of migrations for scripts/full-check: `migration-checks NAME [--seed N] [--count N]`, and for
// those over links `--pair SOURCE TARGET OWN-ADDRESS OTHER-ADDRESS --rate BITS-PER-SECOND`.

var (seed, count, rate): (UInt64, Int?, Double) = (1, nil, 0)
var pair: HostPair?
var words = CommandLine.arguments.dropFirst()
// Of both ends of a transfer.
var (bytes, streams, seconds) = (256 << 20, 1, 2.0)
var (own, other, port, secret): (IPv4Address?, IPv4Address?, Int, TransferSecret?) = (
  nil, nil, 0, nil
)
// Of a real guest.
var (image, file, monitors, writes): (MemoryImage?, String, [String], [Int]) = (nil, "", [], [])
let name = words.popFirst() ?? ""

func leave(
  _ why: String =
    "usage: migration-checks migrations|predictions|tuner|multichannel [--seed N] [--count N]"
)
  -> Never
{
  print(why)
  exit(2)
}

var (wantsRDMA, isEncrypted) = (false, false)
while let word = words.popFirst() {
  if word == "--rdma" {
    wantsRDMA = true
    continue
  }
  if word == "--encrypt" {
    isEncrypted = true
    continue
  }
  let value = words.popFirst() ?? ""
  switch (word, UInt64(value)) {
  case ("--seed", .some(let number)): seed = number
  case ("--count", .some(let number)): count = Int(clamping: number)
  case ("--bytes", .some(let number)): bytes = Int(clamping: number)
  case ("--streams", .some(let number)): streams = Int(clamping: number)
  case ("--seconds", .some(let number)): seconds = Double(number)
  case ("--port", .some(let number)): port = Int(clamping: number)
  case ("--own", _): own = IPv4Address(value)
  case ("--other", _): other = IPv4Address(value)
  case ("--image", _): image = MemoryImage(value)
  case ("--file", _): file = value
  case ("--monitor", _): monitors.append(value)
  case ("--writes", _): writes = value.split(separator: ",").compactMap { Int($0) }
  case ("--secret", _): secret = TransferSecret(value)
  case ("--rate", .some(let number)): rate = Double(number)
  case ("--pair", _):
    guard let target = words.popFirst(), let own = words.popFirst().flatMap(IPv4Address.init),
      let other = words.popFirst().flatMap(IPv4Address.init)
    else { leave() }
    let way = GuestMove.Way(own: own, other: other)
    pair = HostPair(source: value, target: target, ways: (pair?.ways ?? []) + [way])
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
case "multichannel":
  // Two links of one rate, and a third one.
  guard let pair, pair.ways.count == 3, rate > 0 else { leave() }
  let bytes = Int(rate / 8 * 2)
  guard let one = MultichannelCheck.rate(pair, links: [0], bytes: bytes),
    let two = MultichannelCheck.rate(pair, links: [0, 1], bytes: bytes),
    let third = MultichannelCheck.rate(pair, links: [2], bytes: bytes / 3),
    let unequal = MultichannelCheck.rate(pair, links: [0, 2], bytes: bytes)
  else { leave("the namespaces cannot be used") }
  let (gain, sum) = (two / one, unequal / (one + third))
  print("  two links carry \(Int(gain * 1000)) per mille of one, 1950 are asked for")
  print("  unequal links carry \(Int(sum * 1000)) per mille of their sum, 970 are asked for")
  let cutting = HostPair(source: pair.source, target: pair.target, ways: Array(pair.ways.prefix(2)))
  guard
    let lost = MultichannelCheck.cuts(
      cutting, rate: one, bytes: bytes, interface: "l2", seed: seed, count: count ?? 200)
  else { leave("the namespaces cannot be used") }
  let mendings = max(1, (count ?? 200) / 10)
  guard
    let late = MultichannelCheck.returns(
      cutting, rate: one * gain, interface: "l2", seed: seed, count: mendings)
  else { leave("the namespaces cannot be used") }
  let failures = lost + late + (gain < 1.95 ? 1 : 0) + (sum < 0.97 ? 1 : 0)
  print("seed \(seed), \(count ?? 200) cuts, \(mendings) mended ones, \(failures) failures")
  exit(failures == 0 ? 0 : 1)
case "receive":
  guard let own else { leave() }
  exit(TransportLoad.receive(on: own, bytes: bytes, isEncrypted: isEncrypted) ? 0 : 1)
case "send":
  guard let own, let other, let secret else { leave() }
  exit(
    TransportLoad.send(
      secret, from: own, to: other, port: port, bytes: bytes, streams: streams, seconds: seconds,
      wantsRDMA: wantsRDMA)
      ? 0 : 1)
case "save-memory":
  guard let monitor = monitors.first, !file.isEmpty else { leave() }
  do throws(QMPFailure) {
    try MemoryImage.save(from: monitor, bytes: bytes, to: file)
  } catch { leave("\(error)") }
case "packing":
  guard let pair, let image else { leave() }
  guard
    let gain = PackingCheck.gain(
      pair, image, streams: streams, times: Int(seconds), turns: count ?? 5)
  else { leave("it did not arrive as it was sent, or nothing can be measured") }
  print(Int(gain * 1000))
case "precopy-qemu":
  guard let other, monitors.count == 2 else { leave() }
  exit(
    PrecopyCheck.qemu(
      from: monitors[0], to: monitors[1], at: other, blackOut: .milliseconds(300)) ? 0 : 1)
case "precopy-own":
  guard let pair, let image, writes.count == 3 else { leave() }
  exit(
    PrecopyCheck.own(
      pair, image,
      PrecopyCheck.Writes(
        first: writes[0], pages: writes[1], perSecond: writes[2], seed: seed),
      blackOut: .milliseconds(300)) ? 0 : 1)
case "tuner":
  guard let pair, rate > 0 else { leave() }
  guard let isGood = TunerCheck.run(pair, rate: rate / 8 * 0.94, seed: seed) else {
    leave("the namespaces cannot be used")
  }
  exit(isGood ? 0 : 1)
default: leave()
}
