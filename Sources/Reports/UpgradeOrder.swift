import CatalogModel
import Fabric
import SiteModel

/// Domain rule: all of fabric A, verify, then fabric B; peers of a pair one at a time.
public enum UpgradeOrder {
  /// What a pair asks for while its switches run different versions; empty without a pair.
  static func pairRule(_ fabric: Fabric) -> String {
    let peers = fabric.intents.filter { $0.pair != nil }.map { Markdown.code($0.hostname) }
    guard peers.count > 1 else { return "" }
    return
      "\(listing(peers)) are a pair and run one version, but for the time of the upgrade: read "
      + "in the release notes that the new version works in a pair with the old one (at most one "
      + "release apart; else go in steps), and upgrade both on the same day."
  }

  /// What comes before the firmware of a switch is touched; empty where the core does not matter.
  static func coreRule(_ fabric: Fabric) -> String {
    let watch = CoreWatch(fabric)
    return watch.isEmpty
      ? "" : "Only while the core is up. While it is down, first of all: \(watch.stop)"
  }

  /// The switches of a fabric in the order of their upgrade. The two of the pair follow one
  /// another, so that they run different versions briefly: last of fabric A, first of fabric B.
  static func devices(_ fabric: Fabric, _ side: FabricSide) -> [Device] {
    let own = fabric.devices.filter { $0.side == side && $0.role != .outOfBand }
    let (tors, centre) = (own.filter { $0.role == .tor }, own.filter { $0.role != .tor })
    return side == .a ? tors + centre : centre + tors
  }

  /// All switches in the order in which they are touched, one at a time: fabric A, then fabric B.
  public static func devices(_ fabric: Fabric) -> [Device] {
    FabricSide.allCases.flatMap { devices(fabric, $0) }
  }

  static func steps(_ fabric: Fabric) -> [String] {
    let way = StandbyWay(fabric)
    return FabricSide.allCases.flatMap { side in
      let steps = devices(fabric, side).map { device in
        let isPeer = fabric.intent(device.name)?.pair != nil
        let isOpen = way?.open == device.name
        return "\(Markdown.code(device.name)): "
          + (isOpen ? "change over to the standby to the core (`core-change.md`), " : "")
          + "upgrade, reload, wait until its links"
          + (isPeer ? " and the peer link are up" : " are up")
          + (isOpen ? ", change back." : ".")
      }
      guard !steps.isEmpty else { return [String]() }
      let hosts = "every host sees both of its ports and a live migration runs"
      return steps + [
        "Verify fabric \(side.rawValue): \(hosts)"
          + (side == .a ? " before fabric B is touched." : ".")
      ]
    }
  }
}
