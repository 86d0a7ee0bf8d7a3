import Fabric

/// Finds the fewest things whose faults explain all pairs of a network that failed.
///
/// A thing over which some pair passed is not to blame, but for a LAG, which sends each pair over
/// one of its links. Of those left the one that explains most pairs is taken, again and again: the
/// greedy cover of sets. On a tie the most particular wins.
struct Tomography {
  /// A thing, and how much it explains.
  struct Suspect: Hashable {
    var element: PathMap.Element
    var failure: ProbeMatrix.Failure
    /// Pairs that it explains.
    var pairs: Int
    /// Whether pairs over it passed too, so that it is a part of it.
    var isPartial: Bool
    /// Links between switches that just the same pairs pass: nothing tells which of them it is.
    var alike: [PathMap.Element]
    /// Most that any of the pairs reached (`ProbeMatrix.Pair.reached`).
    var reached: Int
    /// Most that one of them was planned to.
    var wanted: Int
  }

  /// The suspects of one kind of failure, how many pairs nothing explains, and
  /// the first of these.
  static func suspects(
    _ failure: ProbeMatrix.Failure, _ matrix: ProbeMatrix, _ map: PathMap,
    isExplained: (ProbeMatrix.Pair) -> Bool
  ) -> (suspects: [Suspect], unexplained: Int, example: ProbeMatrix.Pair?) {
    var open = matrix.failed.filter { $0.failure == failure && !isExplained($0) }
    var suspects: [Suspect] = []
    while !open.isEmpty {
      let paths = open.compactMap { pair in
        map.path(
          from: matrix.nodes[Int(pair.from)].place, to: matrix.nodes[Int(pair.to)].place)
      }
      guard paths.count == open.count,
        let best = best(failure, paths, matrix, map)
      else { break }
      var (pairs, reached, wanted) = (0, 0, 0)
      var alike = best.equals
      var rest: [ProbeMatrix.Pair] = []
      for (pair, path) in zip(open, paths) {
        var isOver = false
        path.each { if $0 == best.element { isOver = true } }
        if isOver {
          alike.removeAll { other in
            var isHere = false
            path.each { if $0 == other { isHere = true } }
            return !isHere
          }
          pairs += 1
          reached = max(reached, Int(pair.reached))
          wanted = max(wanted, Int(pair.wanted))
        } else {
          rest.append(pair)
        }
      }
      open = rest
      suspects.append(
        Suspect(
          element: map.elements[best.element], failure: failure, pairs: pairs,
          isPartial: best.isPartial, alike: alike.map { map.elements[$0] }, reached: reached,
          wanted: wanted))
    }
    return (suspects, open.count, open.first)
  }

  private static func best(
    _ failure: ProbeMatrix.Failure, _ paths: [Path], _ matrix: ProbeMatrix, _ map: PathMap
  ) -> (element: Int, isPartial: Bool, equals: [Int])? {
    var fails = [Int](repeating: 0, count: map.elements.count)
    for path in paths { path.each { fails[$0] += 1 } }
    var best: (element: Int, isPartial: Bool, score: (Int, Int, Int))?
    for element in fails.indices where fails[element] > 0 {
      let passes = Int(matrix.passes[failure.rawValue][element])
      let isPartial = passes > 0
      // Some of many packets pass a lossy link, and a slow one may be slow in one direction.
      guard
        !isPartial || map.elements[element].mayFailInPart || failure == .loss || failure == .rate
      else { continue }
      // Parts of things that fail as a whole come first; then what explains most; then, of equals,
      // where the greater share fails; then the most particular.
      let share = fails[element] * 1_000_000 / (fails[element] + passes)
      let score =
        isPartial
        ? (fails[element], share, map.elements[element].rank)
        : (fails[element], 1_000_001, map.elements[element].rank)
      if let known = best {
        if known.isPartial && !isPartial || known.isPartial == isPartial && score > known.score {
          best = (element, isPartial, score)
        }
      } else {
        best = (element, isPartial, score)
      }
    }
    return best.map { best in
      let equals = fails.indices.filter { other in
        guard case .uplinks = map.elements[other] else { return false }
        let passes = matrix.passes[failure.rawValue]
        return other != best.element && fails[other] == fails[best.element]
          && passes[other] == passes[best.element]
      }
      return (best.element, best.isPartial, equals)
    }
  }
}

extension PathMap.Element {
  /// Whether it is several links, of which one may be broken for some pairs alone.
  var mayFailInPart: Bool {
    switch self {
    case .uplinks, .peerLink, .spine: true
    case .attachment, .device: false
    }
  }

  /// The more particular, the higher.
  var rank: Int {
    switch self {
    case .attachment: 4
    case .uplinks: 3
    case .device: 2
    case .peerLink: 1
    case .spine: 0
    }
  }
}
