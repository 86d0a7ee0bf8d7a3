import Fabric
import Quantities

extension TextProof {
  /// Both ends of each link that descriptions tell of agree.
  static let links = TextProof(
    "text-links",
    claim: "both ends of each link that a description tells of agree on VLANs, MTU and PFC"
  ) { context, ledger in
    for link in context.links {
      let (near, far) = (context.switches[link.a.device], context.switches[link.far])
      let port = context.port(link.a)
      let subject = [near.name, port.name]
      guard let b = link.b else { continue }
      let other = context.port(b)
      let place = "\(far.name) \(other.name)"
      func same(_ holds: Bool, _ what: String, _ here: String, _ there: String) {
        ledger.expect(
          holds, at: subject, "\(what): \(here) here, \(there) on \(place)",
          expected: "the same at both ends")
      }
      ledger.expect(
        other.description.isEmpty || names(other.description, near.name), at: subject,
        "its description leads to \(place), whose description is \"\(other.description)\"",
        expected: "descriptions that name each other", severity: .warning)
      same(port.enabled == other.enabled, "enabled", shown(port.enabled), shown(other.enabled))
      guard port.enabled, other.enabled, !isPeerLink(near, port), !isPeerLink(far, other) else {
        continue
      }
      same(
        (port.lag == nil) == (other.lag == nil), "member of a LAG", shown(port.lag != nil),
        shown(other.lag != nil))
      if let one = near.lag(port.lag), let two = far.lag(other.lag) {
        same(one.lacp == two.lacp, "LACP", shown(one.lacp), shown(two.lacp))
      }
      let (here, there) = (near.membership(port), far.membership(other))
      same(here == there, "VLANs", here.shown, there.shown)
      let (a, c) = (near.payload(port), far.payload(other))
      same(a == c || near.intent.os != far.intent.os, "MTU", "\(port.mtu)", "\(other.mtu)")
      same(port.lossless == other.lossless, "lossless", shown(port.lossless), shown(other.lossless))
    }
  }

  private static func names(_ description: String, _ name: String) -> Bool {
    description.split { " ,;:".contains($0) }.contains { $0 == name }
  }

  private static func isPeerLink(_ one: TextContext.Switch, _ port: PortIntent) -> Bool {
    one.lag(port.lag)?.isPeerLink ?? false
  }
}
