/// Which arrangement fits a host, and why the others do not.
public struct Advice: Hashable, Sendable {
  /// An arrangement, what it is expected to do and what is said of it.
  public struct Row: Hashable, Sendable {
    /// How it stands.
    public enum Verdict: Hashable, Sendable {
      case best
      case loses(String)
      case impossible(String)
      /// Nothing can be said before somebody measures.
      case unknown(String)
    }
    public var arrangement: Arrangement
    public var prediction: ArrangementPrediction?
    public var verdict: Verdict
  }

  /// The best first, then those that lose, by what they do; then those of which nothing can be said, and
  /// the impossible ones.
  public var rows: [Row]

  /// Compares all arrangements.
  public init(for host: AdvisedHost, _ costs: ArrangementCosts = ArrangementCosts()) {
    var (possible, rest): ([(row: Row, worth: (Double, Double))], [Row]) = ([], [])
    for arrangement in Arrangement.all {
      if let why = Advice.obstacle(arrangement, host) {
        rest.append(Row(arrangement: arrangement, prediction: nil, verdict: .impossible(why)))
      } else if arrangement.carrier == .rdma, host.rdma == .unknown {
        let why = "whether these ports have RDMA is not known"
        rest.append(Row(arrangement: arrangement, prediction: nil, verdict: .unknown(why)))
      } else if let found = ArrangementModel.predict(arrangement, host, costs) {
        let row = Row(arrangement: arrangement, prediction: found, verdict: .best)
        // Where nothing is left for guests what it carries counts.
        possible.append((row, (Advice.worth(found, host), found.gbps)))
      } else {
        let why =
          "what compression makes of these guests is not known before it is measured"
        rest.append(Row(arrangement: arrangement, prediction: nil, verdict: .unknown(why)))
      }
    }
    // Equal ones stay in the order of the arrangements.
    let sorted = possible.enumerated().sorted {
      $0.element.worth != $1.element.worth
        ? $0.element.worth > $1.element.worth : $0.offset < $1.offset
    }.map(\.element.row)
    rows = sorted
    if let best = sorted.first {
      for place in rows.indices.dropFirst() {
        rows[place].verdict = .loses(Advice.why(rows[place], best, host))
      }
    }
    rows +=
      rest.filter { if case .unknown = $0.verdict { true } else { false } }
      + rest.filter { if case .impossible = $0.verdict { true } else { false } }
  }

  /// What it is worth: what it carries, less the part of the host that is then not there for guests.
  public static func worth(_ prediction: ArrangementPrediction, _ host: AdvisedHost) -> Double {
    // Where nobody knows the cores any number of them gives the same order but for close ones.
    prediction.gbps * max(0, 1 - prediction.cores / Double(max(1, host.cores ?? 16)))
  }

  private static func obstacle(_ arrangement: Arrangement, _ host: AdvisedHost) -> String? {
    if arrangement.joining != .none, host.ports < 2 { return "one port is no team" }
    if arrangement.joining != .none, let why = host.noTeam { return why }
    if arrangement.joining == .lacp, let why = host.noLACP { return why }
    guard arrangement.carrier == .rdma else { return nil }
    switch host.rdma {
    case .works, .unknown: return nil
    case .none: return "the ports have no RDMA"
    case .needsLossless:
      return "RoCE needs ports on which nothing is lost (PFC), which are not planned"
    }
  }

  private static func why(_ row: Row, _ best: Row, _ host: AdvisedHost) -> String {
    guard let own = row.prediction, let other = best.prediction else { return "" }
    var parts: [String] = []
    if own.gbps < other.gbps * 0.995 {
      parts.append("\(tenths(other.gbps - own.gbps)) Gbps less")
      let isOutOfCores = host.cores.map { own.cores > Double($0) * 0.999 } ?? false
      switch (row.arrangement.joining, row.arrangement.carrier) {
      case _ where isOutOfCores: parts.append("the cores of the host take no more")
      case (.switchIndependent, _): parts.append("such a team receives on one port")
      case (.lacp, .connectionPerGuest):
        parts.append("each guest has one connection, and a hash puts several on one port")
      case (.lacp, _): parts.append("a hash may put most connections on one port")
      case (.none, .connectionPerGuest): parts.append("one address is one port")
      case (.none, .severalConnections):
        parts.append("each port has a few connections, and each of them a core")
      default: break
      }
    }
    if own.cores > other.cores + 0.05 {
      parts.append("\(tenths(own.cores - other.cores)) more cores")
    }
    return parts.isEmpty ? "as good as the best" : parts.joined(separator: ", ")
  }

  private static func tenths(_ number: Double) -> String {
    let whole = Int((number * 10).rounded())
    return "\(whole / 10).\(abs(whole % 10))"
  }
}
