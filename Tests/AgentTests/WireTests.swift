import Quantities
import Testing
import Transport

@testable import Agent

@Suite("Messages, addresses and tables")
struct WireTests {
  @Test("Every request and answer is read back as it was written")
  func roundTrip() throws {
    let hello = Hello(version: "1", plan: World.plan, host: World.host, clock: .now)
    let network = ProbeNetwork(
      name: "storage-a", own: IPv4Address(bits: 7), prefixLength: 24, mtu: 9000, vlan: 12,
      others: [IPv4Address(bits: 8), IPv4Address(bits: 9)])
    let collect = CollectRequest(
      probes: false, interval: 60, jobs: 64, crossings: [IPv4Address(bits: 1)])
    let test = LoadTest(streams: 4, warmUp: 1, seconds: 3)
    var receive = LoadRequest(test: test, own: IPv4Address(bits: 7))
    (receive.test.kind, receive.test.priority) = (.delay, 6)
    let send = LoadRequest(
      test: test, own: IPv4Address(bits: 8),
      target: LoadRequest.Target(address: IPv4Address(bits: 7), port: 65_535))
    for request in [
      Request.hello(hello), .network(network), .collect(collect), .load(receive), .load(send),
      .take(GuestTests.take), .give(GuestTests.give(.hotSpot(writes: 0.9, pages: 0.1))),
      .give(GuestTests.give(.burst(on: 0.5, off: 2), .postCopy)), .status, .cancel, .bye,
    ] { #expect(try Request(Array(request.frame.dropFirst(4))) == request) }
    for answer in [
      Answer.hello(hello), .status(isCollecting: true), .evidence(size: 5, hash: "ab"),
      .listening(port: 1), .loaded(LoadResult(bytes: 0, microseconds: 1, retransmissions: 2)),
      .loaded(
        LoadResult(
          bytes: 64, microseconds: 1, retransmissions: 0,
          delays: Delays(count: 1, median: 2, p99: 3, p999: 4, longest: 3_600_000_000_000))),
      .refused("why"), .waiting(ports: [1, 65_535]),
    ] + GuestTests.reports.map({ Answer.moved(MigrationAnswer($0)) }) {
      #expect(try Answer(Array(answer.frame.dropFirst(4))) == answer)
    }
  }

  @Test("A network of as many addresses as there may be comes in messages within the limit")
  func largest() {
    let network = ProbeNetwork(
      name: String(repeating: "n", count: 64), own: IPv4Address(bits: .max), prefixLength: 24,
      mtu: 9000, vlan: 4094,
      others: [IPv4Address](repeating: IPv4Address(bits: .max), count: CollectRequest.mostAddresses)
    )
    let frames = Request.frames(network)
    #expect(frames.count == 4)
    #expect(frames.allSatisfy { $0.count - 4 <= Frame.largestRequest })
  }

  @Test("Random bytes and damaged requests are read or refused, never more")
  func damaged() {
    var generator = SplitMix(seed: 11)
    let whole = Array(
      Request.collect(CollectRequest(crossings: [IPv4Address(bits: 5)])).frame.dropFirst(4))
    var outside = 0
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<(1 + generator.next() % 4) {
        bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(
          truncatingIfNeeded: generator.next())
      }
      if case .collect(let request)? = try? Request(bytes),
        !(0...60).contains(request.interval) || !(1...64).contains(request.jobs)
      {
        outside += 1
      }
    }
    #expect(outside == 0)
  }

  @Test("Where agents listen: names, IPv4, IPv6, with a port or without")
  func addresses() {
    for (text, host, port) in [
      ("10.0.0.1", "10.0.0.1", 7310), ("hv01:99", "hv01", 99), ("[::1]:5", "::1", 5),
      ("[fe80::1%eth0]", "fe80::1%eth0", 7310), ("a.example", "a.example", 7310),
    ] { #expect(AgentAddress(text) == AgentAddress(host: host, port: port), "\(text)") }
    for text in ["", ":5", "a:", "a:70000", "a:-1", "a b", "::1", "[::1", "[::1]x", "-a", "a:+5"] {
      #expect(AgentAddress(text) == nil, "\(text)")
    }
  }

  @Test("The table of a kit gives each host its networks, with the others' addresses")
  func table() throws {
    let table = ProbeTable(lines: [
      "plan abc", "network hv01 mig 10.0.0.1 24 9000 10", "network hv02 mig 10.0.0.2 24 9000 10",
      "network hv01 st 10.1.0.1 24 1500 11", "network hv03 mig 10.0.0.3 24 9000 10",
      "network bad name 10.0.0.1", "cross 10.9.9.9", "cross nothing",
    ])
    let networks = table.networks(of: World.host)
    #expect(networks.map(\.name) == ["mig", "st"])
    #expect(networks[0].others.map(\.description) == ["10.0.0.2", "10.0.0.3"])
    #expect(networks[1].others.isEmpty && table.crossings.map(\.description) == ["10.9.9.9"])
    #expect(table.networks(of: World.name("hv09")).isEmpty)
  }

  @Test("A flood of log lines is cut, and what was cut is told")
  func logGate() {
    let log = TestLog()
    let gate = LogGate(log.sink)
    for _ in 0..<1000 {
      gate.write(LogEntry(kind: .refused, peer: "a", message: "no\nway"), at: .seconds(1))
    }
    #expect(log.lines.count == 100 && log.lines[0] == "refused a: no\\x0away")
    gate.write(LogEntry(kind: .refused, peer: "a", message: "later"), at: .seconds(9))
    #expect(log.lines.suffix(2) == ["refused 900 lines like this left out", "refused a: later"])
  }
}
