import CatalogModel
import Fabric
import Quantities

/// Host ports of one network and VLAN whose platforms count packets alike; `nil` for any platform.
private struct ChainKey: Hashable {
  var network, vlan: Int
  var os: SwitchOS?
}

extension TextProof {
  /// Largest payload that is asked of switches of another platform, which may count otherwise: 9000
  /// bytes is what hosts call jumbo.
  private static let jumbo = 9000

  /// No port between switches takes smaller packets than a host port in the same VLAN may send.
  ///
  /// Of two platforms each counts in its own way, so that the last bytes do not compare.
  static let chains = TextProof(
    "text-mtu",
    claim: "no port between switches takes smaller packets than the host ports of its VLANs send"
  ) { context, ledger in
    var largest: [ChainKey: (payload: Int, at: String)] = [:]
    for (one, network) in zip(context.switches, context.networks) {
      for port in one.intent.ports where port.enabled && port.edge {
        let payload = one.payload(port)
        for id in numbers(one.membership(port)) {
          for (os, most) in [(one.intent.os, payload), (nil, min(payload, jumbo))] {
            let key = ChainKey(network: network, vlan: id, os: os)
            if most > largest[key]?.payload ?? 0 {
              largest[key] = (most, "\(one.name) \(port.name)")
            }
          }
        }
      }
    }
    for (one, network) in zip(context.switches, context.networks) {
      for port in one.intent.ports where port.enabled && !port.edge {
        let payload = one.payload(port)
        var worst: (vlan: Int, payload: Int, at: String)?
        for id in numbers(one.membership(port)) where worst == nil {
          for os in [one.intent.os, nil] {
            let most = largest[ChainKey(network: network, vlan: id, os: os)]
            if let most, most.payload > payload { worst = (id, most.payload, most.at) }
          }
        }
        ledger.expect(
          worst == nil, at: [one.name, port.name],
          "its MTU of \(port.mtu) takes packets of \(payload) bytes in VLAN \(worst?.vlan ?? 0)",
          expected: "\(worst?.payload ?? 0), which \(worst?.at ?? "") takes",
          hint: "one odd port gives migrations that queue and crawl while ping looks fine")
      }
    }
  }

  static func numbers(_ membership: Membership) -> [Int] {
    (membership.tagged + (membership.untagged.map { [$0] } ?? [])).map(\.number)
  }
}
