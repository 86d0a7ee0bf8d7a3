import Evidence
import Fabric
import Quantities

/// What was measured between hosts, and what was expected of it.
struct PathRates {
  /// Measurements in the order in which they were made, one a way.
  private let measured: [Throughput.Row]
  /// What every way must carry; what its links allow when `nil`.
  private let least: DataRate?
  /// Files of another plan, measurements that are missing, or that nobody measured.
  let rows: [CheckRow]

  init(_ throughput: [Throughput], planHash: String, least: DataRate?) {
    self.least = least
    func row(_ outcome: Outcome, _ found: String, _ expected: String = "") -> CheckRow {
      CheckRow(
        check: .pathRate, host: "", outcome: outcome, found: found, expected: expected,
        source: "measurements")
    }
    let own = throughput.filter { $0.plan == planHash }
    var rows = throughput.filter { $0.plan != planHash }.map {
      row(
        .unknown, "measured for plan \($0.plan.prefix(12))", "plan \(planHash.prefix(12))")
    }
    for file in own where file.rows.count < file.planned {
      rows.append(
        row(.unknown, "\(file.rows.count) of \(file.planned) measurements were made"))
    }
    if throughput.isEmpty { rows.append(row(.skipped, "nobody measured")) }
    self.rows = rows
    var places: [Throughput.Way: Int] = [:]
    var measured: [Throughput.Row] = []
    for row in own.flatMap(\.rows) {
      if let known = places[row.way] {
        measured[known] = row
      } else {
        places[row.way] = measured.count
        measured.append(row)
      }
    }
    self.measured = measured
  }

  /// Judges the measurements of one network.
  /// - Parameter indices: Places of its nodes by address.
  /// - Returns: A row for each that brought nothing.
  func judge(
    _ matrix: inout ProbeMatrix, _ indices: [IPv4Address: Int], _ hosts: [PlannedHost],
    _ map: PathMap
  ) -> [CheckRow] {
    var rows: [CheckRow] = []
    for row in measured {
      guard let from = indices[row.from], let to = indices[row.to] else { continue }
      let nodes = (matrix.nodes[from], matrix.nodes[to])
      guard let path = map.path(from: nodes.0.place, to: nodes.1.place),
        let link = map.rate(of: path),
        let least = least ?? TCPCeiling.least(of: link, mtu: matrix.vlan.mtu)
      else { continue }
      switch row.outcome {
      case .rate(let rate, _): matrix.take(rate, least: least, from: from, to: to, path)
      case .failed(let why):
        let host = hosts[nodes.0.host]
        rows.append(
          CheckRow(
            check: .pathRate, host: host.name, place: host.networks[nodes.0.network].name,
            outcome: .unknown, found: "to \(hosts[nodes.1.host].name): \(why)",
            source: "measurements"))
      }
    }
    return rows
  }
}
