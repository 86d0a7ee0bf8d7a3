import Quantities

/// Reads `ip -j route show`.
enum RouteReader {
  static func routes(_ outputs: LinuxOutputs) -> Reading<[RouteFacts]> {
    outputs.read(LinuxCommand("ip", "route")) { told in
      // Older releases print nothing at all where there is no route.
      if told.isEmptyAnswer { return told.known([]) }
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node):
        guard let list = node.list else { return .unknown(told.garbled("no list of routes")) }
        var routes: [RouteFacts] = []
        for entry in list where !entry.members.isEmpty {
          guard let part = parts(entry) else {
            // A route that cannot be read may be the one that matters.
            return .unknown(told.garbled("a route to \(entry["dst"]?.text ?? "nowhere")"))
          }
          routes += part
        }
        return told.known(routes)
      }
    }
  }

  /// One route for each way that it takes; none for those that throw packets away.
  private static func parts(_ entry: ToolNode) -> [RouteFacts]? {
    if let kind = entry["type"]?.text, kind != "unicast" {
      return ["blackhole", "unreachable", "prohibit", "throw", "local", "broadcast", "multicast"]
        .contains(kind) ? [] : nil
    }
    guard let text = entry["dst"]?.text, let destination = subnet(text) else { return nil }
    var parts: [RouteFacts] = []
    for hop in entry["nexthops"]?.list ?? [entry] {
      guard let interface = hop["dev"]?.text else { return nil }
      var gateway: IPv4Address?
      if let text = hop["gateway"]?.text {
        guard let address = IPv4Address(text) else { return nil }
        gateway = address
      } else if hop["via"] != nil {
        // A gateway of another family.
        return nil
      }
      parts.append(
        RouteFacts(destination: destination, gateway: gateway, interface: interface))
    }
    return parts
  }

  /// `default`, a subnet, or one address alone.
  private static func subnet(_ text: String) -> IPv4Subnet? {
    if text == "default" { return .everything }
    if let address = IPv4Address(text) { return IPv4Subnet(around: address, prefixLength: 32) }
    return IPv4Subnet(text)
  }
}
