/// Finds the virtual port of the host that an adapter belongs to.
struct WindowsVirtualPorts {
  private let tools: WindowsTools
  private let devices: [String: WindowsObject]
  private let aliases: [String: WindowsObject]

  init(_ tools: WindowsTools) {
    self.tools = tools
    var devices: [String: WindowsObject] = [:]
    var aliases: [String: WindowsObject] = [:]
    for object in tools.virtualPorts.objects {
      if let device = object["DeviceId"]?.text?.lowercased(), devices[device] == nil {
        devices[device] = object
      }
      if let name = object.name, aliases["vEthernet (\(name))"] == nil {
        aliases["vEthernet (\(name))"] = object
      }
    }
    self.devices = devices
    self.aliases = aliases
  }

  /// By the identifier that both share, else by the name that Windows gives the adapter.
  func port(of adapter: WindowsObject) -> WindowsObject? {
    for field in ["DeviceID", "InterfaceGuid"] {
      guard let device = adapter[field]?.text?.lowercased() else { continue }
      if let port = devices[device] { return port }
    }
    return adapter.name.flatMap { aliases[$0] }
  }
}
