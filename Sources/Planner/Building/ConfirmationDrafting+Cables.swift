import Fabric
import Quantities

extension ConfirmationDrafting {
  /// Cables that are much longer than their way, since nothing shorter is sold or cheaper: more than
  /// three times as long, and more than 10 m too long. One entry for each part.
  func leftovers() -> [Confirmation] {
    var ways: [Int: [Length]] = [:]
    for cable in fabric.cables {
      guard let index = problem.index(of: cable.part),
        let stock = part(index).asCable?.length.millimetres
      else { continue }
      let way = cable.routed.millimetres
      guard stock / 3 > way, stock - way > 10_000 else { continue }
      ways[index, default: []] += [Length](repeating: cable.routed, count: cable.pieces)
    }
    return ways.keys.sorted().compactMap { index in
      guard let own = ways[index], let shortest = own.min(), let longest = own.max(),
        let stock = part(index).asCable?.length
      else { return nil }
      func left(_ way: Length) -> String {
        // To 0.1 m: nobody stows millimetres.
        Format.length(
          Length(millimetres: (stock.millimetres - way.millimetres) / 100 * 100))
      }
      let (least, most) = (left(longest), left(shortest))
      let rest = least == most ? most : "\(least) to \(most)"
      return Confirmation(
        kind: .assumption, subject: part(index).id.rawValue,
        question: "\(rest) are left over at \(own.count == 1 ? "the" : "each of the")"
          + " \(Format.count(own.count, "cable")) of \(Format.length(stock)): there is a place for it"
      )
    }
  }
}
