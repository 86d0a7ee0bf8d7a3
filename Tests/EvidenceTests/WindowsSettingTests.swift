import Evidence
import Quantities
import Testing

@Suite("Settings of Windows hosts in their several spellings")
struct WindowsSettingTests {
  private let port = WindowsHost().adding(
    "Get-NetAdapter", #"{"Name":"n","HardwareInterface":true,"VlanID":0}"#)

  private func facts(_ host: WindowsHost) throws -> InterfaceFacts {
    try #require(host.interface("n"))
  }

  @Test(
    "The option of migration has as many spellings as pages",
    arguments: [
      ("TCPIP", MigrationFacts.Option.tcp), ("None", .tcp), ("Compression", .compression),
      ("SMB", .smb), ("SMBTransport", .smb), ("smb", .smb),
    ])
  func options(_ word: String, _ option: MigrationFacts.Option) {
    let name = "VirtualMachineMigrationPerformanceOption"
    for json in [#"{"\#(name)":"\#(word)"}"#, #"{"\#(name)":7,"\#(name)Text":"\#(word)"}"#] {
      #expect(WindowsHost().adding("Get-VMHost", json).facts.migration.option.value == option)
    }
    let number = WindowsHost().adding("Get-VMHost", #"{"\#(name)":1}"#).facts
    #expect(number.migration.option.unknown?.reason == .notUnderstood)
  }

  @Test("An adapter's own willingness comes before the host's, and an empty one is none")
  func willing() throws {
    let host = port.adding("Get-NetQosDcbxSetting", #"{"InterfaceAlias":"","Willing":false}"#)
    #expect(try facts(host).dcb.isWilling == .known(false, Source(output: 1)))
    let command = "Get-NetQosDcbxSetting -InterfaceAlias n"
    let own = host.adding(command, #"{"InterfaceAlias":"n","Willing":true}"#)
    #expect(try facts(own).dcb.isWilling == .known(true, Source(output: 2)))
    let empty = host.adding(command, #"{"InterfaceAlias":"n","Willing":null}"#)
    #expect(try facts(empty).dcb.isWilling.unknown?.reason == .notSupported)
    let failed = host.adding(command, nil, status: 1)
    #expect(try facts(failed).dcb.isWilling.value == false)
  }

  @Test("-1 in a policy is nothing that it sets")
  func policies() throws {
    let fields = #""Name":"p","NetDirectPortMatchCondition":445"#
    let unset = port.adding("Get-NetQosPolicy", "{\(fields),\"PriorityValue8021Action\":-1}")
    #expect(try facts(unset).dcb.marked == .known([], Source(output: 1)))
    let set = port.adding("Get-NetQosPolicy", "{\(fields),\"PriorityValue8021Action\":\"3\"}")
    #expect(try facts(set).dcb.marked.value?.map(\.number) == [3])
    let wrong = port.adding("Get-NetQosPolicy", "{\(fields),\"PriorityValue8021Action\":8}")
    #expect(try facts(wrong).dcb.marked.unknown?.reason == .notUnderstood)
  }

  @Test(
    "What an adapter runs counts, and what the host set where its words are not known",
    arguments: [
      ("Priority 3 Enabled", [3]), ("Priorities 3,5 Enabled", [3, 5]),
      ("Priorities 0-2,7 Enabled", [0, 1, 2, 7]), ("All Priorities Disabled", []),
      ("Priorität 5 aktiviert", [4]), ("", [4]), ("Priority 9 Enabled", [4]),
      ("Priorities 5-3 Enabled", [4]),
    ])
  func lossless(_ text: String, _ priorities: [Int]) throws {
    let host =
      port
      .adding(
        "Get-NetAdapterQos", #"{"Name":"n","Enabled":true,"OperationalFlowControl":"\#(text)"}"#
      )
      .adding("Get-NetQosFlowControl", #"[{"Priority":4,"Enabled":true}]"#)
    #expect(try facts(host).dcb.lossless.value?.map(\.number) == priorities)
    let off = port.adding("Get-NetAdapterQos", #"{"Name":"n","Enabled":false}"#)
    #expect(try facts(off).dcb.lossless == .known([], Source(output: 1)))
  }

  @Test("A class shares by its share, or is strict by its word")
  func classes() throws {
    func classes(_ json: String) throws -> Reading<[TrafficClassFacts]> {
      let host = port.adding("Get-NetAdapterQos", #"{"Name":"n","Enabled":true}"#)
        .adding("Get-NetQosTrafficClass", json)
      return try facts(host).dcb.classes
    }
    let shared = try classes(#"{"Priority":[3],"Algorithm":2,"BandwidthPercentage":50}"#)
    #expect(shared.value?.map(\.share) == [50])
    let strict = try classes(
      #"{"Priority":3,"Algorithm":0,"AlgorithmText":"Strict","BandwidthPercentage":0}"#)
    #expect(strict.value?.map(\.share) == [nil])
    let unsaid = try classes(#"{"Priority":[3],"Algorithm":0}"#)
    #expect(unsaid.unknown?.reason == .notUnderstood)
    let beyond = try classes(#"{"Priority":[8],"BandwidthPercentage":50}"#)
    #expect(beyond.unknown?.reason == .notUnderstood)
    let ordered = try classes(
      """
      [{"Priority":[7],"BandwidthPercentage":2},{"Priority":[],"BandwidthPercentage":48},
      {"Priority":[6,0],"BandwidthPercentage":48}]
      """)
    #expect(ordered.unknown?.reason == .notUnderstood)
  }

  @Test("The VLAN of a virtual port is that of its mode, or of its isolation")
  func virtualVLANs() throws {
    func vlan(_ mode: String, _ isolation: String = "[]") throws -> Reading<VLANID?> {
      let host = WindowsHost()
        .adding("Get-NetAdapter", #"{"Name":"vEthernet (s)","DriverFileName":"vmswitch.sys"}"#)
        .adding("Get-VMNetworkAdapter -ManagementOS", #"{"Name":"s","SwitchName":"w"}"#)
        .adding("Get-VMNetworkAdapterVlan -ManagementOS", #"{"ParentName":"s",\#(mode)}"#)
        .adding("Get-VMNetworkAdapterIsolation -ManagementOS", isolation)
      return try #require(host.interface("vEthernet (s)")).vlan
    }
    let access = #""OperationModeText":"Access","AccessVlanId":711"#
    #expect(try vlan(access).value??.number == 711)
    let untagged = #""OperationMode":"Untagged","AccessVlanId":0"#
    #expect(try vlan(untagged) == .known(nil, Source(output: 2)))
    let isolation = #"{"ParentName":"s","IsolationModeText":"Vlan","DefaultIsolationID":712}"#
    #expect(try vlan(untagged, isolation).value??.number == 712)
    #expect(try vlan(#""OperationMode":"Trunk""#).unknown?.reason == .notUnderstood)
    #expect(try vlan(#""OperationMode":1"#).unknown?.reason == .notUnderstood)
  }

  @Test("A switch with a team is a team, and one without stands on its adapter")
  func switches() throws {
    func host(_ fields: String) -> WindowsHost {
      WindowsHost()
        .adding(
          "Get-NetAdapter",
          #"""
          [{"Name":"n","InterfaceDescription":"Card","HardwareInterface":true},
          {"Name":"vEthernet (s)","InterfaceDescription":"Virtual","Virtual":true}]
          """#
        )
        .adding("Get-VMSwitch", #"{"Name":"w","NetAdapterInterfaceDescription":"Card"\#(fields)}"#)
        .adding("Get-VMNetworkAdapter -ManagementOS", #"{"Name":"s","SwitchName":"w"}"#)
    }
    let team = host(#","EmbeddedTeamingEnabled":"True""#)
    #expect(team.interface("w")?.kind == .team)
    #expect(team.interface("w")?.lower == ["n"])
    #expect(team.interface("w")?.team.value?.mode == .switchIndependent)
    #expect(team.interface("vEthernet (s)")?.lower == ["w"])
    let plain = host("")
    #expect(plain.interface("w") == nil)
    #expect(plain.interface("vEthernet (s)")?.lower == ["n"])
    #expect(plain.interface("vEthernet (s)")?.kind == .virtual)
  }

  @Test("Numbers of a mode of teaming are not understood, words are")
  func teams() {
    func mode(_ fields: String) -> Reading<TeamFacts>? {
      WindowsHost().adding("Get-NetAdapter", "[]")
        .adding("Get-NetLbfoTeam", #"{"Name":"t","Members":"n",\#(fields)}"#).interface("t")?.team
    }
    #expect(mode(#""TeamingMode":2,"TeamingModeText":"Lacp""#)?.value?.mode == .lacp)
    #expect(mode(#""TeamingMode":"Static""#)?.value?.mode == .fixed)
    #expect(mode(#""TeamingMode":"SwitchIndependent""#)?.value?.mode == .switchIndependent)
    #expect(mode(#""TeamingMode":2"#)?.unknown?.reason == .notUnderstood)
  }

  @Test(
    "The power plan is its identifier, in any language",
    arguments: [
      "Power Scheme GUID: 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c  (High performance)",
      "電源設定の GUID: 8C5E7FDA-e8bf-4a96-9a85-a6e23a8c635c  (高パフォーマンス)",
      "GUID des Energieschemas: 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c  (H\u{FFFD}chstleistung)",
    ])
  func power(_ text: String) {
    let facts = WindowsHost().adding("powercfg /getactivescheme", text: text).facts
    #expect(facts.power.value == .scheme("8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c"))
  }

  @Test("No limit of SMB is known as none")
  func limits() {
    func limit(_ json: String) -> Reading<Int64?> {
      WindowsHost().adding("Get-SmbBandwidthLimit", json).facts.migration.smbLimit
    }
    #expect(limit("[]") == .known(nil, Source(output: 0)))
    #expect(limit(#"{"Category":"LiveMigration","BytesPerSecond":750}"#).value == 750)
    #expect(limit(#"{"Category":"Default","BytesPerSecond":1}"#) == .known(nil, Source(output: 0)))
    #expect(limit(#"{"Category":2,"BytesPerSecond":1}"#).unknown?.reason == .notUnderstood)
  }

  @Test("Credential Guard is one of the services that run, in all shapes of a list")
  func credentialGuard() {
    func runs(_ json: String) -> Reading<Bool> {
      WindowsHost().adding("Get-CimInstance Win32_DeviceGuard", json).facts.migration
        .hasCredentialGuard
    }
    #expect(runs(#"[{"SecurityServicesRunning":[1,2]}]"#) == .known(true, Source(output: 0)))
    #expect(runs(#"{"SecurityServicesRunning":1}"#).value == true)
    #expect(runs(#"{"SecurityServicesRunning":["2","5"]}"#).value == false)
    #expect(runs(#"{"SecurityServicesRunning":[0]}"#).value == false)
    #expect(runs(#"{"SecurityServicesRunning":[]}"#).unknown?.reason == .notSupported)
    #expect(runs(#"{"SecurityServicesRunning":"on"}"#).unknown?.reason == .notUnderstood)
    #expect(WindowsHost().facts.migration.hasCredentialGuard.unknown?.reason == .notCollected)
  }

  @Test("A host that takes migrations from anywhere has the subnet of all addresses")
  func networks() {
    let host = WindowsHost().adding("Get-VMHost", #"{"UseAnyNetworkForMigration":true}"#)
      .adding("Get-VMMigrationNetwork", #"{"Subnet":"10.71.1.0/24"}"#)
    #expect(host.facts.migration.networks == .known([.everything], Source(output: 0)))
  }
}
