import CatalogModel
import Quantities
import SiteModel

/// Routed lengths in the room (model, M2).
public struct Geometry: Sendable {
  private let room: Room
  private let stretch: Rational

  /// Height of one rack unit, 44.45 mm (EIA-310), as a fraction of millimetres.
  private static let unit = Rational(889, over: 20) ?? .one

  /// Reads a room.
  public init(room: Room) {
    self.room = room
    stretch = Rational.one.adding(room.slack) ?? .one
  }

  /// Vertical run of an end in a rack: the whole height for a host, none for a switch.
  private func vertical(_ rack: Rack, isHost: Bool) -> Rational {
    isHost ? Geometry.unit.multiplied(by: Rational(rack.units)) ?? .zero : .zero
  }

  /// Routed length between two ends, slack included, rounded up to a millimetre.
  public func routed(
    _ a: Rack, aIsHost: Bool = false, _ b: Rack, bIsHost: Bool = false
  ) -> Length {
    let vertical = vertical(a, isHost: aIsHost).adding(vertical(b, isHost: bIsHost)) ?? .zero
    var whole = room.rackWidth.millimetres
    if a.name != b.name {
      whole = 2 * (room.rackWidth.millimetres + room.trayHeight.millimetres)
      whole += Int64(abs(a.position - b.position)) * room.rackWidth.millimetres
      whole += Int64(abs(a.row - b.row)) * room.rowPitch.millimetres
    }
    return stretched(vertical, plus: whole)
  }

  /// Length that each patch cord must cover when fixed cabling lies between the ends.
  public func patched(
    _ a: Rack, aIsHost: Bool = false, _ b: Rack, bIsHost: Bool = false
  ) -> Length {
    let vertical = max(vertical(a, isHost: aIsHost), vertical(b, isHost: bIsHost))
    return stretched(vertical, plus: room.rackWidth.millimetres)
  }

  /// Fixed cabling between two racks, in the order of the site.
  public func existing(_ a: Rack, _ b: Rack) -> [ExistingCabling] {
    room.existingCabling.filter {
      ($0.rackA, $0.rackB) == (a.name, b.name) || ($0.rackA, $0.rackB) == (b.name, a.name)
    }
  }

  private func stretched(_ vertical: Rational, plus whole: Int64) -> Length {
    let sum = vertical.adding(Rational(whole, over: 1) ?? .zero) ?? .zero
    let product = sum.multiplied(by: stretch) ?? sum
    return Length(millimetres: product.timesRoundedUp(1) ?? .max)
  }
}
