import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// Each switch but the out-of-band one has one intent, with just its ports.
  static let intentsComplete = PlanProof(
    "intents-complete",
    claim: "each switch is told what to do with each of its ports, in their order",
    readsIntents: true
  ) { context, ledger in
    let names = context.fabric.intents.map(\.hostname)
    for name in Set(names).sorted(by: { $0.precedesInBytes($1) }) {
      let count = names.filter { $0 == name }.count
      let device = context.fabric.device(name)
      ledger.expect(
        count == 1 && device != nil && device?.role != .outOfBand, at: [name],
        "\(count) intents carry this name",
        expected: device == nil ? "no intent, since there is no such switch" : "one intent")
    }
    for view in context.switches where view.device.role != .outOfBand {
      ledger.expect(view.intent != nil, at: [view.name], "nobody says what it is to do")
      guard let intent = view.intent else { continue }
      if let os = view.spec?.os {
        ledger.expect(
          intent.os == os, at: [view.name], "it is told in the words of \(intent.os.rawValue)",
          expected: os.rawValue)
      }
      checkPorts(view, intent, &ledger)
      checkSplits(view, intent, &ledger)
    }
  }

  private static func checkPorts(
    _ view: SwitchView, _ intent: SwitchIntent, _ ledger: inout Ledger
  ) {
    for port in intent.ports {
      ledger.expect(
        view.portIndex[port.name] != nil, at: [view.name, port.name],
        "it is told about a port that it does not have")
    }
    for port in view.device.ports where port.usable {
      ledger.expect(
        view.portIntentIndex[port.name] != nil, at: [view.name, port.name],
        "nobody says what this port is to do", expected: "a use, or shut down")
    }
    ledger.expect(
      view.portIntentIndex.count == intent.ports.count, at: [view.name],
      "a port is told twice what to do")
    let order = intent.ports.compactMap { view.portIndex[$0.name] }
    ledger.expect(
      zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, at: [view.name],
      "its ports are not in the order of the device")
  }

  private static func checkSplits(
    _ view: SwitchView, _ intent: SwitchIntent, _ ledger: inout Ledger
  ) {
    var lanes: [String: Int] = [:]
    for port in view.device.ports {
      if let whole = port.splitFrom { lanes[whole, default: 0] += 1 }
    }
    for whole in lanes.keys.sorted(by: { $0.precedesInBytes($1) }) {
      let splits = intent.splits.filter { $0.port == whole }
      ledger.expect(
        splits.count == 1, at: [view.name, whole],
        "it is to be split, and \(splits.count) lines say so", expected: "1")
      guard let split = splits.first else { continue }
      ledger.expect(
        split.lanes == lanes[whole], at: [view.name, whole], "it is told \(split.lanes) lanes",
        expected: "\(lanes[whole] ?? 0)")
      let lane = view.device.ports.first { $0.splitFrom == whole }
      if let rate = lane.flatMap({ view.group(of: $0) })?.split?.laneRate {
        ledger.expect(
          split.laneRate == rate, at: [view.name, whole], "its lanes are told another rate")
      }
    }
    for split in intent.splits {
      ledger.expect(
        lanes[split.port] != nil, at: [view.name, split.port],
        "it is told to split, and the plan uses it whole")
    }
  }
}
