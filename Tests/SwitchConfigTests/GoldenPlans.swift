import CatalogModel
import Fabric
import PlanChecks

extension Golden {
  /// One switch of each of some small sites, `Golden/Sites/SITE.yaml`, as the planner states it: what
  /// the hand-written intents cannot show is that a plan gives a text that the facts allow.
  static let planned = Result {
    try sites.map { site, name, device in
      let path = "Tests/SwitchConfigTests/Golden/Sites/\(site).yaml"
      guard case .planned(let plan) = try maker.get().site(path, name: site),
        let intent = plan.fabric.intent(device), let part = plan.fabric.device(device)?.part
      else { throw NoPlan(site: site) }
      return GoldenSwitch(
        name, plan.fabric.catalog.part(part)?.model ?? "", intent, plan: plan.fabric.site.name)
    }
  }

  /// Site, golden text, switch.
  private static let sites = [
    ("linked-s4810", "os9-linked-s4810", "fabric-a"),
    ("linked-s4048", "os9-linked-s4048", "fabric-b"),
    ("islands-n4032f", "os6-island-n4032f", "fabric-b"),
    ("linked-7050sx", "eos-linked-7050sx", "fabric-a"),
    ("linked-93180yc", "nxos-linked-93180yc", "fabric-a"),
    ("linked-s5248f", "os10-linked-s5248f", "fabric-a"),
    ("leaf-7050sx", "eos-tor-7050sx", "r1-tor-a"),
    ("islands-m4300", "netgear-island-m4300", "fabric-b"),
    ("leaf-m4300", "netgear-tor-m4300", "r1-tor-a"),
    ("leaf-sn2010", "onyx-tor-sn2010", "r1-tor-a"),
    ("linked-sn2010", "onyx-linked-sn2010", "fabric-a"),
    ("leaf-as5835", "sonic-tor-as5835", "r1-tor-a"),
    ("islands-crs317", "routeros-island-crs317", "fabric-a"),
  ]

  /// The shipped catalogue without other switches and cards: they cost time and change nothing.
  private static let maker = Result {
    try PlanMaker { part in
      switch part.spec {
      case .networkSwitch, .nic: kept.contains(part.id.rawValue) ? part : nil
      default: part
      }
    }
  }

  private static let kept = [
    "dell-s4810", "dell-s4048-on", "dell-n4032f", "arista-7050sx-64", "dell-s5248f-on",
    "cisco-nexus-93180yc-ex", "netgear-m4300-24x24f", "mellanox-sn2010", "edgecore-as5835-54x",
    "mikrotik-crs317-1g-16s+rm",
    "intel-x520-da2",
    "mellanox-mcx312a-xcbt",
  ]

  private struct NoPlan: Error { var site: String }
}
