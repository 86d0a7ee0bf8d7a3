import Quantities
import SiteModel

/// The cards of a host group and the traffic on them.
extension HostReader {
  static func cards(_ group: SectionReader) -> [CardDraft] {
    (group.items("nics") ?? []).enumerated().compactMap { index, item in
      let path = group.path("nics") + "[\(index)]"
      group.log.note(path, at: item.position)
      if case .scalar = item.content {
        guard let model = group.text(item, of: "nics") else { return nil }
        group.log.note(path + ".model", at: item.position)
        let nic = HostNIC(
          model: model == "any" ? nil : model, position: item.position, attach: .newFabric,
          carries: [])
        return CardDraft(nic: nic, carries: nil, path: path)
      }
      let reader = SectionReader(
        SiteKeys.nic, item, path: path, log: group.log,
        listPath: group.listPath.map { $0 + ".nics[\(index)]" }, member: group.member)
      return card(reader, path: path)
    }
  }

  private static func card(_ reader: SectionReader, path: String) -> CardDraft {
    let model = reader.text("model")
    let onboard = reader.text("onboard")
    if model != nil, onboard != nil, let value = reader.value("onboard") {
      reader.log.report(
        "given-twice", at: value.position, "a card is either a `model` or `onboard`, not both",
        hint: "make them two entries")
    }
    let isOnboard = reader.value("onboard") != nil
    let ports = reader.integer("ports")
    let connector = reader.choice("connector")
    for key in ["ports", "connector"] where model == nil || model == "any" {
      guard let value = reader.value(key) else { continue }
      reader.log.report(
        "needs-model", at: value.position, "`\(key)` describes a card that `model` names",
        hint: isOnboard ? "the words of `onboard` say it" : "name the card, or leave it out")
    }
    var attach: Attachment = isOnboard ? .existingLAN : .newFabric
    if reader.value("attach") == nil {
      reader.took("attach", attach.rawValue)
    } else if let word = reader.choice("attach"), let given = Attachment(rawValue: word) {
      attach = given
    }
    var carries: [TrafficClass]?
    if reader.value("carries") != nil {
      carries = (reader.choices("carries") ?? []).compactMap(TrafficClass.init(rawValue:)).sorted()
    }
    let nic = HostNIC(
      model: model == "any" ? nil : model,
      position: reader.value("model")?.position ?? reader.position, onboard: onboard ?? "",
      count: reader.integer("count") ?? 1, attach: attach, carries: carries ?? [],
      ports: ports, connector: connector)
    return CardDraft(nic: nic, carries: carries, path: path)
  }

  /// The groups with every card's traffic settled.
  static func hosts(_ drafts: [HostDraft], traffic: Traffic, log: ReadLog) -> [HostGroup] {
    drafts.map { draft in
      HostGroup(
        name: draft.name, placements: draft.placements, memory: draft.memory, os: draft.os,
        nics: nics(draft, traffic: traffic), position: draft.position)
    }
  }

  private static func nics(_ draft: HostDraft, traffic: Traffic) -> [HostNIC] {
    let classes = traffic.classes
    guard !draft.cards.isEmpty else { return bought(draft, classes: classes, traffic: traffic) }
    let given = Set(draft.cards.flatMap { $0.carries ?? [] })
    let rest = classes.filter { !given.contains($0) }
    return draft.cards.enumerated().map { index, card in
      var nic = card.nic
      if card.carries == nil, nic.attach == .newFabric {
        nic.carries = rest
        draft.reader.log.took(
          "hosts[].nics[\(index)].carries", member: draft.name, value: list(rest),
          because: SiteKeys.nic.key("carries")?.reason ?? "")
      }
      return nic
    }
  }

  /// Cards for hosts that list none: one, or two where guests and RDMA cannot share a card.
  private static func bought(
    _ draft: HostDraft, classes: [TrafficClass], traffic: Traffic
  ) -> [HostNIC] {
    let own = classes.filter { $0 != .tenant }
    let splits =
      draft.os == HostRules.windows2012R2 && traffic.rdma != .none && classes.contains(.tenant)
      && !own.isEmpty
    let sets = splits ? [own, [.tenant]] : [classes]
    draft.reader.took(
      "nics", sets.map { "a card for " + list($0) }.joined(separator: " and "),
      because: splits
        ? "no cards are listed; on Windows Server 2012 R2 guests and RDMA need cards of their own"
        : "no cards are listed, so one is chosen and bought for each host")
    return sets.map {
      HostNIC(model: nil, position: draft.position, attach: .newFabric, carries: $0)
    }
  }

  private static func list(_ classes: [TrafficClass]) -> String {
    "[" + classes.map(\.rawValue).joined(separator: ", ") + "]"
  }
}

extension Traffic {
  /// Every kind of traffic that cards on the new network carry, sorted.
  var classes: [TrafficClass] {
    var classes: [TrafficClass] = []
    if backup != .none { classes.append(.backup) }
    if csv { classes.append(.csv) }
    if liveMigration { classes.append(.liveMigration) }
    if storage { classes.append(.storage) }
    if !tenantVLANs.isEmpty { classes.append(.tenant) }
    return classes
  }
}
