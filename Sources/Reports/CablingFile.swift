import CatalogModel
import Fabric
import Quantities

/// `cabling.csv`: each cable once, in the order in which they are patched.
///
/// A breakout cable is one row: its trunk is end A, and the columns of end B hold its legs in lane
/// order, parted by ` | ` (legs that are not used are not listed; `legs` counts those that are).
/// `pieces` is 2 where fixed cabling lies between two patch cords; `routed_m` and `stock_m` are
/// then those of one cord.
enum CablingFile {
  static let header = [
    "order", "label", "purpose", "legs", "a_rack", "a_device", "a_port", "a_optic", "b_rack",
    "b_device", "b_port", "b_optic", "rate_gbps", "kind", "pieces", "routed_m", "stock_m",
    "cable_sku", "cable", "over_existing_cabling",
  ]

  static func csv(_ index: PlanIndex) -> String {
    var csv = CSV(header)
    for (number, cable) in index.patchOrder.enumerated() {
      let links = index.links(of: cable)
      let spec = index.part(cable.part)?.asCable
      let legs = cable.b
      func joined(_ value: (CableEnd) -> String) -> String {
        let values = legs.map(value)
        return values.allSatisfy(\.isEmpty) ? "" : values.joined(separator: " | ")
      }
      func optic(_ end: CableEnd) -> String { end.optic.map { index.skuOrLabel($0) } ?? "" }
      csv.row([
        .count(number + 1), .text(cable.id),
        .text(unique(links.map(\.role.rawValue)).joined(separator: " ")), .count(legs.count),
        .text(index.rack(of: cable.a.endpoint.node)), .text(cable.a.endpoint.node),
        .text(cable.a.endpoint.port), .text(optic(cable.a)),
        .text(joined { index.rack(of: $0.endpoint.node) }), .text(joined { $0.endpoint.node }),
        .text(joined { $0.endpoint.port }), .text(joined(optic)),
        links.first.map { .number(Format.gigabits($0.rate)) } ?? .empty,
        .text(spec?.family.rawValue ?? ""), .count(cable.pieces),
        .number(Format.metres(cable.routed)),
        spec.map { .number(Format.metres($0.length)) } ?? .empty, .text(index.sku(cable.part)),
        .text(index.label(cable.part)), .text(cable.existing),
      ])
    }
    return csv.text
  }
}
