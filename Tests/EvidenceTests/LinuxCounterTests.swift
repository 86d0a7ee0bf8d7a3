import Evidence
import Quantities
import Testing

/// Counters prove something only as a difference over a known time.
@Suite struct LinuxCounterTests {
  private func link(_ packets: String, errors: Int = 0, dropped: Int = 0) -> String {
    #"[{"ifname":"nic1-p1","flags":["UP"],"mtu":1500,"link_type":"ether","promiscuity":0,"#
      + #""stats64":{"rx":{"packets":\#(packets),"errors":\#(errors),"dropped":\#(dropped)},"#
      + #""tx":{"packets":0,"errors":0,"dropped":0}}}]"#
  }

  private func counters(
    _ first: String, _ second: String, interval: String? = "5000\n",
    card: (String, String)? = nil, pfc: (String, String)? = nil
  ) throws -> Reading<CounterFacts> {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", first)
    if let card { sample.add("ethtool -S nic1-p1", card.0) }
    if let pfc { sample.add("dcb -j -s pfc show dev nic1-p1", pfc.0) }
    sample.add("ip -j -d -s -s address show", second)
    if let card { sample.add("ethtool -S nic1-p1", card.1) }
    if let pfc { sample.add("dcb -j -s pfc show dev nic1-p1", pfc.1) }
    if let interval { sample.add("sample interval", interval) }
    return try sample.interface("nic1-p1").counters
  }

  @Test("Without both samples or the time between them, nothing is known")
  func missing() throws {
    #expect(
      try counters(link("1"), link("2"), interval: nil).why
        == "not-collected: no time between both samples")
    #expect(
      try counters(link("1"), link("2"), interval: "soon").why
        == "not-understood: no time between both samples")
    #expect(try counters(link("1"), "[]").why == "not-understood: not in the second sample")
    var one = LinuxSample()
    one.add("ip -j -d -s -s address show", link("1"))
    one.add("sample interval", "1000")
    #expect(try one.interface("nic1-p1").counters.why == "not-collected: one sample only")
  }

  @Test("Counters that go backwards or leave 64 bits are not understood")
  func backwards() throws {
    #expect(
      try counters(link("9"), link("2")).why
        == "not-understood: counters went backwards between both samples")
    let huge = "99999999999999999999999"
    #expect(try counters(link(huge), link(huge)).why == "not-supported: no stats64")
    let most = "18446744073709551615"
    #expect(try counters(link("5"), link(most)).value?.packets == UInt64.max - 5)
  }

  @Test("Names of statistics that drivers have: the last colon parts name and value")
  func names() throws {
    let before = """
      NIC statistics:
           [0]: rx_discards: 0
           tx_errors.nic: 5
           rx_pfc_ena_frames_pri3: 10
           pfc_pri3_rx_duration_us: 1
           rx_fec_uncorrectable_errors: 0
      """
    let after = """
      NIC statistics:
           [0]: rx_discards: 7
           tx_errors.nic: 5
           rx_pfc_ena_frames_pri3: 30
           pfc_pri3_rx_duration_us: 99999
           rx_fec_uncorrectable_errors: 2
      """
    #expect(
      try counters(link("0"), link("8"), card: (before, after)).value
        == CounterFacts(interval: 5000, packets: 8, errors: 2, drops: 7, pauses: 20))
    let intel = (
      "rx_priority_3_xoff.nic: 1\nlink_xoff_rx.nic: 2\nlink_xon_rx.nic: 2\n",
      "rx_priority_3_xoff.nic: 4\nlink_xoff_rx.nic: 2\nlink_xon_rx.nic: 90\n"
    )
    #expect(try counters(link("0"), link("0"), card: intel).value?.pauses == 2)
    let plain = ("NIC statistics:\n     rx_drops: 1\n", "NIC statistics:\n     rx_drops: 2\n")
    #expect(try counters(link("0"), link("0"), card: plain).value?.pauses == .some(nil))
  }

  @Test(
    "The busiest queue is found in the words of each driver",
    arguments: [
      ("rx", "_packets"), ("rx_queue_", "_packets"), ("rx-", ".packets"),
      ("[", "]: rx_ucast_packets"),
    ])
  func queues(head: String, tail: String) throws {
    func text(_ counts: [Int]) -> String {
      "NIC statistics:\n     rx_packets: 9\n"
        + counts.enumerated().map { "     \(head)\($0.offset)\(tail): \($0.element)\n" }.joined()
    }
    func busiest(_ before: [Int], _ after: [Int]) throws -> Int? {
      try counters(link("0"), link("9"), card: (text(before), text(after))).value?.busiestQueue
    }
    #expect(try busiest([100, 5, 0], [160, 35, 11]) == 59)
    #expect(try busiest([100, 5], [100, 5]) == nil)
    #expect(try busiest([100, 5], [90, 5]) == nil)
    #expect(try busiest([100], [200]) == nil)
  }

  @Test("Pauses of a priority are found in dcb where the driver has no such statistics")
  func flow() throws {
    func pfc(_ number: Int) -> String {
      #"{"pfc_cap":8,"prio_pfc":[],"requests":[0,0,0,\#(number)],"indications":[0,0,0,1]}"#
    }
    #expect(try counters(link("0"), link("0"), pfc: (pfc(5), pfc(12))).value?.pauses == 7)
  }

  @Test("What the kernel drops counts with what the card missed")
  func drops() throws {
    #expect(
      try counters(link("0"), link("0", errors: 1, dropped: 3)).value
        == CounterFacts(interval: 5000, packets: 0, errors: 1, drops: 3, pauses: nil))
  }
}
