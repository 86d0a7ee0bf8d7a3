import CatalogModel
import Fabric
import Quantities

/// One plug of a cable with what is at both sides of it.
final class PlugView: Sendable {
  let cable: Cable
  let spec: CableSpec
  let end: CableEnd
  let node: Node
  /// Form of this plug of the cable.
  let plug: Connector
  /// The transceiver between plug and port.
  let opticPart: Part?
  /// Lanes that run through this plug.
  let lanes: Int
  let optic: OpticSpec?

  init(
    cable: Cable, spec: CableSpec, end: CableEnd, node: Node, plug: Connector, opticPart: Part?,
    lanes: Int
  ) {
    self.cable = cable
    self.spec = spec
    self.end = end
    self.node = node
    self.plug = plug
    self.opticPart = opticPart
    optic = opticPart?.asOptic
    self.lanes = lanes
  }

  var subject: [String] { [cable.id, end.endpoint.node, end.endpoint.port] }
}

/// What a port offers to a plug.
enum Socket: Equatable {
  case known(Connector)
  /// The card or the core's entry does not say.
  case unknown
  /// There is no such port; another proof says so.
  case missing
}

extension AuditContext {
  /// Both ends of a cable, the near one first; none when its part is not a cable.
  func makePlugs(of cable: Cable) -> [PlugView] {
    guard let spec = catalog.part(cable.part)?.asCable else { return [] }
    var (nearPlug, farPlug) = (spec.endA, spec.endB)
    // A plain cable with two different plugs may lie either way round.
    if spec.lanes == 1, spec.endA != spec.endB,
      case .known(let socket) = socket(cable.a.endpoint, optic: cable.a.optic),
      !socket.accepts(nearPlug), socket.accepts(farPlug)
    {
      swap(&nearPlug, &farPlug)
    }
    var result: [PlugView] = []
    for (index, end) in ([cable.a] + cable.b).enumerated() {
      result.append(
        PlugView(
          cable: cable, spec: spec, end: end, node: node(end.endpoint.node),
          plug: index == 0 ? nearPlug : farPlug, opticPart: end.optic.flatMap(catalog.part),
          lanes: index == 0 ? spec.lanes : 1))
    }
    return result
  }

  /// What a plug meets: the transceiver's socket, or the port's.
  private func socket(_ endpoint: Endpoint, optic: PartID?) -> Socket {
    guard let optic else { return socket(of: endpoint) }
    guard let spec = catalog.part(optic)?.asOptic else { return .missing }
    return spec.socket.map { .known($0) } ?? .unknown
  }

  /// The cage or socket of a port; management ports are RJ45.
  func socket(of endpoint: Endpoint) -> Socket {
    switch node(endpoint.node) {
    case .device(let index):
      let view = switches[index]
      if let port = view.port(endpoint.port) { return .known(port.connector) }
      // The whole port of a breakout is listed by its lanes alone.
      if let lane = view.device.ports.first(where: { $0.splitFrom == endpoint.port }) {
        return .known(lane.connector)
      }
      if endpoint.port == view.device.managementPort || endpoint.port.isEmpty {
        return .known(.rj45)
      }
      return .missing
    case .host:
      guard let at = hostPortIndex[endpoint] else { return .missing }
      let view = hostPorts[at]
      guard let part = fabric.hosts[view.host].cards[view.card].part,
        let nic = catalog.part(part)?.asNIC
      else { return .missing }
      return nic.connector.map { .known($0) } ?? .unknown
    case .core:
      guard let port = site.core?.port(labelled: endpoint.port) else { return .missing }
      return Connector(rawValue: port.connector).map { .known($0) } ?? .unknown
    case .management: return .known(.rj45)
    case .unknown: return .missing
    }
  }

  /// The device that a plug or transceiver must be accepted by; `nil` at management networks.
  func acceptingPart(_ plug: PlugView) -> Part? {
    switch plug.node {
    case .device(let index): return switches[index].part
    case .host:
      guard let at = hostPortIndex[plug.end.endpoint] else { return nil }
      let view = hostPorts[at]
      return fabric.hosts[view.host].cards[view.card].part.flatMap(catalog.part)
    case .core:
      // The core is no part of the catalogue: its maker decides, an unnamed one is unknown.
      return Part(
        id: PartID("core"), vendor: site.core?.vendor ?? "", model: site.core?.name ?? "",
        spec: .networkSwitch(SwitchSpec(roles: [], ports: [])))
    case .management, .unknown: return nil
    }
  }
}
