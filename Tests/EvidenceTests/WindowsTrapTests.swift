import Evidence
import Quantities
import Testing

@Suite("What objects of PowerShell can look like")
struct WindowsTrapTests {
  private static let port =
    #"{"Name":"n","InterfaceDescription":"Card #2","ifIndex":4,"HardwareInterface":true"#

  /// One port of a card, with more fields.
  private func host(_ fields: String) -> WindowsHost {
    WindowsHost().adding("Get-NetAdapter", "[\(Self.port)\(fields)}]")
  }

  private func port(_ fields: String) throws -> InterfaceFacts {
    try #require(host(fields).interface("n"))
  }

  @Test("The interface of a team that has its name has the VLAN that the team says")
  func teamVLAN() throws {
    func vlan(_ id: String) throws -> Reading<VLANID?> {
      let team = #"{"Name":"t","DriverFileName":"NdisImPlatform.sys","Virtual":true}"#
      let host = WindowsHost().adding("Get-NetAdapter", "[\(team)]")
        .adding("Get-NetLbfoTeam", #"{"Name":"t","Members":["n"],"TeamingMode":"Lacp"}"#)
        .adding("Get-NetLbfoTeamNic", #"{"Name":"t","Team":"t","VlanID":\#(id)}"#)
      return try #require(host.interface("t")).vlan
    }
    #expect(try vlan("null") == .known(nil, Source(output: 2)))
    #expect(try vlan("20") == .known(VLANID(20), Source(output: 2)))
  }

  @Test("One object and a list of one are the same, and a list with its count too")
  func shapes() {
    let one = WindowsHost().adding("Get-NetAdapter", Self.port + "}").facts
    let list = WindowsHost().adding("Get-NetAdapter", "[\(Self.port)}]").facts
    let counted = WindowsHost()
      .adding("Get-NetAdapter", #"{"value":[\#(Self.port)}],"Count":1}"#).facts
    let printed = WindowsHost().adding("Get-NetAdapter", text: " [\(Self.port)}]\r\n").facts
    #expect(one == list)
    #expect(counted == list)
    #expect(printed == list)
    #expect(list.interfaces.value?.count == 1)
  }

  @Test("Nothing at all is an empty list, and known as that")
  func nothing() {
    for host in [
      WindowsHost().adding("Get-NetAdapter", nil), WindowsHost().adding("Get-NetAdapter", "[]"),
      WindowsHost().adding("Get-NetAdapter", "null"),
      WindowsHost().adding("Get-NetAdapter", text: "\r\n"),
    ] {
      #expect(host.facts.interfaces == .known([], Source(output: 0)))
    }
  }

  @Test(
    "A cmdlet that fails is unknown with its reason",
    arguments: [
      (127, "", Unknown.Reason.toolMissing), (1, "PermissionDenied: nein", .notPermitted),
      (1, "NotSpecified: nein (0x80041003)", .notPermitted),
      (1, "ObjectNotFound: nichts", .notSupported), (1, "", .notSupported),
    ])
  func failures(_ status: Int, _ errors: String, _ reason: Unknown.Reason) {
    let facts = WindowsHost()
      .adding("Get-NetAdapter", status == 127 ? nil : "[]", status: status, errors: errors).facts
    #expect(facts.interfaces.unknown?.reason == reason)
    #expect(facts.interfaces.unknown?.detail.contains("\n") == false)
  }

  @Test("Nothing from Hyper-V or SMB tells nothing where the collector was no administrator")
  func silence() {
    func facts(isPrivileged: Bool) -> HostFacts {
      WindowsHost(isPrivileged: isPrivileged).adding("Get-VMMigrationNetwork", "[]")
        .adding("Get-SmbMultichannelConnection", nil).adding("Get-NetAdapter", "[]").facts
    }
    let hidden = facts(isPrivileged: false)
    #expect(hidden.migration.networks.unknown?.reason == .notPermitted)
    #expect(hidden.smbConnections.unknown?.reason == .notPermitted)
    #expect(hidden.interfaces.value?.isEmpty == true)
    let told = facts(isPrivileged: true)
    #expect(told.migration.networks.value == [])
    #expect(told.smbConnections.value == [])
  }

  @Test("What nobody collected is not collected, and no objects are not understood")
  func absent() {
    #expect(WindowsHost().facts.interfaces.unknown?.reason == .notCollected)
    for json in ["7", "true", #""text""#] {
      let facts = WindowsHost().adding("Get-NetAdapter", json).facts
      #expect(facts.interfaces.unknown?.reason == .notUnderstood)
    }
    let facts = WindowsHost().adding("Get-NetAdapter", text: "Name  Status").facts
    #expect(facts.interfaces.unknown?.reason == .notUnderstood)
  }

  @Test("An output that worked comes before one that failed")
  func several() {
    let facts = WindowsHost()
      .adding("Get-NetAdapter", nil, status: 127).adding("Get-NetAdapter", "[]")
      .adding("Get-NetAdapter", nil, status: 1).facts
    #expect(facts.interfaces == .known([], Source(output: 1)))
  }

  @Test(
    "The rate is that of the numbers, and of the text where there are none",
    arguments: [
      (#","LinkSpeed":"1 Gbps","ReceiveLinkSpeed":10000000000"#, 10_000_000_000),
      (#","LinkSpeed":"1 Gbps","ReceiveLinkSpeed":"25000000000""#, 25_000_000_000),
      (#","ReceiveLinkSpeed":10000000000,"TransmitLinkSpeed":1000000000"#, 1_000_000_000),
      (#","LinkSpeed":"2.5 Gbps""#, 2_500_000_000), (#","LinkSpeed":"2,5 Gbps""#, 2_500_000_000),
      (#","LinkSpeed":"100 Mbps""#, 100_000_000), (#","LinkSpeed":"40 Gbps""#, 40_000_000_000),
    ] as [(String, Int64)])
  func rates(_ fields: String, _ rate: Int64) throws {
    #expect(try port(fields).rate.value == DataRate(bitsPerSecond: rate))
  }

  @Test(
    "A rate that nobody tells is unknown",
    arguments: [
      (#","LinkSpeed":"0 bps""#, Unknown.Reason.notSupported), ("", .notSupported),
      (#","LinkSpeed":"1 Gbps","ReceiveLinkSpeed":0"#, .notSupported),
      (#","ReceiveLinkSpeed":18446744073709551615"#, .notSupported),
      (#","ReceiveLinkSpeed":18446744073709551614"#, .notUnderstood),
      (#","LinkSpeed":"fast""#, .notUnderstood), (#","LinkSpeed":"1.2345 bps""#, .notUnderstood),
      (#","LinkSpeed":"99999999999999 Gbps""#, .notUnderstood),
      (#","LinkSpeed":"999999999 Tbps""#, .notUnderstood),
    ])
  func noRates(_ fields: String, _ reason: Unknown.Reason) throws {
    #expect(try port(fields).rate.unknown?.reason == reason)
  }

  @Test("The MTU is that of IP, never what the driver counts for jumbo frames")
  func mtu() throws {
    let jumbo = #"[{"Name":"n","RegistryKeyword":"*JumboPacket","RegistryValue":["9014"]}]"#
    let alone = host("").adding("Get-NetAdapterAdvancedProperty", jumbo)
    #expect(try #require(alone.interface("n")).mtu.unknown?.reason == .notSupported)
    let link = host(#","MtuSize":9000"#)
    #expect(try #require(link.interface("n")).mtu == .known(9000, Source(output: 0)))
    let lower = link.adding("Get-NetIPInterface", #"{"ifIndex":4,"NlMtu":1500}"#)
    #expect(try #require(lower.interface("n")).mtu == .known(1500, Source(output: 1)))
    let upper = link.adding("Get-NetIPInterface", #"{"InterfaceAlias":"n","NlMtu":"9216"}"#)
    #expect(try #require(upper.interface("n")).mtu == .known(9000, Source(output: 0)))
    let none = link.adding("Get-NetIPInterface", #"{"ifIndex":4,"NlMtu":4294967295}"#)
    #expect(try #require(none.interface("n")).mtu.value == 9000)
  }

  @Test("A MAC address has dashes, colons, or neither")
  func mac() throws {
    for text in ["B8-59-9F-00-00-02", "b8:59:9f:00:00:02", "B8599F000002"] {
      #expect(
        try port(#","MacAddress":"\#(text)""#).mac.value == MACAddress("b8:59:9f:00:00:02"))
    }
    #expect(try port(#","MacAddress":"none""#).mac.unknown?.reason == .notUnderstood)
  }

  @Test("Node 65535 stands for none")
  func node() throws {
    func node(_ json: String) throws -> Reading<Int?> {
      let host = host("").adding("Get-NetAdapterHardwareInfo", #"{"Name":"n","NumaNode":\#(json)}"#)
      return try #require(host.interface("n")).hardware.numaNode
    }
    #expect(try node("65535") == .known(nil, Source(output: 1)))
    #expect(try node("1") == .known(1, Source(output: 1)))
    #expect(try node("null").unknown?.reason == .notSupported)
    #expect(try node("-1").unknown?.reason == .notUnderstood)
  }

  @Test(
    "Profiles are numbers or words",
    arguments: [
      (#""Profile":4"#, "NUMAStatic"), (#""Profile":"Closest""#, "Closest"),
      (#""Profile":4,"ProfileText":"NUMA""#, "NUMA"), (#""Profile":"2""#, "ClosestStatic"),
    ])
  func profiles(_ field: String, _ profile: String) throws {
    let host = host("").adding("Get-NetAdapterRss", #"{"Name":"n",\#(field)}"#)
    #expect(try #require(host.interface("n")).receive.profile.value == profile)
  }

  @Test("Processors that serve come before those that could")
  func processors() throws {
    func receive(_ fields: String) throws -> ReceiveFacts {
      let host = host("").adding("Get-NetAdapterRss", #"{"Name":"n",\#(fields)}"#)
      return try #require(host.interface("n")).receive
    }
    let array = #""RssProcessorArray":["0:2/0","0:4/0","1:0/32767"]"#
    let near = try receive(array + #","IndirectionTable":["0:2","0:4","0:2"]"#)
    #expect(near.processors.value == ["0:2", "0:4"])
    #expect(near.isNear.value == true)
    let far = try receive(array + #","IndirectionTable":["0:2","1:0"]"#)
    #expect(far.isNear.value == false)
    let unsaid = try receive(array)
    #expect(unsaid.processors.value == ["0:2", "0:4", "1:0"])
    #expect(unsaid.isNear.unknown?.reason == .notSupported)
    #expect(try receive(#""RssProcessorArray":["0:2"]"#).isNear.unknown?.reason == .notSupported)
    #expect(try receive(#""RssProcessorArray":"x""#).processors.unknown?.reason == .notUnderstood)
  }
}
