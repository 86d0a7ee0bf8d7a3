import CatalogModel
import Fabric
import Quantities
import Testing

@testable import SwitchConfig

/// Policies, lines that take something back, and what does not fit together.
extension StrangerLineTests {
  // MARK: Traffic

  @Test("Policies of NX-OS may have any names")
  func policies() {
    let text = """
      class-map type qos match-all RDMA
        match cos 3
      policy-map type qos IN
        class RDMA
          set qos-group 3
      policy-map type network-qos NQ
        class type network-qos c-8q-nq3
          mtu 9216
          pause pfc-cos 3
      policy-map type queuing OUT
        class type queuing c-out-8q-q3
          bandwidth remaining percent 50
        class type queuing c-out-8q-q-default
          bandwidth remaining percent 50
        class type queuing c-out-8q-q1
          bandwidth remaining percent 0
      system qos
        service-policy type queuing output OUT
        service-policy type network-qos NQ
      interface Ethernet1/1
        switchport mode trunk
        switchport trunk allowed vlan 7
        priority-flow-control mode on
        service-policy type qos input IN
      """
    let whole = read(text, Self.nxos)
    #expect(whole.unknown == [])
    #expect(whole.intent?.ports.map(\.lossless) == [true])
    #expect(
      whole.intent?.qos?.groups.map { "\($0.id) \($0.bandwidth) \($0.lossless)" }
        == ["0 50 false", "3 50 true"])
    // Without the use of a policy nothing is lossless, and that is said.
    let unused = text.replacing("  service-policy type network-qos NQ\n", with: "")
    #expect(ports(unused, Self.nxos).map(\.lossless) == [false])
    #expect(read(unused, Self.nxos).findings.contains { $0.rule == "config-pfc-alone" })
    // A priority that is not in the queue is not lossless there.
    #expect(
      rules(text.replacing("pfc-cos 3", with: "pfc-cos 4"), Self.nxos).contains("config-map"))
  }

  @Test("The MTU of all ports is that of the policy that the switch uses")
  func policyMTU() {
    let policy =
      "policy-map type network-qos jumbo\n  class type network-qos class-default\n    mtu 9216\n"
    let port = "interface Ethernet1/1\n  shutdown\n"
    #expect(ports(policy + port, Self.nxos).map(\.mtu) == [1500])
    let bound = policy + "system qos\n  service-policy type network-qos jumbo\n" + port
    #expect(ports(bound, Self.nxos).map(\.mtu) == [9216])
  }

  @Test("Two kinds of flow control exclude each other", arguments: ["nxos", "os10", "eos"])
  func flowControl(os: String) {
    let (port, pfc) =
      switch os {
      case "os10": ("ethernet1/1/1", "priority-flow-control mode on")
      case "eos": ("Ethernet1", "priority-flow-control on")
      default: ("Ethernet1/1", "priority-flow-control mode on")
      }
    let text = "interface \(port)\n flowcontrol receive on\n \(pfc)\n"
    #expect(rules(text, SwitchOS(rawValue: os)).contains("config-flow-control"))
  }

  // MARK: What lines take back

  @Test("Lines take back what others said")
  func takenBack() {
    let list = """
      interface vlan100
      interface vlan102
      interface ethernet1/1/2
       switchport mode trunk
       switchport access vlan 100
       switchport trunk allowed vlan 102
       no switchport trunk allowed vlan 102
      """
    #expect(memberships(list, Self.os10) == ["ethernet1/1/2: 100 "])
    let access = "interface Ethernet1/1\n switchport\n switchport access vlan 10\n"
    #expect(
      memberships(access + " no switchport access vlan\n", Self.nxos) == ["Ethernet1/1: 1 "])
    let native = """
      interface Ethernet1/1
       switchport mode trunk
       switchport trunk native vlan 10
       switchport trunk allowed vlan 1,10
       no switchport trunk native vlan
      """
    #expect(memberships(native, Self.nxos) == ["Ethernet1/1: 1 10"])
    let member = "interface ethernet1/1/1\n channel-group 5 mode active\n no channel-group\n"
    #expect(ports(member, Self.os10).map(\.lag) == [nil])
    let described = "interface Ethernet1/1\n description x\n no description\n"
    #expect(ports(described, Self.nxos).map(\.description) == [""])
    let reset = access + " description x\ndefault interface Ethernet1/1\n"
    #expect(ports(reset, Self.nxos).map(\.description) == [""])
    #expect(memberships(reset, Self.nxos) == ["Ethernet1/1: - "])
    #expect(read("vlan 10-12\nno vlan 11\n", Self.nxos).intent?.vlans.map(\.id.number) == [10, 12])
    let lag = "interface port-channel5\n no shutdown\nno interface port-channel5\n" + access
    #expect(read(lag, Self.nxos).intent?.lags == [])
    #expect(memberships(lag, Self.nxos) == ["Ethernet1/1: 10 "])
  }

  // MARK: What does not fit together

  @Test(
    "A list of nearly all VLANs carries those that are made later",
    arguments: ["1-4094", "2-4094", "except 999", "remove 20"])
  func listOfAll(list: String) {
    let text = """
      hostname a
      vlan 10
      interface Ethernet1/5
        switchport mode trunk
        switchport trunk allowed vlan \(list)
      """
    #expect(rules(text, Self.nxos).contains("config-trunk-all"))
  }

  @Test("A list of all but some VLANs ends where the platform's VLANs do")
  func except() {
    let text = """
      vlan database
      vlan 10-12
      exit
      interface 1/0/1
      switchport mode trunk
      switchport trunk native vlan 10
      switchport trunk allowed vlan except 1-9,13-4093
      exit
      """
    #expect(memberships(text, Self.netgear) == ["1/0/1: 10 11-12"])
  }

  @Test("A port is a member of one LAG")
  func twoLAGs() {
    let text = """
      interface Ethernet1/2
        channel-group 5 mode active
        channel-group 6 mode active
      """
    #expect(rules(text, Self.nxos).contains("config-two-lags"))
  }

  @Test("The access VLAN of a trunk of OS10 is not in its list")
  func accessInList() {
    let text = """
      interface vlan60
      interface ethernet1/1/5
       switchport mode trunk
       switchport access vlan 60
       switchport trunk allowed vlan 60
      """
    #expect(rules(text, Self.os10).contains("config-access-in-list"))
  }

  @Test("An access port is in the default VLAN, and a peer link has the greatest MTU")
  func defaults() {
    let text = """
      default vlan-id 4000
      interface vlan4000
      interface ethernet1/1/1
       switchport mode access
      interface ethernet1/1/25
       no switchport
      vlt-domain 1
       backup destination 192.0.2.98
       discovery-interface ethernet1/1/25
      """
    #expect(memberships(text, Self.os10) == ["ethernet1/1/1: 4000 ", "ethernet1/1/25: - "])
    #expect(read(text, Self.os10).intent?.lags.map(\.mtu) == [9216])
    #expect(ports(text, Self.os10).map(\.mtu) == [1532, 9216])
  }

  @Test("VLANs that a port names and nobody defines are told once")
  func undefined() {
    let port =
      "interface Ethernet1/1\n switchport mode trunk\n switchport trunk allowed vlan 4-6,9\n"
    #expect(read(port, Self.nxos).findings.allSatisfy { $0.rule != "config-undefined-vlan" })
    let told = read("vlan 4\n" + port, Self.nxos).findings.filter {
      $0.rule == "config-undefined-vlan"
    }
    #expect(
      told.map(\.message) == ["Ethernet1/1: names VLANs 5-6, 9, which are not defined"])
  }
}
