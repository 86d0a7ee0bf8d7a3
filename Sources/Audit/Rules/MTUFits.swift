import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// Every port on every path takes the largest packets of its VLANs.
  ///
  /// Link MTU ≥ payload + what the platform counts of a tagged frame beside it
  /// (`DialectTraits.frameOverhead`); where no traits say it, 14 (Ethernet header) + 4 (IEEE 802.1Q
  /// tag) + 4 (FCS).
  static let mtuFits = PlanProof(
    "mtu-fits", claim: "every port on every path takes the largest packets of the VLANs it carries",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let intent = view.intent else { continue }
      let overhead = context.fabric.traits(intent.os)?.frameOverhead
      for port in intent.ports where port.enabled {
        for vlan in context.fabric.vlans where view.carries(vlan.id, port: port) {
          expect(port.mtu, vlan, overhead, [view.name, port.name], &ledger)
        }
        if let limit = view.spec?.maxMTU {
          ledger.expect(
            port.mtu <= limit, at: [view.name, port.name], "its MTU is \(port.mtu) bytes",
            expected: "at most \(limit), the platform's largest")
        } else {
          ledger.expect(
            port.mtu <= most, at: [view.name, port.name], "its MTU is \(port.mtu) bytes",
            expected: "at most \(most), since nobody has said that the platform takes more")
          ledger.expectConfirmed(
            "the largest MTU of \(view.device.part)", at: [view.name, port.name], in: context,
            names: [view.device.part.rawValue], words: ["mtu", "jumbo"])
        }
      }
      for lag in intent.lags where !lag.isPeerLink {
        for vlan in context.fabric.vlans
        where lag.membership.tagged.contains(vlan.id) || lag.membership.untagged == vlan.id {
          expect(lag.mtu, vlan, overhead, [view.name, "lag \(lag.number)"], &ledger)
        }
      }
    }
    checkCards(context, &ledger)
    checkCore(context, &ledger)
  }

  /// Most bytes of a link MTU that is counted on where no source states one.
  private static let most = 9216

  private static func expect(
    _ mtu: Int, _ vlan: VLAN, _ overhead: Sourced<Int>?, _ subject: [String],
    _ ledger: inout Ledger
  ) {
    let frame = overhead?.value ?? 14 + 4 + 4
    let (need, overflow) = vlan.mtu.addingReportingOverflow(frame)
    ledger.expect(
      !overflow && mtu >= need, at: subject + ["vlan \(vlan.id.number)"],
      "its link MTU is \(mtu) bytes",
      expected: "at least \(need): \(vlan.mtu) of payload, \(beside(frame, overhead?.fact))",
      hint: "one odd port gives migrations that queue and crawl while ping looks fine")
  }

  /// What counts beside the payload, in words.
  private static func beside(_ frame: Int, _ fact: String?) -> String {
    frame == 22 ? "14 of header, 4 of tag, 4 of FCS" : "\(frame) beside it (\(fact ?? ""))"
  }

  /// Cards know a jumbo payload; 1500 bytes every card does (IEEE 802.3).
  private static func checkCards(_ context: AuditContext, _ ledger: inout Ledger) {
    var seen: Set<PartID> = []
    for attachment in context.layer2.attachments {
      let port = context.hostPorts[attachment.hostPort]
      guard let id = context.fabric.hosts[port.host].cards[port.card].part,
        let nic = context.catalog.part(id)?.asNIC, !seen.contains(id)
      else { continue }
      let most =
        context.fabric.vlans.filter {
          context.switches[attachment.device].carries($0.id, port: attachment.port)
        }.map(\.mtu).max() ?? 0
      guard most > 1500 else { continue }
      seen.insert(id)
      if let limit = nic.maxMTU {
        ledger.expect(
          limit >= most, at: [port.endpoint.node, id.rawValue],
          "the card takes packets of up to \(limit) bytes", expected: "\(most)")
      } else {
        ledger.expectConfirmed(
          "the largest MTU of \(id)", at: [port.endpoint.node, id.rawValue], in: context,
          names: [id.rawValue], words: ["mtu", "jumbo"])
      }
    }
  }

  private static func checkCore(_ context: AuditContext, _ ledger: inout Ledger) {
    guard let core = context.site.core, context.layer2.trunks.contains(where: { $0.b == nil })
    else { return }
    for vlan in context.fabric.vlans where vlan.mayLeave {
      if let mtu = core.mtu {
        // Core makers count with or without headers, so the payload alone is compared.
        ledger.expect(
          mtu >= vlan.mtu, at: [core.name, "vlan \(vlan.id.number)"],
          "the core's ports take \(mtu) bytes", expected: "a payload of \(vlan.mtu) bytes")
      } else if vlan.mtu > 1500 {
        ledger.expectConfirmed(
          "the MTU of the ports of \(core.name)", at: [core.name], in: context,
          names: [core.name], words: ["mtu", "jumbo"])
      } else {
        ledger.expect(true, at: [], "")
      }
    }
  }
}
