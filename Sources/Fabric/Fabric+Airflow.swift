import CatalogModel
import SiteModel

extension Fabric {
  /// The direction of air in which a switch must be ordered: its only one, the one that its rack
  /// states, or the only one that all switches of the rack can have; `nil` where its direction is
  /// not known, or is open as long as all of the rack are alike.
  public func airflow(of device: Device) -> Airflow? {
    let ways = airflows(of: device)
    if ways.count == 1 { return ways.first }
    if let stated = site.room.racks.first(where: { $0.name == device.rack })?.airflow {
      return ways.first { $0.rawValue == stated }
    }
    let others = devices.filter { $0.rack == device.rack }.map(airflows).filter {
      !$0.isEmpty && $0 != [.fanless]
    }
    let common = ways.filter { way in others.allSatisfy { $0.contains(way) } }
    return common.count == 1 ? common.first : nil
  }

  /// How many switches of a model are ordered with air in which direction, for an order number that
  /// does not tell: `1 piece (fabric-a) with air in at the ports, out at the supplies; 1 piece ...`.
  /// `nil` for parts that come in one way only.
  public func airflowOrder(of part: PartID) -> String? {
    guard let ways = catalog.part(part)?.asSwitch?.airflow, ways.count > 1 else { return nil }
    let own = devices.filter { $0.part == part }.map { (device: $0, way: airflow(of: $0)) }
    func words(_ way: Airflow?, _ direction: String) -> String? {
      let names = own.filter { $0.way == way }.map(\.device.name)
      guard !names.isEmpty else { return nil }
      return "\(names.count) \(names.count == 1 ? "piece" : "pieces")"
        + " (\(names.joined(separator: ", "))) with air \(direction)"
    }
    let fixed = ways.map { words($0, $0.words) }
    let open = words(
      nil,
      "in one direction, the same for all switches of a rack: "
        + ways.map(\.words).joined(separator: "; or "))
    let all = (fixed + [open]).compactMap { $0 }
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }

  private func airflows(of device: Device) -> [Airflow] {
    catalog.part(device.part)?.asSwitch?.airflow ?? []
  }
}
