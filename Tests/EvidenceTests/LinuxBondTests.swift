import Evidence
import Quantities
import Testing

/// The whole of a host with two ports in a bond: `written-bond.json`.
@Suite struct LinuxBondTests {
  private func interface(_ name: String) throws -> InterfaceFacts {
    try #require(try LinuxRecorded.interfaces("written-bond.json")[name])
  }

  @Test("Kinds, VLANs and what stands on what come from ip")
  func links() throws {
    let all = try LinuxRecorded.interfaces("written-bond.json")
    let kinds = all.mapValues(\.kind)
    #expect(
      kinds == [
        "lo": .loopback, "nic1-p1": .physical, "nic1-p2": .physical, "bond0": .team,
        "bond0.711": .vlan, "bond0.20": .vlan, "vmbr20": .bridge, "tap104i0": .other,
      ])
    #expect(all["bond0"]?.lower == ["nic1-p1", "nic1-p2"])
    #expect(all["vmbr20"]?.lower == ["bond0.20", "tap104i0"])
    #expect(all["bond0.711"]?.lower == ["bond0"])
    #expect(all["bond0.711"]?.vlan.value == VLANID(711))
    #expect(all["nic1-p1"]?.vlan.value == .some(nil))
    #expect(all["tap104i0"]?.isUp.value == false)
    #expect(all["bond0.711"]?.addresses.value?.map(\.address.description) == ["10.71.1.7"])
    #expect(all["bond0.711"]?.dcb.marked.value == priorities(3, 7))
    #expect(all["bond0.20"]?.dcb.marked.value == [])
    #expect(all["bond0.20"]?.bridgeVLANs.value?.incoming == .byDefault)
    #expect(all["bond0.20"]?.bridgeVLANs.value?.tagged == vlans(711, 712, 713, 714))
    #expect(all["bond0.20"]?.bridgeVLANs.value?.untagged == vlans(1))
    #expect(all["tap104i0"]?.bridgeVLANs.why == "not-supported: no VLANs of this port")
    #expect(all["lo"]?.mac.why == "not-collected: ")
  }

  @Test("A bond of LACP has one aggregator, its members and its partner")
  func bond() throws {
    let bond = try interface("bond0")
    #expect(
      bond.team.value
        == TeamFacts(
          mode: .lacp, modeText: "802.3ad", active: ["nic1-p1", "nic1-p2"], aggregators: [1, 1],
          partner: MACAddress("a8:f9:4b:00:00:01")))
    #expect(bond.rate.value == .gigabits(20))
    #expect(bond.neighbours.unknown?.reason == .notCollected)
  }

  @Test("A card is known by its model, driver, firmware, slot and node")
  func hardware() throws {
    let card = try interface("nic1-p1").hardware
    #expect(card.model.value == "Mellanox Technologies MT27710 Family [ConnectX-4 Lx]")
    #expect(card.driver.value == "mlx5_core")
    #expect(card.driverVersion.value == "6.1.0-18-amd64")
    #expect(card.firmware.value == "14.32.1010 (MT_2420110034)")
    #expect(card.bus.value == "0000:3b:00.0")
    #expect(card.numaNode.value == 1)
    #expect(card.pcieMegatransfers.value == 8000)
    #expect(card.pcieLanes.value == 8)
    #expect(card.receiveRing.value == RingFacts(current: 1024, maximum: 8192))
    #expect(card.sendRing.value == RingFacts(current: 1024, maximum: 8192))
    let other = try interface("nic1-p2").hardware
    #expect(other.numaNode.value == .some(nil))
    #expect(other.pcieMegatransfers.value == 8000)
  }

  @Test("Interrupts of queues tell which processors receive, and whether they are near")
  func receive() throws {
    let near = try interface("nic1-p1").receive
    #expect(near.isSpread.value == true)
    #expect(near.queues.value == 8)
    #expect(near.maximumQueues.value == 16)
    #expect(near.processors.value == ["10", "11"])
    #expect(near.isNear.value == true)
    let other = try interface("nic1-p2").receive
    #expect(other.processors.value == ["10", "11", "2", "3"])
    #expect(
      other.isNear.why == "not-supported: several nodes, and the card does not say its own")
  }

  @Test("Counters are the growth between both samples, those of the card included")
  func counters() throws {
    let port = try interface("nic1-p1")
    #expect(
      port.counters.value
        == CounterFacts(interval: 10_250, packets: 10_000, errors: 5, drops: 4, pauses: 40))
    #expect(
      try interface("bond0").counters.value
        == CounterFacts(interval: 10_250, packets: 0, errors: 0, drops: 0, pauses: nil))
  }

  @Test("Settings of the port itself are read around a netlink error in good text")
  func settings() throws {
    let port = try interface("nic1-p1")
    #expect(port.rate.value == .gigabits(10))
    #expect(port.permanentMAC.value == MACAddress("b8:59:9f:00:00:02"))
    #expect(port.mac.value == MACAddress("b8:59:9f:00:00:01"))
    #expect(port.flowControl.value == false)
    #expect(try interface("nic1-p2").flowControl.value == true)
    #expect(
      port.offloads.value == [
        OffloadState(.coalescing, isOn: true), OffloadState(.hardwareCoalescing, isOn: false),
        OffloadState(.receiveChecksum, isOn: true), OffloadState(.segmentation, isOn: true),
        OffloadState(.sendChecksum, isOn: true),
      ])
  }

  @Test("DCB, RDMA and neighbours of both ports")
  func fabric() throws {
    let (one, two) = (try interface("nic1-p1"), try interface("nic1-p2"))
    #expect(one.dcb.isWilling.value == false)
    #expect(one.dcb.lossless.value == priorities(3))
    #expect(one.dcb.marked.value == priorities(3))
    #expect(
      one.dcb.classes.value == [
        TrafficClassFacts(priorities: priorities(0, 1, 2, 4, 5, 6), share: 48),
        TrafficClassFacts(priorities: priorities(3), share: 50),
        TrafficClassFacts(priorities: priorities(7), share: 2),
      ])
    #expect(one.rdma.value == RDMAFacts(isOn: true, technology: .roce2))
    #expect(two.rdma.value == RDMAFacts(isOn: false, technology: .roce1))
    #expect(
      one.neighbours.value == [
        Neighbour(
          chassis: .init(.mac, "e4:f0:04:00:00:32"), systemName: "tor-a",
          addresses: [IPv4Address("10.0.0.1")].compactMap { $0 },
          port: .init(.interfaceName, "ethernet1/1/7"), portDescription: "host07:nic1",
          maximumFrame: 9216, portVLAN: VLANID(20), vlans: vlans(20, 711))
      ])
    #expect(
      two.neighbours.value == [
        Neighbour(
          chassis: .init(.mac, "e4:f0:04:00:00:33"), port: .init(.local, "512"),
          portDescription: "ge-0/0/7")
      ])
  }

  @Test("The whole host: governors in the order of processors, and routes")
  func host() throws {
    let facts = HostFactsReader.facts(of: try LinuxRecorded.file("written-bond.json"))
    #expect(
      facts.power.value
        == .governors([
          "performance", "performance", "performance", "performance", "powersave", "performance",
        ]))
    let routes = try #require(facts.routes.value)
    let destinations = routes.map(\.destination.description)
    #expect(destinations == ["0.0.0.0/0", "10.71.1.0/24", "192.168.20.0/24"])
    #expect(routes.map { $0.gateway?.description } == ["192.168.20.1", nil, nil])
    #expect(routes.map(\.interface) == ["vmbr20", "bond0.711", "vmbr20"])
  }
}
