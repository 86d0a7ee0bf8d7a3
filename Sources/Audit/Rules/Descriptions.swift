import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// Names tell things apart, and every cabled port says where it goes.
  static let descriptions = PlanProof(
    "descriptions", claim: "names are unique, and every cabled port says where it leads",
    readsIntents: true
  ) { context, ledger in
    let names =
      context.fabric.devices.map(\.name) + context.fabric.hosts.map(\.name)
      + [context.site.core?.name].compactMap { $0 }
    var seen: Set<String> = []
    for name in names {
      ledger.expect(seen.insert(name).inserted, at: [name], "two things of the plan have this name")
    }
    for device in context.fabric.devices {
      ledger.expect(
        !device.name.isEmpty && device.name.utf8.count <= 63
          && device.name.utf8.allSatisfy(isHostNameByte), at: [device.name],
        "its name is no host name", expected: "letters, digits and hyphens, at most 63")
    }
    for view in context.switches {
      for port in view.intent?.ports ?? [] {
        guard let index = view.linksAtPort[port.name]?.first else { continue }
        let link = context.links[index].link
        let far = link.a.node == view.name ? link.b.node : link.a.node
        let fitted = NameRule(.text, maxLength: 64, fact: "").fitted(far)
        ledger.expect(
          port.description.holdsBytes(of: far) || port.description.holdsBytes(of: fitted),
          at: [view.name, port.name], "its description is \"\(port.description)\"",
          expected: "one that names \(far), where it leads")
      }
      let pair = view.intent.flatMap { context.fabric.traits($0.os)?.pair }
      for lag in view.intent?.lags ?? [] where !lag.isPeerLink || pair?.describesPeerLink != false {
        ledger.expect(
          !lag.description.isEmpty, at: [view.name, "lag \(lag.number)"], "it has no description")
      }
    }
  }

  /// RFC 952 and RFC 1123.
  private static func isHostNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45: true
    default: false
    }
  }
}
