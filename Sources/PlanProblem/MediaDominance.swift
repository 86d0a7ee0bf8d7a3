import CatalogModel
import Quantities

/// Tells which cables and transceivers can never be part of an optimum.
///
/// Medium x goes when some y costs strictly less for the same pack and spare rate and can stand
/// wherever x can: same kind and plugs, at least its length, rates and reach, no more power, and
/// accepted by every device and core that accepts x. Replacing every x by y then costs less, since
/// ceil(a (m + n)) <= ceil(a m) + ceil(a n) and likewise for packs and for test batches.
struct MediaDominance {
  let catalog: Catalog
  let prices: PriceBook
  /// Verdicts of every class of device, by media index.
  let rows: [[CompatibilityRule.Verdict]]
  let mediaIndex: [Int]
  let allowsUnknown: Bool
  let thirdParty: Bool
  let coreVendor: String

  /// The media that no other of the list replaces.
  func kept(_ list: [Int]) -> [Int] {
    list.filter { x in !list.contains { y in y != x && replaces(y, x) } }
  }

  private func replaces(_ y: Int, _ x: Int) -> Bool {
    // Prices part most pairs, and are quicker to look at than parts.
    guard let dear = prices.chosen[x]?.unit, let cheap = prices.chosen[y]?.unit, cheap < dear,
      prices.spareRate[y] == prices.spareRate[x]
    else { return false }
    let (new, old) = (catalog.parts[y], catalog.parts[x])
    guard new.packSize == old.packSize, suits(new, old) else { return false }
    // A core of a stated vendor accepts that vendor's media; test batches go by vendor too.
    if new.vendor != old.vendor {
      guard old.vendor != coreVendor || coreVendor.isEmpty else { return false }
      if old.asOptic != nil {
        let makesSwitches = catalog.parts.contains {
          $0.vendor == old.vendor && $0.asSwitch != nil
        }
        guard !makesSwitches else { return false }
      }
    }
    return rows.allSatisfy { row in
      !row[mediaIndex[x]].isAccepted(allowsUnknown: allowsUnknown)
        || row[mediaIndex[y]].isAccepted(allowsUnknown: allowsUnknown)
    }
  }

  private func suits(_ new: Part, _ old: Part) -> Bool {
    if let y = new.asCable, let x = old.asCable { return suits(y, x) }
    if let y = new.asOptic, let x = old.asOptic { return suits(y, x) }
    return false
  }

  private func suits(_ y: CableSpec, _ x: CableSpec) -> Bool {
    guard y.family == x.family || (y.family.isAttached && x.family.isAttached),
      y.medium == x.medium, y.endA == x.endA, y.endB == x.endB, y.lanes == x.lanes,
      y.length >= x.length, draws(y.powerPerEnd, noMoreThan: x.powerPerEnd)
    else { return false }
    if y.family.isAttached {
      guard let mine = y.rate, let theirs = x.rate else { return false }
      return mine >= theirs
    }
    // A longer cord could pass the reach of a transceiver: only equal ones replace.
    return y.length == x.length
  }

  private func suits(_ y: OpticSpec, _ x: OpticSpec) -> Bool {
    y.form == x.form && y.standard == x.standard && y.socket == x.socket
      && x.rates.allSatisfy(y.rates.contains)
      && x.reach.allSatisfy { far in
        y.reach.contains { $0.medium == far.medium && $0.length >= far.length }
      }
      && draws(y.power, noMoreThan: x.power)
  }

  /// An unknown draw passes every limit (M3), so it replaces all and is replaced by its like.
  private func draws(_ y: Power?, noMoreThan x: Power?) -> Bool {
    guard let y else { return true }
    guard let x else { return false }
    return y <= x
  }
}
