import Quantities
import SiteModel

extension Model {
  /// Rack of the room by name.
  func rackIndex(_ name: String) -> Int? { site.room.racks.firstIndex { $0.name == name } }

  /// v of M2 in twentieths of a millimetre: 889/20 mm for each unit of a host's rack.
  private func drop(_ rack: Int, isHost: Bool) -> Int64 {
    isHost ? Int64(site.room.racks[rack].units) * 889 : 0
  }

  /// A length in twentieths of a millimetre with slack, rounded up to whole millimetres.
  private func withSlack(_ twentieths: Int64) -> Int64 {
    let slack = site.room.slack
    let factor = Rational(slack.numerator + slack.denominator, over: slack.denominator * 20)
    return factor?.timesRoundedUp(twentieths) ?? .max
  }

  /// M2: the routed length in millimetres between an end in rack `p` and an end in rack `q`.
  func routedLength(_ p: Int, isHost pHost: Bool, _ q: Int, isHost qHost: Bool) -> Int64 {
    let room = site.room
    let width = room.rackWidth.millimetres * 20
    let drops = drop(p, isHost: pHost) + drop(q, isHost: qHost)
    if p == q { return withSlack(drops + width) }
    let (a, b) = (room.racks[p], room.racks[q])
    let ends = drops + 2 * (width + room.trayHeight.millimetres * 20)
    let along = Int64(abs(a.position - b.position)) * width
    let across = Int64(abs(a.row - b.row)) * room.rowPitch.millimetres * 20
    return withSlack(ends + along + across)
  }

  /// M2: what each of the two cords over existing cabling must cover, in millimetres.
  func cordLength(_ p: Int, isHost pHost: Bool, _ q: Int, isHost qHost: Bool) -> Int64 {
    let width = site.room.rackWidth.millimetres * 20
    return withSlack(max(drop(p, isHost: pHost), drop(q, isHost: qHost)) + width)
  }
}
