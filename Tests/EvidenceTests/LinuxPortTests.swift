import Evidence
import Quantities
import Testing

/// What `ethtool` and sysfs say of a port, in all the forms that releases and drivers have.
@Suite struct LinuxPortTests {
  @Test("A speed is read from sysfs, else from ethtool, else it is unknown")
  func rate() throws {
    #expect(
      try LinuxSample.port("sysfs net nic1-p1", "speed=25000\n").rate.value == .gigabits(25))
    #expect(
      try LinuxSample.port("sysfs net nic1-p1", "speed=-1\n").rate.why
        == "not-supported: speed: -1")
    #expect(
      try LinuxSample.port("sysfs net nic1-p1", "speed=99999999999\n").rate.why
        == "not-understood: speed: 99999999999")
    #expect(
      try LinuxSample.port("ethtool nic1-p1", "Settings for nic1-p1:\n\tSpeed: 100000Mb/s\n").rate
        .value == .gigabits(100))
    #expect(
      try LinuxSample.port("ethtool nic1-p1", "Settings:\n\tSpeed: Unknown! (65535)\n").rate.why
        == "not-supported: Speed: Unknown! (65535)")
    #expect(
      try LinuxSample.port("ethtool nic1-p1", "Settings:\n\tSpeed: fastMb/s\n").rate.why
        == "not-understood: Speed: fastMb/s")
    #expect(
      try LinuxSample.port(
        "ethtool nic1-p1", "Settings for nic1-p1:\nnetlink error: Operation not permitted\n"
      ).rate.why == "not-permitted: netlink error: Operation not permitted")
    #expect(
      try LinuxSample.port(
        "ethtool nic1-p1", "", status: 127, errors: "ethtool: not found\n"
      ).rate.why == "tool-missing: ethtool: not found")
    #expect(try LinuxSample.port("ip -j route show", "[]").rate.why == "not-collected: ")
  }

  @Test("A speed that sysfs does not have is looked for in ethtool")
  func rateOfBoth() throws {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", LinuxSample.port)
    sample.add("sysfs net nic1-p1", "speed=-1\n")
    sample.add("ethtool nic1-p1", "Settings for nic1-p1:\r\n\tSpeed: 10000Mb/s\r\n")
    let port = try sample.interface("nic1-p1")
    #expect(port.rate.value == .gigabits(10))
    #expect(port.rate.source == Source(output: 2))
  }

  @Test("Offloads are read from text and from JSON of old and new releases")
  func offloads() throws {
    let text =
      "Features for nic1-p1:\nrx-checksumming: off [requested on]\n"
      + "tcp-segmentation-offload: on\n"
    let expected = [
      OffloadState(.receiveChecksum, isOn: false), OffloadState(.segmentation, isOn: true),
    ]
    #expect(try LinuxSample.port("ethtool -k nic1-p1", text).offloads.value == expected)
    for (no, yes) in [("false", "true"), ("\"off\"", "\"on\"")] {
      let json =
        #"[{"ifname":"nic1-p1","rx-checksumming":{"active":\#(no),"fixed":false},"#
        + #""tcp-segmentation-offload":{"active":\#(yes)}}]"#
      #expect(try LinuxSample.port("ethtool --json -k nic1-p1", json).offloads.value == expected)
    }
    #expect(
      try LinuxSample.port("ethtool -k nic1-p1", "rx-checksumming: maybe\n").offloads.why
        == "not-understood: rx-checksumming: maybe")
    #expect(
      try LinuxSample.port(
        "ethtool --json -k nic1-p1", "", status: 1,
        errors: "ethtool: bad command line argument(s)\nFor more information run ethtool -h\n"
      ).offloads.why == "not-supported: ethtool: bad command line argument(s)")
  }

  @Test("Rings and queues are read from text and JSON; n/a is none")
  func queues() throws {
    let rings = try LinuxSample.port(
      "ethtool --json -g nic1-p1",
      #"[{"ifname":"nic1-p1","rx-max":8192,"rx":1024,"tx-max":4096,"tx":512}]"#)
    #expect(rings.hardware.receiveRing.value == RingFacts(current: 1024, maximum: 8192))
    #expect(rings.hardware.sendRing.value == RingFacts(current: 512, maximum: 4096))
    let none = try LinuxSample.port("ethtool --json -g nic1-p1", "[ ]\n")
    #expect(none.hardware.receiveRing.why == "not-supported: an empty list")
    let separate = try LinuxSample.port(
      "ethtool -l nic1-p1",
      """
      Channel parameters for nic1-p1:
      Pre-set maximums:
      RX:\t\t8
      TX:\t\t8
      Other:\t\tn/a
      Combined:\tn/a
      Current hardware settings:
      RX:\t\t4
      TX:\t\t4
      Other:\t\tn/a
      Combined:\tn/a
      """)
    #expect(separate.receive.queues.value == 4)
    #expect(separate.receive.maximumQueues.value == 8)
    let absent = try LinuxSample.port(
      "ethtool -l nic1-p1", "", status: 1, errors: "netlink error: Operation not supported\n")
    #expect(absent.receive.queues.why == "not-supported: netlink error: Operation not supported")
    let counted = try LinuxSample.port("sysfs net nic1-p1", "receive-queues=6\n")
    #expect(counted.receive.queues.value == 6)
  }

  @Test("A table with one ring spreads nothing, and one queue neither")
  func spread() throws {
    func port(_ command: String, _ text: String) throws -> Reading<Bool> {
      try LinuxSample.port(command, text).receive.isSpread
    }
    let json = #"[{"ifname":"nic1-p1","rss-indirection-table":[0,0,1,1],"rss-hash-key":[190]}]"#
    #expect(try port("ethtool --json -x nic1-p1", json).value == true)
    #expect(
      try port(
        "ethtool -x nic1-p1",
        "RX flow hash indirection table for nic1-p1 with 16 RX ring(s):\n"
          + "    0:      0     0     0     0\nRSS hash key:\n12:34:56\n"
      ).value == false)
    #expect(
      try port(
        "ethtool -x nic1-p1",
        "RX flow hash indirection table for nic1-p1 with 2 RX ring(s):\nOperation not supported\n"
      ).why == "not-supported: Operation not supported")
    #expect(try port("sysfs net nic1-p1", "receive-queues=1\n").value == false)
    #expect(try port("sysfs net nic1-p1", "receive-queues=2\n").why == "not-collected: ")
  }

  @Test("Pauses of the whole link are read from text and JSON")
  func pauses() throws {
    #expect(
      try LinuxSample.port(
        "ethtool --json -a nic1-p1",
        #"[{"ifname":"nic1-p1","autonegotiate":false,"rx":false,"tx":true}]"#
      ).flowControl.value == true)
    #expect(
      try LinuxSample.port(
        "ethtool -a nic1-p1",
        "Pause parameters for nic1-p1:\nAutonegotiate:\ton\nRX:\t\toff\nTX:\t\toff\n"
          + "RX negotiated: on\nTX negotiated: on\n"
      ).flowControl.value == false)
    #expect(
      try LinuxSample.port("ethtool --json -a nic1-p1", "[ ]").flowControl.why
        == "not-supported: no RX and TX pause")
  }

  @Test("Fields of a driver may be empty or hold a colon")
  func driver() throws {
    let card = try LinuxSample.port(
      "ethtool -i nic1-p1",
      "driver: ice\nversion: \nfirmware-version: 4.40 0x8001c967 1.3534.0: beta\nbus-info: N/A\n"
    ).hardware
    #expect(card.driver.value == "ice")
    #expect(card.driverVersion.why == "not-supported: version is empty")
    #expect(card.firmware.value == "4.40 0x8001c967 1.3534.0: beta")
    #expect(card.bus.why == "not-supported: bus-info is empty")
  }

  @Test("The PCI link of a card is read from old and new kernels")
  func pcie() throws {
    func card(_ text: String) throws -> HardwareFacts {
      try LinuxSample.port("sysfs net nic1-p1", text).hardware
    }
    let new = try card(
      "device/current_link_speed=16.0 GT/s PCIe\ndevice/current_link_width=16\n"
        + "device/vendor=0x15b3\ndevice/device=0x101d\n")
    #expect(new.pcieMegatransfers.value == 16_000)
    #expect(new.pcieLanes.value == 16)
    #expect(new.model.value == "15b3:101d")
    #expect(try card("device/current_link_speed=2.5 GT/s\n").pcieMegatransfers.value == 2500)
    #expect(
      try card("device/current_link_speed=Unknown\n").pcieMegatransfers.why
        == "not-supported: device/current_link_speed: Unknown")
    #expect(
      try card("device/current_link_width=255\n").pcieLanes.why
        == "not-supported: device/current_link_width: 255")
    let none = try card("speed=10000\n")
    #expect(none.pcieLanes.why == "not-supported: no device/current_link_width")
    #expect(none.numaNode.why == "not-supported: no device/numa_node")
  }

  @Test("The address of the maker may be unset, or follow from a release that would show another")
  func permanentAddress() throws {
    #expect(
      try LinuxSample.port("ethtool -P nic1-p1", "Permanent address: b8:59:9f:00:00:02\n")
        .permanentMAC.value == MACAddress("b8:59:9f:00:00:02"))
    #expect(
      try LinuxSample.port("ethtool -P nic1-p1", "Permanent address: 00:00:00:00:00:00\n")
        .permanentMAC.unknown?.reason == .notSupported)
    #expect(
      try LinuxSample.port("ip -j route show", "[]").permanentMAC.unknown?.reason == .notCollected)
  }
}
