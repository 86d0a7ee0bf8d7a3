import Evidence
import Quantities

/// A host of the plan beside what its evidence says: which interface is which port and network.
struct ObservedHost {
  let plan: PlannedHost
  let facts: HostFacts
  let interfaces: [InterfaceFacts]
  /// Interface of each of `plan.ports`; `nil` where none has its name.
  let ports: [Int?]
  /// Interface of each of `plan.networks`; `nil` where none has its address.
  let networks: [Int?]
  /// Places of interfaces by name in lower case: Windows takes names in any case.
  private let named: [String: Int]

  init(_ plan: PlannedHost, _ facts: HostFacts) {
    self.plan = plan
    self.facts = facts
    let interfaces = facts.interfaces.value ?? []
    self.interfaces = interfaces
    var named: [String: Int] = [:]
    for (place, interface) in interfaces.enumerated() {
      named[interface.name.lowercased()] = named[interface.name.lowercased()] ?? place
    }
    var addressed: [IPv4Address: Int] = [:]
    for (place, interface) in interfaces.enumerated() {
      for own in interface.addresses.value ?? [] {
        addressed[own.address] = addressed[own.address] ?? place
      }
    }
    self.named = named
    ports = plan.ports.map { named[$0.name.lowercased()] }
    networks = plan.networks.map { addressed[$0.address] }
  }

  func interface(ofPort port: Int) -> InterfaceFacts? { ports[port].map { interfaces[$0] } }

  func interface(ofNetwork network: Int) -> InterfaceFacts? {
    networks[network].map { interfaces[$0] }
  }

  /// An interface and all that it stands on, itself first, each once.
  func stack(below top: Int) -> [Int] {
    var stack = [top]
    var next = 0
    while next < stack.count {
      for name in interfaces[stack[next]].lower {
        if let place = named[name.lowercased()], !stack.contains(place) {
          stack.append(place)
        }
      }
      next += 1
    }
    return stack
  }

  /// Whether a port is under a virtual switch by plan: in a team, or alone with several networks on a
  /// release whose virtual ports can do RDMA (`HostConfig` sets such hosts up so).
  func isUnderSwitch(_ place: Int) -> Bool {
    guard facts.system == .windows, plan.group.hasMultichannel else { return false }
    let own = plan.networks.count { $0.carriers.contains(place) && $0.foldedInto == nil }
    return plan.ports[place].team != nil
      || own > 1 && plan.group.os != "windows-server-2012r2"
  }

  /// Places of planned ports that an interface stands on.
  func carriers(below top: Int) -> [Int] {
    let stack = stack(below: top)
    return ports.indices.filter { port in ports[port].map(stack.contains) ?? false }
  }

  /// VLAN that frames of an interface leave the host with; `nil` inside when none adds a tag.
  func vlan(of top: Int) -> Reading<VLANID?> {
    var result: Reading<VLANID?> = .notCollected
    for place in stack(below: top) {
      switch interfaces[place].vlan {
      case .known(let vlan?, let source): return .known(vlan, source)
      case .known(nil, let source): if result.value == nil { result = .known(nil, source) }
      case .unknown(let why):
        // What a port itself adds is only said by systems whose ports can be in a VLAN.
        if place == top { result = .unknown(why) }
      }
    }
    return result
  }
}
