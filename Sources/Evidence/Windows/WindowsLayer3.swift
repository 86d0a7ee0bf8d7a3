import Quantities

/// Reads what IP has on interfaces, which it knows by number and by alias.
struct WindowsLayer3 {
  private let tools: WindowsTools
  private let interfaces: [Int64: WindowsObject]
  private let addresses: [String: [WindowsObject]]

  init(_ tools: WindowsTools) {
    self.tools = tools
    var interfaces: [Int64: WindowsObject] = [:]
    for object in tools.interfaces.objects where WindowsLayer3.isIPv4(object) {
      guard let number = WindowsLayer3.number(of: object), interfaces[number] == nil else {
        continue
      }
      interfaces[number] = object
    }
    self.interfaces = interfaces
    var addresses: [String: [WindowsObject]] = [:]
    for object in tools.addresses.objects {
      let key =
        WindowsLayer3.number(of: object).map { "#\($0)" } ?? object["InterfaceAlias"]?.text ?? ""
      addresses[key, default: []].append(object)
    }
    self.addresses = addresses
  }

  private static func number(of object: WindowsObject) -> Int64? {
    object["ifIndex"]?.integer ?? object["InterfaceIndex"]?.integer
  }

  /// 2 is IPv4 and 23 IPv6, as sockets of Windows number them.
  private static func isIPv4(_ object: WindowsObject) -> Bool {
    if let word = object.word("AddressFamily") { return word == "ipv4" }
    return object["AddressFamily"].map { $0.integer == 2 } ?? true
  }

  /// The lower of what IP and the adapter have: both limit a packet. The driver's setting for jumbo
  /// frames counts as nothing here, since drivers count differently.
  func mtu(of adapter: WindowsObject) -> Reading<Int> {
    let object =
      WindowsLayer3.number(of: adapter).flatMap { interfaces[$0] }
      ?? adapter.name.flatMap { tools.interfaces.named($0) }
    let own = tools.interfaces.reading(object, "NlMtu") { $0.integer(in: 68...65_575) }
    let field = adapter["MtuSize"] != nil ? "MtuSize" : "ActiveMaximumTransmissionUnit"
    let link = tools.adapters.reading(adapter, field) { $0.integer(in: 68...65_575) }
    switch (own, link) {
    case (.known(let left, _), .known(let right, _)): return left <= right ? own : link
    case (.known, _): return own
    // IP is bound to no adapter under a virtual switch or in a team.
    default: return link
    }
  }

  func addresses(of adapter: WindowsObject) -> Reading<[InterfaceAddress]> {
    let keys =
      [WindowsLayer3.number(of: adapter).map { "#\($0)" }, adapter.name].compactMap { $0 }
    let own = keys.flatMap { addresses[$0] ?? [] }
    return tools.addresses.reading(all: { _ in
      var found: [InterfaceAddress] = []
      for object in own {
        guard let text = object["IPAddress"]?.text else {
          return .failure(Unknown(.notUnderstood, "Get-NetIPAddress: no IPAddress"))
        }
        // One that somebody else has too is not in use.
        guard !text.contains(":"), object.word("AddressState") != "duplicate" else { continue }
        guard let address = IPv4Address(text),
          let length = object["PrefixLength"]?.integer(in: 0...32)
        else {
          let shown = object["IPAddress"]?.shown ?? ""
          return .failure(Unknown(.notUnderstood, "Get-NetIPAddress: \(shown)"))
        }
        found.append(InterfaceAddress(address: address, prefixLength: length))
      }
      return .success(found)
    })
  }
}
