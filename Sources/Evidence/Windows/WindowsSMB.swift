import Quantities

/// Reads connections of SMB Multichannel.
enum WindowsSMB {
  /// None is known too: then no session was open.
  static func connections(_ tools: WindowsTools) -> Reading<[SMBConnection]> {
    tools.output("Get-SmbMultichannelConnection").reading(all: { objects in
      var connections: [SMBConnection] = []
      for object in objects {
        guard let server = object["ServerName"]?.text, let selected = object["Selected"]?.flag,
          let failed = object["Failed"]?.flag
        else {
          let unknown = Unknown(
            .notUnderstood, "Get-SmbMultichannelConnection: no server, Selected or Failed")
          return .failure(unknown)
        }
        guard let spread = object["ClientRSSCapable"]?.flag ?? object["ClientRssCapable"]?.flag,
          let direct = object["ClientRdmaCapable"]?.flag
        else {
          let unknown = Unknown(
            .notSupported, "Get-SmbMultichannelConnection: no word of what the client can")
          return .failure(unknown)
        }
        connections.append(
          SMBConnection(
            server: server, client: object["ClientIpAddress"]?.address, isSelected: selected,
            hasFailed: failed, isRSSCapable: spread, isRDMACapable: direct))
      }
      return .success(connections)
    })
  }
}
