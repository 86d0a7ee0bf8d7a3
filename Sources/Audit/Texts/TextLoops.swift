import Fabric
import Quantities

extension TextProof {
  /// No VLAN runs in a circle where spanning tree is off.
  static let loops = TextProof(
    "text-loops", claim: "no VLAN runs in a circle of switches without spanning tree"
  ) { context, ledger in
    // The lower place stands for both switches of a pair.
    let node = context.switches.indices.map { min($0, context.peers[$0] ?? $0) }
    var bundles: [(a: Int, b: Int, vlans: [Int], at: [String])] = []
    var seen: Set<String> = []
    for link in context.links {
      let (near, port) = (context.switches[link.a.device], context.port(link.a))
      let (a, b) = (node[link.a.device], node[link.far])
      guard port.enabled, a != b || near.lag(port.lag)?.isPeerLink != true,
        seen.insert(bundle(link, node, context)).inserted
      else { continue }
      bundles.append((a, b, numbers(near.membership(port)), [near.name, port.name]))
    }
    let ids = Set(bundles.flatMap(\.vlans)).sorted()
    for id in ids {
      var sets = DisjointSets(context.switches.count)
      for bundle in bundles where bundle.vlans.contains(id) {
        let isFree =
          context.switches[bundle.a].intent.spanningTree.mode == .off
          || context.switches[bundle.b].intent.spanningTree.mode == .off
        let joins = sets.join(bundle.a, bundle.b)
        ledger.expect(
          joins || !isFree, at: bundle.at + ["vlan \(id)"],
          "this link closes a circle, and spanning tree is off",
          expected: "one way between any two switches, or a LAG over all of them")
      }
    }
  }

  /// Links of one LAG have one name, by the pair's number in a pair.
  private static func bundle(
    _ link: TextContext.Link, _ node: [Int], _ context: TextContext
  ) -> String {
    let near = end(link.a, node, context)
    guard let b = link.b else { return "\(near) \(node[link.far])" }
    let far = end(b, node, context)
    return near.precedesInBytes(far) ? "\(near) \(far)" : "\(far) \(near)"
  }

  private static func end(
    _ end: TextContext.End, _ node: [Int], _ context: TextContext
  ) -> String {
    let port = context.port(end)
    guard let lag = context.switches[end.device].lag(port.lag) else {
      return "\(end.device)/\(port.name)"
    }
    if let number = lag.pairLAG { return "\(node[end.device])/pair \(number)" }
    return "\(end.device)/lag \(lag.number)"
  }
}
