import Audit
import CatalogModel
import Fabric
import Quantities

extension Explainer {
  func explain(_ device: Device) -> Explanation {
    var paragraphs = [
      "\(title(device.part)) in rack \(device.rack), fabric \(device.side.rawValue), as"
        + " \(device.role.rawValue)."
    ]
    paragraphs += reasons(device.name) + reasons(device.part.rawValue)
    if !device.modules.isEmpty {
      paragraphs.append("Modules: " + device.modules.map(title).joined(separator: ", ") + ".")
    }
    let links = fabric.links.filter { $0.a.node == device.name || $0.b.node == device.name }
    for role in LinkRole.allCases {
      let count = links.count { $0.role == role }
      if count > 0 { paragraphs.append("Links of role \(role.rawValue): \(count).") }
    }
    if let line = fabric.bom.first(where: { $0.part == device.part }) {
      paragraphs += price(line)
    }
    paragraphs += open(device.name) + open(device.part.rawValue)
    return Explanation(subject: device.name, paragraphs: paragraphs)
  }

  func explain(_ host: Host) -> Explanation {
    var paragraphs = ["A host of group \(host.group) in rack \(host.rack)."] + reasons(host.name)
    for link in fabric.links where link.b.node == host.name {
      paragraphs.append(line(link))
    }
    return Explanation(subject: host.name, paragraphs: paragraphs + open(host.name))
  }

  func explain(_ link: Link) -> Explanation {
    var paragraphs = [line(link)] + reasons(link.id)
    if let cable = fabric.cable(link.cable) { paragraphs += explain(cable).paragraphs }
    return Explanation(subject: link.id, paragraphs: paragraphs + open(link.id))
  }

  func explain(_ cable: Cable) -> Explanation {
    var text =
      "Cable \(cable.id) is \(cable.pieces) x \(title(cable.part)); its routed length with slack is"
      + " \(Format.length(cable.routed))"
    text += cable.existing.isEmpty ? "." : ", over the existing cabling \(cable.existing)."
    var paragraphs = [text]
    for end in [cable.a] + cable.b {
      let optic = end.optic.map { " through \(title($0))" } ?? ""
      paragraphs.append("It ends at \(place(end.endpoint))\(optic).")
    }
    paragraphs += reasons(cable.id) + reasons(cable.part.rawValue)
    if let line = fabric.bom.first(where: { $0.part == cable.part }) { paragraphs += price(line) }
    return Explanation(subject: cable.id, paragraphs: paragraphs + open(cable.id))
  }

  func explain(_ line: BOMLine) -> Explanation {
    var paragraphs = [title(line.part) + ": " + sentence(line.purpose)]
    paragraphs += reasons(line.part.rawValue) + price(line)
    for source in fabric.catalog.part(line.part)?.sources ?? [] {
      paragraphs.append("Read at \(source.url) on \(source.accessed.iso).")
    }
    return Explanation(
      subject: line.part.rawValue, paragraphs: paragraphs + open(line.part.rawValue))
  }

  /// What a VLAN is for, its subnets, and where it is carried.
  func explain(_ vlan: VLAN) -> Explanation {
    let name = "vlan \(vlan.id.number)"
    var paragraphs = [
      "VLAN \(vlan.id.number) is \(vlan.name), for \(vlan.purpose.rawValue), on "
        + (vlan.side.map { "fabric \($0.rawValue)" } ?? "both fabrics")
        + ", with a payload MTU of \(vlan.mtu) bytes."
    ]
    paragraphs += reasons(name)
    for subnet in fabric.subnets where subnet.vlan == vlan.id {
      paragraphs.append(
        "Subnet \(subnet.prefix), with \(Format.count(subnet.assignments.count, "address", "addresses"))"
          + " given to hosts.")
    }
    let carriers = fabric.intents.filter { intent in
      (intent.ports.map(\.membership) + intent.lags.map(\.membership)).contains {
        $0.untagged == vlan.id || $0.tagged.contains(vlan.id)
      }
    }.map(\.hostname)
    paragraphs.append(
      carriers.isEmpty
        ? "No port of a switch carries it."
        : "Ports of these switches carry it: " + carriers.joined(separator: ", ") + ".")
    return Explanation(subject: name, paragraphs: paragraphs + open(name))
  }

  /// Whether the plan carries RDMA, and why not where it was asked for.
  func rdma() -> Explanation {
    var paragraphs = reasons("rdma")
    if fabric.site.traffic.rdma == .none {
      paragraphs.append("The site asks for no RDMA (traffic.rdma: none).")
    } else if paragraphs.isEmpty {
      let isLossless = fabric.intents.contains { $0.qos != nil }
      paragraphs.append(
        "RDMA (SMB Direct) is \(fabric.site.traffic.rdma.rawValue), and this plan carries it; lossless"
          + " Ethernet is \(isLossless ? "set up on every hop" : "not needed by its cards").")
    }
    return Explanation(subject: "rdma", paragraphs: paragraphs + open("rdma"))
  }

  func explain(rule: (name: String, claim: String)) -> Explanation {
    let result = Auditor.audit(fabric)
    var paragraphs = ["The audit proves that \(rule.claim)."]
    if let report = result.rules.first(where: { $0.rule == rule.name }) {
      paragraphs.append(
        report.checked == 0
          ? "This plan holds nothing to check."
          : "It looked at \(report.checked) facts of this plan and found \(report.findings) wrong.")
    }
    for finding in result.findings where finding.rule == rule.name {
      paragraphs.append(sentence(finding.message))
    }
    return Explanation(subject: rule.name, paragraphs: paragraphs)
  }

  /// How many are bought, at which price, and where the price comes from.
  private func price(_ line: BOMLine) -> [String] {
    let price = line.price
    var count = "\(line.needed) built in and \(line.spares) spare"
    if line.packSize > 1 { count += ", in packs of \(line.packSize)" }
    var origin = "\(price.condition.rawValue), \(price.kind.rawValue) price"
    origin += price.asOf.map { " of \($0.iso)" } ?? " without a date"
    if price.amount.currency != line.unitPrice.currency {
      origin += ", \(Format.money(price.amount)) there"
    }
    var texts = [
      "Bought: \(line.packs) at \(Format.money(line.unitPrice)), together"
        + " \(Format.money(line.total)) (\(count)).",
      "The price is a \(origin); source: \(price.source.isEmpty ? "none" : price.source).",
    ]
    if line.low != line.high {
      texts.append(
        "Within the price's interval the line is \(Format.money(line.low)) to"
          + " \(Format.money(line.high)).")
    }
    return texts
  }

  /// What is to be confirmed about something.
  private func open(_ subject: String) -> [String] {
    fabric.confirmations.filter { $0.subject == subject }.map {
      "To confirm (\($0.kind.rawValue)): \(sentence($0.question))"
    }
  }

  private func line(_ link: Link) -> String {
    "Link \(link.id), \(link.role.rawValue), \(Format.rate(link.rate)): \(place(link.a)) to"
      + " \(place(link.b)), cable \(link.cable)."
  }

  private func place(_ endpoint: Endpoint) -> String {
    endpoint.port.isEmpty ? endpoint.node : "\(endpoint.node) \(endpoint.port)"
  }
}
