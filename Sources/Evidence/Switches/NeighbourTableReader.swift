import Quantities

/// Reads short tables of LLDP neighbours (`show lldp neighbors` and its like) of any platform: a line
/// that names a port of the switch first, a device of the plan anywhere, and last a port of that
/// device. Columns that the platform cuts short count where they can mean one device alone.
public struct NeighbourTableReader: Sendable {
  /// Fewest letters of a name that was cut short.
  private static let shortest = 8

  private let nodes: [(name: String, ports: PortIndex)]

  /// - Parameter nodes: devices and hosts of the plan with the names of their ports.
  public init(nodes: [(name: String, ports: [String])]) {
    self.nodes = nodes.map { ($0.name.lowercased(), PortIndex($0.ports)) }
    names = nodes.map(\.name)
  }

  private let names: [String]

  /// The entries of a text, in its order.
  /// - Parameter ports: the ports of the switch, as the plan names them.
  public func entries(of text: [UInt8], ports: [String]) -> [SwitchNeighbour] {
    let own = PortIndex(ports)
    return text.split(separator: 10).compactMap { line in
      guard let row = TableWords(line), !row.isOfConfiguration else { return nil }
      let found = row.words.indices.compactMap { place in
        node(row.words[place]).map { (place: place, node: $0) }
      }
      guard let first = found.first, found.allSatisfy({ $0.node == first.node }),
        let local = row.ports(own).first(where: { $0.place != first.place })
      else { return nil }
      // The port of the other one stands behind the own.
      let remote = row.ports(nodes[first.node].ports).last {
        $0.place > local.place && $0.place != first.place
      }
      return SwitchNeighbour(
        port: local.port, node: names[first.node], remotePort: remote?.port ?? "")
    }
  }

  /// The device that a word names; `nil` when none or several may be meant.
  private func node(_ word: String) -> Int? {
    let plain = String(word.lowercased().prefix { $0 != "." })
    guard !plain.isEmpty else { return nil }
    if let exact = nodes.firstIndex(where: { $0.name == plain }) { return exact }
    guard plain.utf8.count >= Self.shortest else { return nil }
    let cut = nodes.indices.filter { nodes[$0].name.hasPrefix(plain) }
    return cut.count == 1 ? cut[0] : nil
  }
}
