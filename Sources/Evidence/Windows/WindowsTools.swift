/// The outputs that facts of Windows are read from, each found once.
struct WindowsTools {
  private let file: EvidenceFile
  private let places: [String: Int]
  let adapters: WindowsOutput
  let hardware: WindowsOutput
  let properties: WindowsOutput
  let receiveScaling: WindowsOutput
  let statistics: WindowsOutput
  let segmentation: WindowsOutput
  let coalescing: WindowsOutput
  let checksums: WindowsOutput
  let rdma: WindowsOutput
  let interfaces: WindowsOutput
  let addresses: WindowsOutput
  let routes: WindowsOutput
  let teams: WindowsOutput
  let members: WindowsOutput
  let teamPorts: WindowsOutput
  let switches: WindowsOutput
  let switchTeams: WindowsOutput
  let virtualPorts: WindowsOutput
  let virtualVLANs: WindowsOutput
  let isolation: WindowsOutput

  init(_ file: EvidenceFile) {
    self.file = file
    // Of several outputs of one command the first that worked counts, else the first.
    var places: [String: Int] = [:]
    for (place, output) in file.outputs.enumerated() {
      if let known = places[output.command] {
        guard output.status == 0, file.outputs.indices.contains(known),
          file.outputs[known].status != 0
        else { continue }
      }
      places[output.command] = place
    }
    self.places = places
    func output(_ command: String) -> WindowsOutput {
      WindowsOutput(
        command, places[command].map { ($0, file.outputs[$0]) }, isPrivileged: file.isPrivileged)
    }
    adapters = output("Get-NetAdapter")
    hardware = output("Get-NetAdapterHardwareInfo")
    properties = output("Get-NetAdapterAdvancedProperty")
    receiveScaling = output("Get-NetAdapterRss")
    statistics = output("Get-NetAdapterStatistics")
    segmentation = output("Get-NetAdapterLso")
    coalescing = output("Get-NetAdapterRsc")
    checksums = output("Get-NetAdapterChecksumOffload")
    rdma = output("Get-NetAdapterRdma")
    interfaces = output("Get-NetIPInterface")
    addresses = output("Get-NetIPAddress")
    routes = output("Get-NetRoute")
    teams = output("Get-NetLbfoTeam")
    members = output("Get-NetLbfoTeamMember")
    teamPorts = output("Get-NetLbfoTeamNic")
    switches = output("Get-VMSwitch")
    switchTeams = output("Get-VMSwitchTeam")
    virtualPorts = output("Get-VMNetworkAdapter -ManagementOS")
    virtualVLANs = output("Get-VMNetworkAdapterVlan -ManagementOS")
    isolation = output("Get-VMNetworkAdapterIsolation -ManagementOS")
  }

  /// Another output of the evidence.
  func output(_ command: String) -> WindowsOutput {
    WindowsOutput(command, raw(command), isPrivileged: file.isPrivileged)
  }

  /// The same as it stands in the evidence, with its place there; `nil` when there is none.
  func raw(_ command: String) -> (place: Int, output: ToolOutput)? {
    guard let place = places[command], file.outputs.indices.contains(place) else { return nil }
    return (place, file.outputs[place])
  }
}
