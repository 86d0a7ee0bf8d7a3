import Fabric
import Migration
import Quantities
import SiteModel

/// What migrations take among the hosts of a plan, before anything of it was built.
public struct ClusterForecast: Hashable, Sendable {
  /// What is asked.
  public struct Question: Hashable, Sendable {
    public var guests = AssumedGuests()
    /// Migrations at once.
    public var atOnce: Int
    /// Cores of each host; `nil` where nobody said it.
    public var cores: Int?
    /// Hosts that are asked about; empty for all.
    public var hosts: [String] = []
    /// What was measured between two hosts; `nil` where nothing was.
    public var measured: Measured?
    /// Makes a question with as many migrations at once as the plan sets.
    public init() { atOnce = LiveMigration.count }
  }

  /// Constants that count for all hosts with ports like those of the one that gave guests away.
  public struct Measured: Hashable, Sendable {
    public var source: String
    public var costs: MigrationCosts
    /// Makes one.
    public init(from source: String, _ costs: MigrationCosts) {
      self.source = source
      self.costs = costs
    }
  }

  /// Hosts of which the same is predicted.
  public struct Row: Hashable, Sendable {
    /// The group of the site.
    public var group: String
    public var rack: String
    /// Their names, in the order of the plan.
    public var hosts: [String]
    public var guests: Int
    /// Over the new network, with its ports as the plan sets them.
    public var drain: DrainForecast
    /// Over the LAN that stands already; `nil` where the site names none.
    public var before: DrainForecast?
  }

  /// Hosts of a group drained one after the other.
  public struct Rolling: Hashable, Sendable {
    public var group: String
    /// In the order in which they are drained: the plan's, rack by rack.
    public var order: [String]
    public var seconds: Double
    public var before: Double?
    /// Whether the memory of all hosts but one holds all guests; `nil` where the site does not say how
    /// much memory they have.
    public var fits: Bool?

    /// How many they are.
    public var hosts: Int { order.count }
  }

  /// In the order of the plan.
  public var rows: [Row]
  public var rolling: [Rolling]
  /// Hosts of which nothing can be said, and why.
  public var skipped: [String: String]

  /// Predicts what a plan brings.
  public init(_ fabric: Fabric, _ question: Question) {
    let index = FabricIndex(fabric)
    (rows, rolling, skipped) = ([], [], [:])
    let measured = question.measured.flatMap { Self.ports(of: $0.source, index) }
    for group in fabric.site.hosts {
      let hosts = fabric.hosts.filter { $0.group == group.name }
      add(group, hosts, index, question, measured)
    }
  }

  /// How a host's ports migrate; `nil` where it has none for it, or is none of the plan.
  private static func ports(of name: String, _ index: FabricIndex) -> MigrationPorts? {
    let fabric = index.fabric
    guard let host = fabric.hosts.first(where: { $0.name == name }),
      let group = fabric.site.hosts.first(where: { $0.name == host.group })
    else { return nil }
    return MigrationPorts(host, of: group, index)?.nameless
  }

  private mutating func add(
    _ group: HostGroup, _ hosts: [Host], _ index: FabricIndex, _ question: Question,
    _ measured: MigrationPorts?
  ) {
    let guest = question.guests.guest
    guard
      let count = question.guests.count(of: hosts.count, memory: group.memory)
    else {
      for host in hosts {
        skipped[host.name] = "the site does not say how much memory the hosts of \(group.name) have"
      }
      return
    }
    let before = AdvisedHost(before: group, cores: question.cores, atOnce: question.atOnce)
      .flatMap { Self.best($0, joined: .none, mtu: 1500, count, guest) }
    var known: [MigrationPorts: DrainForecast] = [:]
    var (sum, sumBefore, all): (Double, Double, [String]) = (0, 0, [])
    for host in hosts {
      guard let ports = MigrationPorts(host, of: group, index) else {
        skipped[host.name] = "it has no network of live migration on the new fabric"
        continue
      }
      let key = ports.nameless
      let advised = AdvisedHost(
        ports, of: group, index.fabric.design, cores: question.cores, atOnce: question.atOnce)
      guard
        let drain = known[key]
          ?? Self.best(
            advised, joined: ports.joining, mtu: ports.mtu, count, guest,
            key == measured ? question.measured?.costs : nil)
      else { continue }
      known[key] = drain
      all.append(host.name)
      sum += drain.seconds
      sumBefore += before?.seconds ?? 0
      guard question.hosts.isEmpty || question.hosts.contains(host.name) else { continue }
      let isOwnRow = !question.hosts.isEmpty
      if !isOwnRow, let last = rows.indices.last, rows[last].group == group.name,
        rows[last].rack == host.rack, rows[last].drain == drain
      {
        rows[last].hosts.append(host.name)
      } else {
        rows.append(
          Row(
            group: group.name, rack: host.rack, hosts: [host.name], guests: count, drain: drain,
            before: before))
      }
    }
    guard all.count > 1 else { return }
    rolling.append(
      Rolling(
        group: group.name, order: all, seconds: sum, before: before == nil ? nil : sumBefore,
        fits: group.memory.map { own in
          // Both fit 64 bits: the limits of a site are far below.
          Double(count) * Double(question.guests.memory.bytes) * Double(all.count)
            <= Double(own.bytes) * Double(all.count - 1)
        }))
  }

  /// Over the arrangement that fits best with ports that are joined so.
  private static func best(
    _ host: AdvisedHost, joined: Arrangement.Joining, mtu: Int, _ guests: Int, _ guest: ModelGuest,
    _ measured: MigrationCosts? = nil
  ) -> DrainForecast? {
    let rows = Advice(for: host).rows.filter { $0.arrangement.joining == joined }
    guard let row = rows.first, let prediction = row.prediction else { return nil }
    return DrainForecast(
      row.arrangement, prediction, host, mtu: mtu, guests: guests, guest, measured: measured)
  }
}

extension MigrationPorts {
  /// The same without the names of the ports, for hosts that differ in nothing else.
  fileprivate var nameless: MigrationPorts {
    var own = self
    for place in own.ports.indices { own.ports[place].name = "" }
    return own
  }
}
