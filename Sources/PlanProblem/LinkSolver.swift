import CatalogModel
import Quantities
import SiteModel
import Synchronization
import Threads

/// Finds all solutions of a link (model, M3), remembering what it found.
///
/// A class because the memory is shared by the whole search, on whatever threads it runs.
public final class LinkSolver: Sendable {
  private let catalog: Catalog
  private let prices: PriceBook
  /// Lower bound of the cost of one unit of each part.
  public let linear: [Int64]
  private let allowsUnknown: Bool
  private let thirdParty: Bool
  private let coreVendor: String
  private let attached: [Int]
  private let fibres: [Int]
  private let copper: [Int]
  private let optics: [Int]
  private let classes: MediaClasses
  private let memory = Memo<Question, LinkList>()
  private let lists = Atomic(0)

  private struct Question: Hashable {
    var a: LinkEnd
    var b: LinkEnd
    var rate: DataRate
    var run: LinkRun
  }

  /// Class of a core or management port.
  public static let noClass = -1

  /// Prepares the media of a catalogue that have a price. Those are left out that another one can
  /// replace everywhere at a strictly lower price: spare, pack and test rounding are subadditive,
  /// so no optimum holds them.
  ///
  /// - Parameter linear: lower bound of the cost of one unit of each part; lists of solutions come
  ///   in its order, cheapest first, then in the order found.
  /// - Parameter devices: all switches and cards that a plan may contain.
  public init(
    site: Site, catalog: Catalog, prices: PriceBook, linear: [Int64], devices: [Int]
  ) {
    self.linear = linear
    self.catalog = catalog
    self.prices = prices
    allowsUnknown = site.requirements.allowsUnknown
    thirdParty = site.requirements.thirdPartyOptics
    coreVendor = site.core?.vendor ?? ""
    var (attached, fibres, copper, optics) = ([Int](), [Int](), [Int](), [Int]())
    var media: [Int] = []
    for (index, part) in catalog.parts.enumerated() where prices.chosen[index] != nil {
      if let cable = part.asCable {
        if cable.family.isAttached {
          // A shop may sell what no source knows to work.
          if let most = catalog.references.longest(cable.family), cable.length > most { continue }
          attached.append(index)
        } else if cable.lanes != 1 {
          continue
        } else if cable.family == .fibre {
          fibres.append(index)
        } else {
          copper.append(index)
        }
        media.append(index)
      } else if part.asOptic != nil {
        optics.append(index)
        media.append(index)
      }
    }
    classes = MediaClasses(
      catalog: catalog, media: media, thirdParty: thirdParty, devices: devices)
    let dominance = MediaDominance(
      catalog: catalog, prices: prices, rows: classes.verdicts, mediaIndex: classes.mediaIndex,
      allowsUnknown: allowsUnknown, thirdParty: thirdParty, coreVendor: coreVendor)
    self.attached = dominance.kept(attached)
    self.fibres = dominance.kept(fibres)
    self.copper = dominance.kept(copper)
    self.optics = dominance.kept(optics)
  }

  /// The acceptance class of a switch or card; `noClass` for one that no plan may contain.
  public func mediaClass(_ part: Int) -> Int { classes.classOfPart[part] }

  /// For each medium whether a switch or card accepts it.
  public func acceptedMedia(_ part: Int) -> [Bool] {
    let number = mediaClass(part)
    guard classes.verdicts.indices.contains(number) else { return [] }
    return classes.verdicts[number].map { $0.isAccepted(allowsUnknown: allowsUnknown) }
  }

  /// Lower bound of the cost of a number of links of one role. For solutions of one link the order
  /// by it is the same for every number.
  public func cost(_ solution: LinkSolution, links: Int) -> Int64 {
    var cost = linear[solution.cable] * Int64(solution.cables(links: links))
    if let optic = solution.opticA { cost += linear[optic] * Int64(links) }
    if let optic = solution.opticB { cost += linear[optic] * Int64(links) }
    return cost
  }

  /// All solutions, cheapest first.
  public func solutions(
    a: LinkEnd, b: LinkEnd, rate: DataRate, run: LinkRun
  ) -> LinkList {
    var question = Question(a: a, b: b, rate: rate, run: run)
    // Parts of one class have the same answers.
    question.a.part = -1
    question.b.part = -1
    return memory.value(question) {
      LinkList(
        id: lists.wrappingAdd(1, ordering: .relaxed).oldValue, solutions: all(question))
    }
  }

  private func all(_ question: Question) -> [LinkSolution] {
    var found: [LinkSolution] = []
    if question.a.lanes > 1 || question.b.lanes > 1 {
      addBreakouts(question, to: &found)
    } else {
      addAttached(question, to: &found)
      addFibre(question, to: &found)
      addTwistedPair(question, to: &found)
    }
    if question.run.existing.count > 1 {
      // Two fixed runs of one medium give the same solution twice: the first listed counts.
      var seen = Set<LinkSolution>()
      found.removeAll { !seen.insert($0).inserted }
    }
    let costs = found.map { cost($0, links: 1) }
    return found.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.map { found[$0] }
  }

  private func accepts(_ medium: Int, in end: LinkEnd) -> Bool {
    switch end.owner {
    case .management: return false
    case .core:
      let vendor = catalog.parts[medium].vendor
      if !coreVendor.isEmpty, vendor == coreVendor { return true }
      if !thirdParty, !coreVendor.isEmpty { return false }
      return allowsUnknown
    case .planSwitch, .card:
      let place = classes.mediaIndex[medium]
      guard end.mediaClass >= 0, place >= 0 else { return false }
      return classes.verdicts[end.mediaClass][place].isAccepted(allowsUnknown: allowsUnknown)
    }
  }

  private func isThirdParty(_ optic: Int, in end: LinkEnd) -> Bool {
    end.owner == .planSwitch && end.mediaClass >= 0
      && catalog.parts[optic].vendor != classes.vendorOf[end.mediaClass]
  }

  private func powers(_ draw: Power?, in end: LinkEnd) -> Bool {
    guard let draw, let limit = end.maxOpticPower else { return true }
    return draw <= limit
  }

  private func addAttached(_ question: Question, to found: inout [LinkSolution]) {
    let (a, b) = (question.a, question.b)
    for index in attached {
      guard let cable = catalog.parts[index].asCable, cable.lanes == 1,
        let rate = cable.rate, rate >= question.rate, cable.length >= question.run.routed,
        (a.connector.accepts(cable.endA) && b.connector.accepts(cable.endB))
          || (a.connector.accepts(cable.endB) && b.connector.accepts(cable.endA)),
        accepts(index, in: a), accepts(index, in: b),
        powers(cable.powerPerEnd, in: a), powers(cable.powerPerEnd, in: b)
      else { continue }
      found.append(solution(index))
    }
  }

  private func addBreakouts(_ question: Question, to found: inout [LinkSolution]) {
    let (split, other) =
      question.a.lanes > 1 ? (question.a, question.b) : (question.b, question.a)
    guard other.lanes == 1 else { return }
    for index in attached {
      guard let cable = catalog.parts[index].asCable, cable.lanes == split.lanes,
        let rate = cable.rate, rate >= question.rate, cable.length >= question.run.routed,
        split.connector.accepts(cable.endA), other.connector.accepts(cable.endB),
        accepts(index, in: split), accepts(index, in: other),
        powers(cable.powerPerEnd, in: split), powers(cable.powerPerEnd, in: other)
      else { continue }
      var built = solution(index)
      built.lanes = cable.lanes
      found.append(built)
    }
  }

  private func solution(_ cable: Int) -> LinkSolution {
    LinkSolution(
      cable: cable, pieces: 1, opticA: nil, opticB: nil, lanes: 1, thirdPartyA: false,
      thirdPartyB: false, existing: nil)
  }

  /// Ways to lay a cord: straight, or two cords over each fixed run of its medium.
  private func lays(
    _ cable: CableSpec, _ run: LinkRun
  ) -> [(pieces: Int, path: Length, existing: Medium?)] {
    var ways: [(pieces: Int, path: Length, existing: Medium?)] = []
    if cable.length >= run.routed { ways.append((1, cable.length, nil)) }
    if cable.length >= run.patched {
      for fixed in run.existing where fixed.medium == cable.medium {
        let path = fixed.length.millimetres + 2 * cable.length.millimetres
        ways.append((2, Length(millimetres: path), fixed.medium))
      }
    }
    return ways
  }

  private func addFibre(_ question: Question, to found: inout [LinkSolution]) {
    let fitA = pairable(opticsFitting(question.a, rate: question.rate))
    guard !fitA.isEmpty else { return }
    let fitB = pairable(opticsFitting(question.b, rate: question.rate))
    guard !fitB.isEmpty else { return }
    for index in fibres {
      guard let cable = catalog.parts[index].asCable, let medium = cable.medium else { continue }
      for way in lays(cable, question.run) {
        let far = fitB.filter { reaches($0.spec, medium, way.path) }
        guard !far.isEmpty else { continue }
        for near in fitA where reaches(near.spec, medium, way.path) {
          for optic in far
          where near.spec.standard == optic.spec.standard
            && ((near.spec.socket == cable.endA && optic.spec.socket == cable.endB)
              || (near.spec.socket == cable.endB && optic.spec.socket == cable.endA))
          {
            found.append(solution(index, way, near.index, optic.index, question))
          }
        }
      }
    }
  }

  private func pairable(_ list: [Int]) -> [(index: Int, spec: OpticSpec)] {
    list.compactMap { index in catalog.parts[index].asOptic.map { (index, $0) } }
  }

  private func reaches(_ optic: OpticSpec, _ medium: Medium, _ path: Length) -> Bool {
    optic.reach.contains { $0.medium == medium && $0.length >= path }
  }

  private func opticsFitting(_ end: LinkEnd, rate: DataRate) -> [Int] {
    optics.filter { index in
      guard let optic = catalog.parts[index].asOptic else { return false }
      return end.connector.accepts(optic.form) && optic.rates.contains(rate)
        && accepts(index, in: end) && powers(optic.power, in: end)
    }
  }

  /// 10GBASE-T on Cat6A reaches 100 m (IEEE 802.3an), 1000BASE-T on Cat5e and better 100 m
  /// (IEEE 802.3ab).
  private static let twistedPairReach = Length.metres(100)

  private func addTwistedPair(_ question: Question, to found: inout [LinkSolution]) {
    let endsA = twistedPairEnds(question.a, rate: question.rate)
    let endsB = twistedPairEnds(question.b, rate: question.rate)
    guard !endsA.isEmpty, !endsB.isEmpty else { return }
    for index in copper {
      guard let cable = catalog.parts[index].asCable, let medium = cable.medium,
        medium.isTwistedPair,
        question.rate <= (medium == .cat6a ? .gigabits(10) : .gigabits(1))
      else { continue }
      for way in lays(cable, question.run) where way.path <= LinkSolver.twistedPairReach {
        for opticA in endsA where reachesCopper(opticA, medium, way.path) {
          for opticB in endsB where reachesCopper(opticB, medium, way.path) {
            found.append(solution(index, way, opticA, opticB, question))
          }
        }
      }
    }
  }

  private func reachesCopper(_ optic: Int?, _ medium: Medium, _ path: Length) -> Bool {
    guard let optic else { return true }
    guard let spec = catalog.parts[optic].asOptic else { return false }
    return reaches(spec, medium, path)
  }

  /// `[nil]` for an RJ45 port, else the RJ45 transceivers that fit.
  private func twistedPairEnds(_ end: LinkEnd, rate: DataRate) -> [Int?] {
    if end.connector == .rj45 { return [nil] }
    return opticsFitting(end, rate: rate).filter {
      catalog.parts[$0].asOptic?.socket == .rj45
    }
  }

  private func solution(
    _ cable: Int, _ way: (pieces: Int, path: Length, existing: Medium?), _ opticA: Int?,
    _ opticB: Int?, _ question: Question
  ) -> LinkSolution {
    LinkSolution(
      cable: cable, pieces: way.pieces, opticA: opticA, opticB: opticB, lanes: 1,
      thirdPartyA: opticA.map { isThirdParty($0, in: question.a) } ?? false,
      thirdPartyB: opticB.map { isThirdParty($0, in: question.b) } ?? false,
      existing: way.existing)
  }
}
