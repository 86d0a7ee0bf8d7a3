import Evidence
import Fabric
import Quantities

/// Finds switches and ports of a plan by what LLDP neighbours say of themselves.
struct SwitchDirectory: Sendable {
  /// Where a neighbour is in the plan.
  enum Place: Hashable {
    case port(Endpoint)
    /// A switch of the plan, at a port that its identifiers do not tell.
    case device(String)
    /// Something that the plan does not know, by its own name.
    case stranger(String)
    /// Nothing that could be compared with the plan.
    case untold
  }

  private var byName: [String: Int] = [:]
  private var byAddress: [IPv4Address: Int] = [:]
  private let devices: [Device]
  private var descriptions: [[String: String]] = []

  init(_ fabric: Fabric) {
    devices = fabric.devices
    for (place, device) in fabric.devices.enumerated() {
      byName[SwitchDirectory.plain(device.name)] = place
      if let address = device.managementAddress { byAddress[address] = place }
      var own: [String: String] = [:]
      var repeated: Set<String> = []
      for port in fabric.intent(device.name)?.ports ?? [] where !port.description.isEmpty {
        if own.updateValue(port.name, forKey: port.description.lowercased()) != nil {
          repeated.insert(port.description.lowercased())
        }
      }
      descriptions.append(own.filter { !repeated.contains($0.key) })
    }
  }

  /// Goes through every identifier that a neighbour carries: what one does not tell, another may.
  func place(of neighbour: Neighbour) -> Place {
    guard let index = device(of: neighbour) else {
      return neighbour.systemName.isEmpty ? .untold : .stranger(neighbour.systemName)
    }
    let device = devices[index]
    var texts: [String] = []
    if neighbour.port.kind != .mac { texts.append(neighbour.port.text) }
    texts.append(neighbour.portDescription)
    for text in texts where !text.isEmpty {
      if let port = device.ports.first(where: { PortName.same($0.name, text) }) {
        return .port(Endpoint(node: device.name, port: port.name))
      }
    }
    for text in texts {
      if let name = descriptions[index][text.lowercased()] {
        return .port(Endpoint(node: device.name, port: name))
      }
    }
    return .device(device.name)
  }

  private func device(of neighbour: Neighbour) -> Int? {
    if let found = byName[SwitchDirectory.plain(neighbour.systemName)] { return found }
    if let found = neighbour.addresses.lazy.compactMap({ byAddress[$0] }).first { return found }
    switch neighbour.chassis.kind {
    case .address: return IPv4Address(neighbour.chassis.text).flatMap { byAddress[$0] }
    case .local, .interfaceName, .interfaceAlias, .other:
      return byName[SwitchDirectory.plain(neighbour.chassis.text)]
    case .mac: return nil
    }
  }

  /// A name without its domain, in lower case.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().prefix { $0 != "." })
  }
}
