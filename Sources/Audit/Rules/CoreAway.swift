import Fabric

extension PlanProof {
  /// The core comes last when the network is built, goes first when it is rolled back, and may fail
  /// while a switch is being upgraded: storage must live without it. Uplink groups that are not
  /// enabled from the start do nothing then.
  static let coreAway = PlanProof(
    "core-away",
    claim: "while the core is not hooked up, no loss of one switch or cable leaves a host without "
      + "any link",
    readsIntents: true
  ) { context, ledger in
    guard context.layer2.trunks.contains(where: { $0.b == nil }) else { return }
    let trackers = CoreAway.trackers(context)
    for loss in CoreAway.losses(context, trackers) {
      let dark = trackers.filter { !$0.ways.contains { $0.survives(loss) } }.map(\.device)
      let cutOff = dark.isEmpty ? [] : CoreAway.hostsWithoutLink(after: loss, dark: dark, context)
      let names = dark.map { context.switches[$0].name }
      ledger.expect(
        cutOff.isEmpty, at: names + CoreAway.subject(loss, context),
        "while the core is away and after this loss its host ports go down, and "
          + "\(cutOff.first ?? "") has no link left",
        expected: "an uplink group that is not enabled before the core is hooked up",
        hint: "storage would die with the core")
    }
  }
}

/// What the network does while no link leads to the core.
private enum CoreAway {
  /// A way up that does not lead to the core.
  struct Way {
    let far: Int
    let cable: Int?

    func survives(_ loss: Loss) -> Bool {
      switch loss {
      case .nothing: true
      case .device(let dead): far != dead
      case .cable(let dead): cable != dead
      }
    }
  }

  /// A switch that takes its host ports down, with what its groups watch besides the core. All
  /// groups of a switch count as one.
  struct Tracker {
    let device: Int
    let ways: [Way]
  }

  static func trackers(_ context: AuditContext) -> [Tracker] {
    context.switches.indices.compactMap { index in
      let groups = context.switches[index].intent?.uplinkGroups.filter(\.enabled) ?? []
      let watched = Set(groups.flatMap(\.upstreamLAGs))
      guard !watched.isEmpty else { return nil }
      let ways = context.layer2.trunks.compactMap { trunk -> Way? in
        guard let b = trunk.b, let portB = trunk.portB, trunk.portA.enabled, portB.enabled else {
          return nil
        }
        switch index {
        case trunk.a where trunk.portA.lag.map(watched.contains) ?? false:
          return Way(far: b, cable: trunk.cable)
        case b where portB.lag.map(watched.contains) ?? false:
          return Way(far: trunk.a, cable: trunk.cable)
        default: return nil
        }
      }
      return Tracker(device: index, ways: ways)
    }
  }

  /// Losses that can darken a switch, and that of every switch.
  static func losses(_ context: AuditContext, _ trackers: [Tracker]) -> [Loss] {
    let devices = context.switches.indices.filter { context.switches[$0].device.role != .outOfBand }
    let cables = Set(trackers.flatMap { $0.ways.compactMap(\.cable) }).sorted()
    return [.nothing] + devices.map(Loss.device) + cables.map(Loss.cable)
  }

  static func hostsWithoutLink(
    after loss: Loss, dark: [Int], _ context: AuditContext
  ) -> [String] {
    var hasLink = [Bool](repeating: false, count: context.fabric.hosts.count)
    var isPlugged = hasLink
    for attachment in context.layer2.attachments {
      let host = context.hostPorts[attachment.hostPort].host
      isPlugged[host] = true
      if dark.contains(attachment.device) || !attachment.port.enabled { continue }
      switch loss {
      case .device(attachment.device): continue
      case .cable(let cable) where attachment.cable == cable: continue
      default: hasLink[host] = true
      }
    }
    return context.fabric.hosts.indices.filter { isPlugged[$0] && !hasLink[$0] }
      .map { context.fabric.hosts[$0].name }
  }

  static func subject(_ loss: Loss, _ context: AuditContext) -> [String] {
    switch loss {
    case .nothing: []
    case .device(let index): [context.switches[index].name]
    case .cable(let index): [context.fabric.cables[index].id]
    }
  }
}
