import Fabric
import Quantities
import SiteModel

/// The length of a cable's way, from the room alone.
///
/// L₀ is in millimetres. A host may sit anywhere in its rack, so its end counts the rack's full
/// height, units × 44.45 mm (EIA-310); switches, the core's patch and the management switch sit at
/// the top and count 0. Same rack: v(a) + v(b) + rack width. Different racks: for each end
/// v + rack width + tray height, then |difference of positions| × rack width + |difference of
/// rows| × row pitch. Routed = ⌈L₀ × (1 + slack)⌉, rounded once.
struct RoutedLength {
  /// One end: its rack and whether it is a host.
  struct End {
    let rack: Rack
    let isHost: Bool

    /// Height of the way inside the rack in units of 1/20 mm, to stay whole: 44.45 mm = 889/20.
    var vertical: Int64? {
      guard isHost else { return 0 }
      let (value, overflow) = Int64(rack.units).multipliedReportingOverflow(by: 889)
      return overflow ? nil : value
    }
  }

  let room: Room

  /// Routed length of a whole cable; `nil` when a number does not fit.
  func direct(_ a: End, _ b: End) -> Length? {
    guard let va = a.vertical, let vb = b.vertical else { return nil }
    let width = room.rackWidth.millimetres
    var terms: [(Int64, Int64)] = [(1, va), (1, vb)]
    if a.rack.name == b.rack.name {
      terms.append((20, width))
    } else {
      terms.append((40, width))
      terms.append((40, room.trayHeight.millimetres))
      terms.append((20, distance(a.rack.position, b.rack.position, width)))
      terms.append((20, distance(a.rack.row, b.rack.row, room.rowPitch.millimetres)))
    }
    return withSlack(twentieths: sum(terms))
  }

  /// Routed length of each patch cord when fixed cabling lies between: the longer way from an end
  /// to the panel in its rack.
  func toPanel(_ a: End, _ b: End) -> Length? {
    guard let va = a.vertical, let vb = b.vertical else { return nil }
    return withSlack(twentieths: sum([(1, max(va, vb)), (20, room.rackWidth.millimetres)]))
  }

  private func distance(_ a: Int, _ b: Int, _ step: Int64) -> Int64 {
    let (difference, o1) = a.subtractingReportingOverflow(b)
    guard !o1, let count = Int64(exactly: difference.magnitude) else { return .max }
    let (value, o2) = count.multipliedReportingOverflow(by: step)
    return o2 ? .max : value
  }

  private func sum(_ terms: [(Int64, Int64)]) -> Int64? {
    var total: Int64 = 0
    for (factor, value) in terms {
      let (product, o1) = factor.multipliedReportingOverflow(by: value)
      let (next, o2) = total.addingReportingOverflow(product)
      guard !o1, !o2 else { return nil }
      total = next
    }
    return total
  }

  private func withSlack(twentieths: Int64?) -> Length? {
    guard let twentieths, let factor = Rational.one.adding(room.slack),
      let each = factor.multiplied(by: Rational(1, over: 20) ?? .zero),
      let millimetres = each.timesRoundedUp(twentieths)
    else { return nil }
    return Length(millimetres: millimetres)
  }
}

extension AuditContext {
  /// Rack and kind of a node for routed lengths; `nil` when its rack is not in the room.
  func routedEnd(_ node: Node) -> RoutedLength.End? {
    let name: String
    var isHost = false
    switch node {
    case .device(let index): name = switches[index].device.rack
    case .host(let index):
      name = fabric.hosts[index].rack
      isHost = true
    case .core:
      guard let core = site.core else { return nil }
      name = core.rack
    case .management: name = site.management.rack
    case .unknown: return nil
    }
    guard let rack = site.room.racks.first(where: { $0.name == name }) else { return nil }
    return RoutedLength.End(rack: rack, isHost: isHost)
  }
}
