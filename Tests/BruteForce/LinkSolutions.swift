import CatalogModel
import Quantities
import SiteModel

/// What holds an end of a link.
enum Holder: Hashable {
  /// A port of a switch, by part.
  case networkSwitch(Int)
  /// A port of a network card, by part.
  case card(Int)
  /// A port of the existing core.
  case core
  /// An RJ45 port of the out-of-band network.
  case managementJack
}

/// One end of a link.
struct LinkEnd: Hashable {
  var cage: Connector
  var holder: Holder
  var rack: Int
  var maxOpticPower: Power?

  var isHost: Bool { if case .card = holder { true } else { false } }
}

/// What M3 is asked: the solutions of links between two ends at one rate. `lanes` is that of the
/// split when end A is split.
struct SolutionQuestion: Hashable {
  var a: LinkEnd
  var b: LinkEnd
  var rate: DataRate
  var lanes: Int?
}

/// One way to make a link (M3).
struct LinkSolution: Hashable {
  var key: String
  var cable: Int
  /// Cables for each link.
  var pieces: Int
  var opticA: Int?
  var opticB: Int?
  /// Links that one breakout cable carries; `nil` for others.
  var lanes: Int?
  /// Optics in a switch of another vendor, a bit for each part (M1.5).
  var testedFirst: UInt64

  /// What `links` links of one role between the same racks consume.
  func uses(links: Int) -> [Use] {
    if let lanes { return [Use(part: cable, count: (links + lanes - 1) / lanes)] }
    var uses = [Use(part: cable, count: links * pieces)]
    if let opticA { uses.append(Use(part: opticA, count: links)) }
    if let opticB { uses.append(Use(part: opticB, count: links)) }
    return uses
  }
}

extension Model {
  /// Every solution of M3 whose parts can be bought, each key once.
  func solutions(
    _ a: LinkEnd, _ b: LinkEnd, rate: DataRate, lanes: Int? = nil
  ) -> [LinkSolution] {
    let question = SolutionQuestion(a: a, b: b, rate: rate, lanes: lanes)
    if let known = solutionCache[question] { return known }
    let routed = routedLength(a.rack, isHost: a.isHost, b.rack, isHost: b.isHost)
    let cord = cordLength(a.rack, isHost: a.isHost, b.rack, isHost: b.isHost)
    var found: [LinkSolution] = []
    for (index, part) in parts.enumerated() where price[index] != nil {
      guard let cable = part.asCable else { continue }
      let length = cable.length.millimetres
      if let lanes {
        if cable.family.isAttached, cable.lanes == lanes, length >= routed, works(cable),
          cable.rate.map({ $0 >= rate }) ?? false,
          a.cage.accepts(cable.endA), b.cage.accepts(cable.endB),
          isAccepted(index, at: a), isAccepted(index, at: b)
        {
          found.append(solution(index, pieces: 1, nil, nil, question))
        }
        continue
      }
      guard cable.lanes == 1 else { continue }
      if cable.family.isAttached {
        let fits =
          (a.cage.accepts(cable.endA) && b.cage.accepts(cable.endB))
          || (a.cage.accepts(cable.endB) && b.cage.accepts(cable.endA))
        if fits, length >= routed, works(cable), cable.rate.map({ $0 >= rate }) ?? false,
          isAccepted(index, at: a), isAccepted(index, at: b)
        {
          found.append(solution(index, pieces: 1, nil, nil, question))
        }
        continue
      }
      var paths: [(pieces: Int, length: Int64)] = []
      if length >= routed { paths.append((1, length)) }
      if length >= cord, let installed = installedLength(a.rack, b.rack, cable.medium) {
        paths.append((2, installed + 2 * length))
      }
      for path in paths {
        for (opticA, opticB) in opticPairs(cable, question, path: path.length) {
          found.append(solution(index, pieces: path.pieces, opticA, opticB, question))
        }
      }
    }
    var seen: Set<String> = []
    let unique = found.filter { seen.insert($0.key).inserted }
    solutionCache[question] = unique
    return unique
  }

  private func solution(
    _ cable: Int, pieces: Int, _ opticA: Int?, _ opticB: Int?, _ question: SolutionQuestion
  ) -> LinkSolution {
    var key = parts[cable].id.rawValue + (pieces == 2 ? "+existing" : "")
    if opticA != nil || opticB != nil {
      let names = [opticA, opticB].map { $0.map { parts[$0].id.rawValue } ?? "-" }
      key += "|" + names[0] + "|" + names[1]
    }
    var tested: UInt64 = 0
    for (optic, end) in [(opticA, question.a), (opticB, question.b)] {
      guard let optic, case .networkSwitch(let holder) = end.holder,
        parts[holder].vendor != parts[optic].vendor
      else { continue }
      tested |= 1 << UInt64(optic)
    }
    return LinkSolution(
      key: key, cable: cable, pieces: pieces, opticA: opticA, opticB: opticB,
      lanes: question.lanes, testedFirst: tested)
  }

  /// Whether a cable with fixed plugs is no longer than the greatest length that a rule for its
  /// family states.
  private func works(_ cable: CableSpec) -> Bool {
    var most: Int64?
    for rule in catalog.references.cableRules where rule.family == cable.family {
      if let length = rule.maxLength?.millimetres, length > most ?? 0 { most = length }
    }
    return most.map { cable.length.millimetres <= $0 } ?? true
  }

  /// The shortest existing cabling of the medium between the racks, in millimetres.
  private func installedLength(_ p: Int, _ q: Int, _ medium: Medium?) -> Int64? {
    guard let medium else { return nil }
    let names = [site.room.racks[p].name, site.room.racks[q].name]
    return site.room.existingCabling.filter {
      $0.medium == medium.rawValue
        && ([$0.rackA, $0.rackB] == names || [$0.rackB, $0.rackA] == names)
    }.map(\.length.millimetres).min()
  }

  /// The optics (`nil` for an RJ45 port) that work with a patch cord over a path of that length.
  private func opticPairs(
    _ cable: CableSpec, _ question: SolutionQuestion, path: Int64
  ) -> [(Int?, Int?)] {
    guard let medium = cable.medium else { return [] }
    switch cable.family {
    case .fibre:
      let left = optics(question.a, question.rate, medium, path)
      let right = optics(question.b, question.rate, medium, path)
      var pairs: [(Int?, Int?)] = []
      for (x, opticX) in left {
        for (y, opticY) in right where opticX.standard == opticY.standard {
          let (p, q) = (opticX.socket, opticY.socket)
          if (p == cable.endA && q == cable.endB) || (p == cable.endB && q == cable.endA) {
            pairs.append((x, y))
          }
        }
      }
      return pairs
    case .twistedPair:
      let fastest: DataRate? =
        switch medium {
        case .cat6a: .gigabits(10)
        case .cat5e, .cat6: .gigabits(1)
        default: nil
        }
      guard let fastest, question.rate <= fastest, path <= 100_000 else { return [] }
      let left = copperEnds(question.a, question.rate, medium, path)
      let right = copperEnds(question.b, question.rate, medium, path)
      return left.flatMap { x in right.map { y in (x, y) } }
    default: return []
    }
  }

  /// Optics that may sit at the end, run at the rate and reach that far.
  private func optics(
    _ end: LinkEnd, _ rate: DataRate, _ medium: Medium, _ path: Int64
  ) -> [(Int, OpticSpec)] {
    parts.enumerated().compactMap { index, part in
      guard price[index] != nil, let optic = part.asOptic, end.cage.accepts(optic.form),
        optic.rates.contains(rate), isAccepted(index, at: end),
        optic.reach.contains(where: { $0.medium == medium && path <= $0.length.millimetres })
      else { return nil }
      return (index, optic)
    }
  }

  /// An RJ45 port by itself, or the optics with that socket.
  private func copperEnds(
    _ end: LinkEnd, _ rate: DataRate, _ medium: Medium, _ path: Int64
  ) -> [Int?] {
    if end.cage == .rj45 { return [nil] }
    return optics(end, rate, medium, path).filter { $0.1.socket == .rj45 }.map { $0.0 }
  }

  /// Whether an optic or a cable with fixed plugs may sit in the cage of that end.
  private func isAccepted(_ medium: Int, at end: LinkEnd) -> Bool {
    let part = parts[medium]
    let verdict: CompatibilityRule.Verdict
    switch end.holder {
    case .managementJack: return true
    case .core:
      let vendor = site.core?.vendor ?? ""
      verdict = part.vendor == vendor ? .yes : .unknown
      if !rules.thirdPartyOptics, !vendor.isEmpty, part.vendor != vendor { return false }
    case .networkSwitch(let device):
      verdict = catalog.acceptance(of: part, in: parts[device]).verdict
      if !rules.thirdPartyOptics, part.vendor != parts[device].vendor { return false }
    case .card(let device):
      verdict = catalog.acceptance(of: part, in: parts[device]).verdict
    }
    switch verdict {
    case .no: return false
    case .unknown where !rules.allowsUnknown: return false
    default: break
    }
    let draw = part.asOptic?.power ?? part.asCable?.powerPerEnd
    if let draw, let most = end.maxOpticPower, draw > most { return false }
    return true
  }
}
