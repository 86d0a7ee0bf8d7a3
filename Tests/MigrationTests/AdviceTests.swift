import Testing

@testable import Migration

@Suite("Advice on arrangements")
struct AdviceTests {
  /// A row of the articles' table: two ports of 10 Gbps, sixteen cores.
  struct Measured {
    var arrangement: Arrangement
    var guests: Int?
    var gbps: Double
    var percent: Double?
    /// Whether constants were fitted on it.
    var isFitted = false

    static let table: [Measured] = [
      Measured(
        arrangement: Arrangement(.lacp, .connectionPerGuest, .inbox), gbps: 17, percent: 22,
        isFitted: true),
      Measured(
        arrangement: Arrangement(.lacp, .connectionPerGuest, .spread), gbps: 17, percent: 12,
        isFitted: true),
      Measured(
        arrangement: Arrangement(.lacp, .severalConnections, .inbox), gbps: 19, percent: 24),
      Measured(
        arrangement: Arrangement(.lacp, .severalConnections, .spread), gbps: 17.5, percent: 8),
      Measured(
        arrangement: Arrangement(.lacp, .connectionPerGuest, .spread), guests: 2, gbps: 9,
        isFitted: true),
      Measured(
        arrangement: Arrangement(.lacp, .severalConnections, .spread), guests: 1, gbps: 19),
      Measured(
        arrangement: Arrangement(.switchIndependent, .connectionPerGuest, .spread), gbps: 10),
      Measured(
        arrangement: Arrangement(.switchIndependent, .severalConnections, .spread), gbps: 10),
      Measured(
        arrangement: Arrangement(.none, .severalConnections, .spread), gbps: 20, percent: 6.5,
        isFitted: true),
      Measured(arrangement: Arrangement(.none, .rdma, .inbox), gbps: 20),
    ]

    func host(_ costs: ArrangementCosts) -> AdvisedHost {
      var host = AdvisedHost(.hyperV, cores: 16)
      host.rdma = .works
      host.guestsAtOnce = guests ?? costs.guestsOfTable
      return host
    }

    func predicted(_ costs: ArrangementCosts) -> ArrangementPrediction? {
      ArrangementModel.predict(arrangement, host(costs), costs)
    }
  }

  private let costs = ArrangementCosts()

  @Test("No more goes than the cores of a host take, and that is why it loses")
  func fewCores() throws {
    let host = AdvisedHost(.hyperV, cores: 4)
    let row = try #require(
      Advice(for: host).rows.first {
        $0.arrangement == Arrangement(.none, .severalConnections, .inbox)
      })
    let found = try #require(row.prediction)
    #expect(abs(found.gbps - 4 / costs.coresPerGbpsInbox) < 1e-9 && found.busy(of: host) == 1)
    #expect(
      row.verdict
        == .loses("0.6 Gbps less, the cores of the host take no more, 3.0 more cores"))
  }

  @Test("Of ports of which nobody says whether they have RDMA nothing is said with it")
  func unknownRDMA() {
    var host = AdvisedHost(.hyperV, cores: 16)
    host.rdma = .unknown
    let row = Advice(for: host).rows.first { $0.arrangement.carrier == .rdma }
    #expect(row?.prediction == nil)
    #expect(row?.verdict == .unknown("whether these ports have RDMA is not known"))
  }

  @Test("Four rows of the table settle the constants")
  func fitted() {
    let rows = Measured.table
    #expect(rows.count { $0.isFitted } == 4)
    // Two guests, each on a core.
    #expect(costs.gbpsPerConnection == rows[4].gbps / 2)
    // As many guests as bring a team nearest to what it carried.
    func team(_ guests: Int) -> Double {
      ArrangementCosts.hashed(
        connections: guests, over: 2, gbpsPerPort: 10, gbpsPerConnection: costs.gbpsPerConnection)
    }
    let nearest = (1...50).min { abs(team($0) - rows[0].gbps) < abs(team($1) - rows[0].gbps) }
    #expect(costs.guestsOfTable == nearest)
    for (row, constant) in [
      (rows[0], costs.coresPerGbpsInbox), (rows[1], costs.coresPerGbpsSpreadSingle),
      (rows[8], costs.coresPerGbpsSpreadSeveral),
    ] {
      let gbps = row.predicted(costs)?.gbps ?? 0
      let fitted = (row.percent ?? 0) / 100 * 16 / gbps
      #expect(abs(fitted - constant) < 0.0001)
    }
  }

  @Test("The other rows follow: within 15 % of Gbps and 4 points of processors")
  func predicted() throws {
    for row in Measured.table {
      let found = try #require(row.predicted(costs))
      #expect(abs(found.gbps / row.gbps - 1) < 0.15, "\(row): \(found)")
      if let percent = row.percent {
        let busy = try #require(found.busy(of: row.host(costs)))
        #expect(abs(busy * 100 - percent) < 4, "\(row): \(found)")
      }
    }
  }

  @Test("The rows come in their order, by Gbps and by what is left of the host")
  func order() throws {
    let rows = Measured.table.filter { $0.guests == nil }
    for one in rows {
      for other in rows where one.gbps > other.gbps {
        let (first, second) = (
          try #require(one.predicted(costs)), try #require(other.predicted(costs))
        )
        #expect(first.gbps >= second.gbps)
      }
    }
    let known = rows.filter { $0.percent != nil }
    func theirs(_ row: Measured) -> Double { row.gbps * (1 - (row.percent ?? 0) / 100) }
    let byTheirs = known.sorted { theirs($0) > theirs($1) }.map(\.arrangement)
    let byOurs = known.sorted { one, other in
      let host = one.host(costs)
      guard let first = one.predicted(costs), let second = other.predicted(costs) else {
        return false
      }
      return Advice.worth(first, host) > Advice.worth(second, host)
    }.map(\.arrangement)
    #expect(byTheirs == byOurs)
  }

  @Test("SMB Direct is best where there is RDMA, Multichannel without a team where there is none")
  func best() {
    var host = AdvisedHost(.hyperV, cores: 16)
    host.rdma = .works
    #expect(Advice(for: host).rows.first?.arrangement == Arrangement(.none, .rdma, .inbox))
    for rdma in [AdvisedHost.RDMA.none, .needsLossless] {
      host.rdma = rdma
      let rows = Advice(for: host).rows
      #expect(rows.first?.arrangement == Arrangement(.none, .severalConnections, .spread))
      let direct = rows.first { $0.arrangement.carrier == .rdma }
      guard case .impossible? = direct?.verdict else {
        Issue.record("RDMA without \(rdma)")
        continue
      }
    }
  }

  @Test("Each row that loses says why, and each arrangement has its row")
  func reasons() {
    for hypervisor in [AdvisedHost.Hypervisor.hyperV, .qemu] {
      for ports in 1...4 {
        var host = AdvisedHost(hypervisor, ports: ports, gbpsPerPort: ports == 1 ? 1 : 10)
        host.noLACP = ports == 3 ? "its switches are no pair" : nil
        host.noTeam = ports == 4 ? "its switches are islands" : nil
        let rows = Advice(for: host).rows
        #expect(Set(rows.map(\.arrangement)) == Set(Arrangement.all))
        #expect(rows.count == Arrangement.all.count)
        #expect(rows.count { $0.verdict == .best } == 1 && rows.first?.verdict == .best)
        for row in rows {
          switch row.verdict {
          case .best: #expect(row.prediction != nil)
          case .loses(let why): #expect(!why.isEmpty && row.prediction != nil)
          case .impossible(let why), .unknown(let why):
            #expect(!why.isEmpty && row.prediction == nil)
          }
        }
      }
    }
  }

  @Test("Compression pays on one port of 1 Gbps, and not on two of 10")
  func compression() {
    var host = AdvisedHost(.hyperV, ports: 1, gbpsPerPort: 1, cores: 16)
    host.compressedPart = 0.4
    host.gbpsCompressedPerCore = 4
    #expect(Advice(for: host).rows.first?.arrangement.carrier == .compression)
    (host.ports, host.gbpsPerPort) = (2, 10)
    #expect(Advice(for: host).rows.first?.arrangement.carrier == .severalConnections)
  }

  @Test("What a hash makes of connections is what counting makes of it")
  func hashed() {
    for (connections, ports) in [(1, 2), (3, 2), (4, 3), (6, 2), (5, 4)] {
      var (sum, cases) = (0.0, 0)
      var all = 1
      for _ in 0..<connections { all *= ports }
      for number in 0..<all {
        var (counts, left) = (Array(repeating: 0, count: ports), number)
        for _ in 0..<connections {
          counts[left % ports] += 1
          left /= ports
        }
        sum += counts.reduce(0.0) { $0 + min(10, Double($1) * 4.5) }
        cases += 1
      }
      let expected = ArrangementCosts.hashed(
        connections: connections, over: ports, gbpsPerPort: 10, gbpsPerConnection: 4.5)
      #expect(abs(sum / Double(cases) - expected) < 1e-9)
    }
  }
}
