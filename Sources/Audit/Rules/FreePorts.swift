import CatalogModel
import Fabric

extension PlanProof {
  /// Each group of ports that hosts plug into keeps the ports free that the site wants for growth.
  static let freePorts = PlanProof(
    "free-ports", claim: "the ports that the site wants to keep free for growth are free"
  ) { context, ledger in
    let wanted = context.site.requirements.freePorts
    guard wanted > 0 else { return }
    for view in context.switches where view.device.role != .outOfBand {
      for group in view.groups {
        let ports = view.device.ports.filter { $0.group == group.id }
        let holdsHosts = ports.contains { port in
          port.splitFrom == nil
            && (view.linksAtPort[port.name] ?? []).contains {
              context.links[$0].link.role == .host
            }
        }
        guard holdsHosts else { continue }
        let free = ports.filter {
          $0.usable && $0.splitFrom == nil && view.linksAtPort[$0.name] == nil
        }.count
        ledger.expect(
          free >= wanted, at: [view.name, group.id], "\(free) ports are free",
          expected: "at least \(wanted)")
      }
    }
  }
}
