import CatalogModel
import Fabric
import SiteModel

/// What a set of plans covers, so that a run shows what it did not look at.
public struct Spread: Sendable {
  /// Random sites drawn, and those of them that had a plan.
  public private(set) var draws = 0
  public private(set) var plannedDraws = 0
  /// Switches of each dialect in random plans; `-` for those that no dialect writes.
  public private(set) var switches: [String: Int] = [:]
  /// Time to plan each draw, whether it had a plan or not.
  private var times: [Duration] = []
  private var unplanned: [String: Int] = [:]
  /// Number of random plans by property, then by its value.
  private var table: [String: [String: Int]] = [:]

  mutating func add(_ attempt: Attempt, isRandom: Bool, time: Duration) {
    guard isRandom else { return }
    draws += 1
    times.append(time)
    switch attempt {
    case .planned(let plan):
      plannedDraws += 1
      add(plan)
    case .unplanned(let reason): unplanned[reason, default: 0] += 1
    case .refused: unplanned["refused", default: 0] += 1
    case .noAnswer: unplanned["no answer", default: 0] += 1
    }
  }

  private mutating func count(_ property: String, _ value: some CustomStringConvertible) {
    table[property, default: [:]][value.description, default: 0] += 1
  }

  private mutating func add(_ plan: PlannedCase) {
    let fabric = plan.fabric
    let site = fabric.site
    for intent in fabric.intents { switches[intent.os.rawValue, default: 0] += 1 }
    switches["-", default: 0] += fabric.devices.count - fabric.intents.count
    count("catalogue", plan.name.contains("redrawn") ? "redrawn" : "shipped")
    count("design", fabric.design.rawValue)
    count("racks", site.room.racks.count)
    count("rows", Set(site.room.racks.map(\.row)).count)
    let hosts = fabric.hosts.count
    count("hosts", hosts < 10 ? "1-9" : hosts < 40 ? "10-39" : hosts < 80 ? "40-79" : "80+")
    count("host groups", site.hosts.count)
    for os in Set(site.hosts.map(\.os)).sorted() { count("host OS", os) }
    let cards = site.hosts.flatMap(\.nics).filter { $0.attach == .newFabric }
    if cards.contains(where: { $0.model == nil }) { count("cards", "to be chosen") }
    if site.hosts.contains(where: { $0.nics.count { $0.attach == .newFabric } > 1 }) {
      count("cards", "two kinds a host")
    }
    for rate in Set(fabric.links.filter { $0.role == .host }.map(\.rate.wholeGigabits)).sorted() {
      count("host links", "\(rate) Gbps")
    }
    count("RDMA", site.traffic.rdma.rawValue)
    count("lossless", fabric.vlans.contains(where: \.lossless) ? "yes" : "no")
    count("backup", site.traffic.backup.rawValue)
    count("tenant VLANs", site.traffic.tenantVLANs.count)
    count("core", site.core.map { $0.kind.rawValue } ?? "none")
    if let core = site.core, fabric.links.contains(where: { $0.role == .core }) {
      count("core spanning tree", core.spanningTree.mode.rawValue)
      count("core ports", core.ports.first?.connector ?? "-")
    }
    for family in Set(fabric.cables.compactMap { fabric.family(of: $0) }).sorted() {
      count("cables", family)
    }
    if fabric.cables.contains(where: { !$0.existing.isEmpty }) { count("cables", "existing") }
    if fabric.devices.contains(where: { !$0.modules.isEmpty }) { count("switches", "modules") }
    if fabric.intents.contains(where: { !$0.splits.isEmpty }) { count("switches", "split ports") }
    count("management", site.management.buySwitch ? "switch bought" : "existing switch")
    count("third-party optics", site.requirements.thirdPartyOptics ? "yes" : "no")
    count("currency", site.currency.rawValue)
    count("defaults taken", site.defaults.isEmpty ? "no" : "yes")
    for name in Set(fabric.devices.map(\.part.rawValue)).sorted() { count("models", name) }
  }

  /// One line a property, values by name.
  public var text: String {
    var lines = ["random sites: \(draws) drawn, \(plannedDraws) with a plan"]
    func list(_ values: [String: Int]) -> String {
      values.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
        .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    if !unplanned.isEmpty { lines.append("  without a plan: \(list(unplanned))") }
    lines.append("  switches in random plans: \(list(switches))")
    let sorted = times.sorted()
    if let longest = sorted.last {
      let median = sorted[sorted.count / 2]
      lines.append(
        "  time to plan: median \(median.shown), longest \(longest.shown)")
    }
    for property in table.keys.sorted() {
      lines.append("  \(property): \(list(table[property] ?? [:]))")
    }
    return lines.joined(separator: "\n")
  }
}

extension Duration {
  /// Seconds with one digit after the point.
  fileprivate var shown: String {
    let tenths = components.seconds * 10 + components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

extension Fabric {
  fileprivate func family(of cable: Cable) -> String? {
    guard let spec = catalog.part(cable.part)?.asCable else { return nil }
    return "\(spec.family.rawValue)\(spec.lanes > 1 ? " breakout" : "")"
  }
}
