import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Switches that act as one and do not agree.
  static let pairs: [Defect] = [
    pair("heartbeat-to-the-wrong-address", "pair-agrees") {
      $0.backupDestination = IPv4Address(bits: 0x7F00_0001)
    },
    pair("unlike-domains", "pair-agrees") { $0.domain += 1 },
    pair("unlike-system-macs", "pair-agrees") { $0.systemMAC = "02:00:00:00:00:99" },
    pair("same-unit-ids", "pair-agrees") { $0.unit = 1 - ($0.unit ?? 0) },
    Defect("same-priorities", "pair-agrees") { fabric, _ in
      let members = fabric.intents.indices.filter { fabric.intents[$0].pair != nil }
      for index in members { fabric.intents[index].pair?.priority = 4096 }
      return members.first.map { fabric.intents[$0].hostname }
    },
    Defect("pair-missing", "pair-agrees") { fabric, rng in
      guard let index = member(fabric, &rng) else { return nil }
      fabric.intents[index].pair = nil
      return fabric.intents[index].hostname
    },
    Defect("tors-paired", "pair-agrees") { fabric, rng in
      let pair = fabric.intents.lazy.compactMap(\.pair).first
      guard let device = fabric.devices.filter({ $0.role == .tor }).randomElement(using: &rng),
        let index = fabric.intentIndex(device.name), let pair
      else { return nil }
      fabric.intents[index].pair = pair
      return device.name
    },
    Defect("unlike-models-in-a-pair", "pair-agrees") { fabric, rng in
      guard let index = member(fabric, &rng),
        let device = fabric.devices.firstIndex(where: {
          $0.name == fabric.intents[index].hostname
        }),
        let copy = fabric.addCopy(
          of: fabric.devices[device].part, as: "wrong-switch", change: { _ in })
      else { return nil }
      fabric.devices[device].part = copy
      return fabric.devices[device].name
    },
    Defect("peer-link-of-one-member", "peer-link") { fabric, _ in
      let links = fabric.links(.peer).map { fabric.links[$0].id }
      guard let kept = links.first else { return nil }
      for id in links where id != kept { _ = fabric.unplug(id) }
      return fabric.links.first { $0.id == kept }?.a.node
    },
    Defect("peer-link-too-slow", "peer-link") { fabric, _ in
      let links = fabric.links(.peer)
      guard let first = links.first else { return nil }
      for index in links { fabric.links[index].rate = DataRate(bitsPerSecond: 1_000_000_000) }
      return fabric.links[first].a.node
    },
    lag(
      "peer-link-with-vlans", "peer-link", where: { $1.isPeerLink && !$0.vlans.isEmpty },
      change: {
        $0.membership.untagged = VLANID(1)
      }),
    Defect("peer-link-not-marked", "peer-link") { fabric, rng in
      let places = fabric.lags { $1.isPeerLink }
      guard let (intent, lag) = places.randomElement(using: &rng) else { return nil }
      fabric.intents[intent].lags[lag].isPeerLink = false
      return fabric.intents[intent].hostname
    },
    Defect("stacked-switches", "no-stacking") { fabric, rng in
      guard let index = member(fabric, &rng),
        let device = fabric.device(fabric.intents[index].hostname),
        fabric.changeSwitch(device.part, change: { $0.multiChassis = .stacking })
      else { return nil }
      return device.name
    },
  ]

  private static func member(_ fabric: Fabric, _ rng: inout SplitMix64) -> Int? {
    fabric.intents.indices.filter { fabric.intents[$0].pair != nil }.randomElement(using: &rng)
  }

  private static func pair(
    _ name: String, _ rule: String, change: @escaping @Sendable (inout PairIntent) -> Void
  ) -> Defect {
    Defect(name, rule) { fabric, rng in
      guard let index = member(fabric, &rng), var pair = fabric.intents[index].pair else {
        return nil
      }
      change(&pair)
      fabric.intents[index].pair = pair
      return fabric.intents[index].hostname
    }
  }
}
