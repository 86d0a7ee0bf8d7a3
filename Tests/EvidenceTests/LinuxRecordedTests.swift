import Evidence
import EvidenceTestSupport
import Quantities
import TenfoldTestSupport
import Testing

@Suite struct LinuxRecordedTests {
  @Test("The collector writes evidence that is read, under dash and under busybox alike")
  func collectors() throws {
    for name in ["lab-dash.json", "lab-busybox.json"] {
      let file = try LinuxRecorded.file(name)
      #expect(file.collector == "tenfold-kit-linux 1")
      #expect(file.host == "host01")
      #expect(file.isPrivileged)
      let facts = HostFactsReader.facts(of: file)
      #expect(facts.release.value == "Debian GNU/Linux 12 (bookworm)")
      let interfaces = try LinuxRecorded.interfaces(name)
      #expect(interfaces.keys.sorted().contains("tap'0"))
      let port = try #require(interfaces["nic1-p1"])
      #expect(port.kind == .other)
      #expect(port.rate.value == .gigabits(10))
      #expect(port.mtu.value == 9000)
      #expect(port.hasLink.value == true)
      #expect(port.addresses.value?.map(\.address.description) == ["10.71.1.1"])
      #expect(port.addresses.value?.map(\.prefixLength) == [24])
      #expect(port.dcb.lossless.why == "not-supported: Attribute read: Operation not supported")
      #expect(port.flowControl.why == "not-supported: netlink error: Operation not supported")
      #expect(port.permanentMAC.why == "not-supported: Permanent address: not set")
      let counters = try #require(port.counters.value)
      #expect(counters.interval > 2000 && counters.packets > 24)
      let neighbours = try #require(port.neighbours.value)
      #expect(neighbours.map(\.systemName) == ["HOST02.example.net"])
      #expect(neighbours.map(\.port) == [.init(.interfaceName, "nic1-p1")])
      #expect(neighbours.first?.chassis.kind == .mac)
      #expect(neighbours.first?.addresses.map(\.description) == ["192.168.20.2"])
      #expect(interfaces["vmbr20"]?.kind == .bridge)
      #expect(interfaces["vmbr20"]?.lower == ["nic2-p1"])
      #expect(interfaces["lo"]?.kind == .loopback)
      #expect(facts.power.why == "not-supported: no processor has a scaling_governor")
    }
  }

  @Test("Probes of a recording tell who answered at which size")
  func probes() throws {
    let probes = try LinuxRecorded.file("lab-dash.json").probes
    let sizes = probes.filter { $0.interface == "nic1-p1" && $0.kind == .ping }
    #expect(sizes.map(\.size) == [576, 1500, 4200, 9000])
    for column in sizes {
      #expect(column.to.map(\.description) == ["10.71.1.2", "10.71.1.3"])
      #expect(column.received == [3, 0])
      #expect(column.microseconds.last == -1)
    }
    #expect(
      probes.filter { $0.kind == .crossing }.map(\.from.description) == [
        "10.71.1.1", "192.168.20.1",
      ])
  }

  @Test("A path that is too narrow shows no answer, a port that is too narrow no packet")
  func faults() throws {
    let probes = try LinuxRecorded.file("lab-faults.json").probes.filter { $0.kind == .ping }
    let storage = probes.filter { $0.interface == "nic1-p1" }
    #expect(storage.map(\.size) == [576, 1500, 4200, 9000])
    #expect(storage.map(\.received) == [[3, 0], [3, 0], [0, 0], [0, 0]])
    let management = probes.filter { $0.interface == "vmbr20" }
    #expect(management.map(\.size) == [576, 1500])
    #expect(management.map(\.received) == [[0], [-1]])
  }

  @Test("A bridge that swallows LLDP leaves a host with no neighbour, which is known")
  func swallowed() throws {
    let port = try #require(try LinuxRecorded.interfaces("lab-faults.json")["nic1-p1"])
    #expect(port.neighbours.value == [])
    #expect(port.mtu.value == 9000)
    let routes = HostFactsReader.facts(of: try LinuxRecorded.file("lab-faults.json")).routes
    let far = routes.value?.first { $0.gateway != nil }
    #expect(far?.destination.description == "172.16.0.0/12")
    #expect(far?.gateway?.description == "10.71.1.2")
    #expect(far?.interface == "nic1-p1")
  }

  @Test("A host without any of the tools still gives evidence, with the reasons")
  func bare() throws {
    let file = try LinuxRecorded.file("bare-busybox.json")
    let facts = HostFactsReader.facts(of: file)
    // The ip of busybox has no JSON.
    #expect(
      facts.interfaces.why
        == "not-supported: BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.")
    #expect(facts.routes.unknown?.reason == .notSupported)
    #expect(facts.release.unknown?.reason == .notUnderstood)
    #expect(file.probes.isEmpty)
  }

  @Test("Without the rights of root, what lldpd knows is not permitted")
  func unprivileged() throws {
    let file = try LinuxRecorded.file("unprivileged.json")
    #expect(!file.isPrivileged)
    let port = try #require(try LinuxRecorded.interfaces("unprivileged.json")["eth0"])
    #expect(port.kind == .physical)
    #expect(port.neighbours.unknown?.reason == .notPermitted)
    #expect(port.hardware.driver.value == "virtio_net")
    #expect(port.hardware.firmware.why == "not-supported: firmware-version is empty")
    #expect(port.rate.why == "not-supported: Speed: Unknown!")
    // The kernel has no device, whatever the tool fails of.
    #expect(port.rdma.value == RDMAFacts(isOn: false, technology: nil))
    #expect(port.receive.isSpread.value == false)
    #expect(port.receive.processors.value == ["1"])
    #expect(port.receive.isNear.why == "not-supported: no device/numa_node")
  }

  @Test("Damaged evidence never traps and never leaves the range of a value")
  func mutations() throws {
    for name in LinuxRecorded.names() {
      let bytes = try Repository.bytes("\(LinuxRecorded.folder)/\(name)")
      // The one with all the tools has the most to damage.
      let count: UInt64 = name.hasPrefix("written") ? 150 : 30
      let found = try EvidenceMutation.violations(in: bytes, named: name, seeds: 0..<count)
      #expect(found.isEmpty, "\(found.prefix(5).joined(separator: "\n"))")
    }
  }
}
