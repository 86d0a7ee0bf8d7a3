import CatalogModel
import Evidence
import Fabric
import Quantities
import TenfoldTestSupport

/// Which tables somebody had the switches print.
public struct TableSight: Hashable, Sendable {
  public var hasNeighbours = true
  public var hasStates = true
  public var hasVLANs = true
  public var hasFlowControl = true
  public var hasSpanningTree = true

  /// All of them.
  public init() {}

  /// Some of them.
  public static func random(_ random: inout SplitMix64) -> TableSight {
    var sight = TableSight()
    sight.hasStates = random.chance(60)
    sight.hasVLANs = random.chance(60)
    sight.hasFlowControl = random.chance(60)
    sight.hasSpanningTree = random.chance(60)
    return sight
  }
}

extension World {
  /// What the switches print, read again: address tables and neighbours as facts, the rest by way of
  /// text.
  public func tables(_ sight: TableSight = TableSight(), seed: UInt64) -> [SwitchFacts] {
    var random = SplitMix64(seed: seed &+ 77)
    return fabric.devices.filter { !offSwitches.contains($0.name) }.map { device in
      let intent = fabric.intent(device.name)
      var renderer = SwitchRenderer(sketch(of: device), random)
      let text = renderer.text(sight)
      random = renderer.random
      var facts = SwitchTables.facts(
        of: Array(text.utf8), device: device.name, ports: device.ports.map(\.name),
        bundles: intent?.lags.map(\.number) ?? [], neighbours: NeighbourTableReader(nodes: []))
      facts.learned = learned(device.name)
      facts.neighbours = sight.hasNeighbours ? neighbours(device.name) : []
      return facts
    }
  }

  private func learned(_ device: String) -> [LearnedAddress] {
    hosts.filter { !$0.isOff }.flatMap { host in
      host.ports.filter { hasLink($0) }.compactMap { port in
        port.plugged.flatMap { end in
          end.node == device ? LearnedAddress(mac: port.mac, port: end.port) : nil
        }
      }
    }
  }

  private func neighbours(_ device: String) -> [SwitchNeighbour] {
    let trunks = cabled.map { Trunk(a: $0.key, b: $0.value) }.filter(isUp)
    let pairs = trunks.map { ($0.a, $0.b) } + extra.map { ($0.a, $0.b) }
    return (pairs + pairs.map { ($0.1, $0.0) }).sorted { $0 < $1 }.filter { $0.0.node == device }
      .map { own, other in
        SwitchNeighbour(port: own.port, node: other.node, remotePort: other.port)
      }
  }

  /// What a switch knows of its ports.
  private func sketch(of device: Device) -> SwitchSketch {
    let intent = fabric.intent(device.name)
    let overhead = intent.flatMap { fabric.traits($0.os)?.frameOverhead.value } ?? 18
    var sketch = SwitchSketch(device: device.name, ports: [], lags: [], vlans: [])
    for port in intent?.ports ?? [] {
      let end = Endpoint(node: device.name, port: port.name)
      guard let state = switchPorts[end] else { continue }
      sketch.ports.append(
        SwitchSketch.Port(
          name: port.name, lag: port.lag, rate: rate(end), isShut: !state.isEnabled,
          // Untouched ports are as planned, in the way that their platform counts.
          mtu: state.mtu == SwitchPort(membership: .none).mtu ? port.mtu : state.mtu + overhead,
          errors: state.errors, lossless: state.lossless, isBlocked: state.isBlocked,
          membership: state.membership))
    }
    for lag in intent?.lags ?? [] {
      let members = sketch.ports.filter { $0.lag == lag.number }
      sketch.lags.append(
        SwitchSketch.Lag(
          number: lag.number, isBlocked: members.contains { $0.isBlocked },
          membership: members.first?.membership ?? lag.membership, isPeerLink: lag.isPeerLink))
    }
    sketch.vlans = intent?.vlans ?? []
    return sketch
  }

  /// Rate of the link on a port of a switch; `nil` without one.
  private func rate(_ end: Endpoint) -> DataRate? {
    guard switchPorts[end]?.isEnabled == true else { return nil }
    for host in hosts where !host.isOff {
      if let port = host.ports.first(where: { $0.plugged == end }) { return port.rate }
    }
    for link in fabric.links where link.role == .uplink || link.role == .peer {
      guard let other = cabled[link.a], link.a == end || other == end else { continue }
      guard isUp(Trunk(a: link.a, b: other)) else { return nil }
      return switchPorts[link.a]?.rate ?? switchPorts[other]?.rate ?? link.rate
    }
    if let link = fabric.links.first(where: { $0.role == .core && ($0.a == end || $0.b == end) }) {
      return link.rate
    }
    return extra.contains { $0.a == end || $0.b == end } ? .gigabits(10) : nil
  }
}
