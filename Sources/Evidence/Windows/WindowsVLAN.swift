import Quantities

/// Reads VLANs, of which each kind of interface has a place of its own.
enum WindowsVLAN {
  /// 0 stands for no VLAN.
  static func found(_ value: WindowsValue, in place: String) -> WindowsFound<VLANID?> {
    guard let number = value.integer(in: 0...4094) else {
      return .failure(Unknown(.notUnderstood, "\(place) \(value.shown)"))
    }
    return .success(VLANID(number))
  }

  /// Of a port of a card: from the adapter, else from the driver's own setting.
  static func ofAdapter(
    _ object: WindowsObject, _ tools: WindowsTools, _ properties: AdvancedProperties
  ) -> Reading<VLANID?> {
    if object["VlanID"] != nil {
      return tools.adapters.reading(object) { object in
        guard let value = object["VlanID"] else { return .success(nil) }
        return found(value, in: "Get-NetAdapter: VlanID")
      }
    }
    let driver = properties.vlan(of: object.name ?? "")
    if case .known(let number, let source) = driver {
      guard let number = Int(exactly: number), number < 4095 else {
        return .unknown(Unknown(.notUnderstood, "VlanID \(number)"))
      }
      return .known(VLANID(number), source)
    }
    return .unknown(Unknown(.notSupported, "Get-NetAdapter: VlanID is empty"))
  }

  /// Of a virtual port of the host: from its mode, or from its isolation where that is set.
  static func ofVirtualPort(_ name: String, _ tools: WindowsTools) -> Reading<VLANID?> {
    if let isolation = tools.isolation.named(name), isolation.word("IsolationMode") == "vlan",
      let number = isolation["DefaultIsolationID"]?.integer(in: 1...4094),
      let source = tools.isolation.source
    {
      return .known(VLANID(number), source)
    }
    let output = tools.virtualVLANs
    return output.reading(output.named(name)) { object in
      switch object.word("OperationMode") {
      case "untagged": return .success(nil)
      case "access":
        guard let value = object["AccessVlanId"] else {
          return .failure(Unknown(.notUnderstood, "AccessVlanId is empty"))
        }
        return found(value, in: "AccessVlanId")
      default:
        return .failure(
          Unknown(.notUnderstood, "OperationMode \(object.shown("OperationMode"))"))
      }
    }
  }
}
