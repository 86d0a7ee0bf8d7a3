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

  /// Hosts of one operating system drained one after the other, as for an update: guests stay where they
  /// went, so that later hosts give away some of the earlier ones' too.
  public struct Rolling: Hashable, Sendable {
    /// Groups of the site that they are of.
    public var groups: [String]
    /// In the order in which they are drained: group by group, and rack by rack.
    public var order: [String]
    public var seconds: Double
    /// Over the LAN that stands already; `nil` where the site does not name one of each.
    public var before: Double?
    /// Whether the memory of all hosts but any one holds all guests; `nil` where the site does not say how
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
    var pools = GuestPool.all(of: members(index, question))
    for place in pools.indices { fill(&pools[place], question) }
    var models = DrainModels(fabric, question, measured: Self.measuredPorts(index, question))
    // Pools go by systems, rows by groups.
    let members = pools.flatMap(\.members)
    for group in fabric.site.hosts {
      for member in members where member.group.name == group.name {
        guard skipped[member.host.name] == nil else { continue }
        add(member, &models, question)
      }
    }
    for pool in pools { add(pool, &models) }
  }

  /// Hosts with what migrations need; of others it is noted why they are left out.
  private mutating func members(_ index: FabricIndex, _ question: Question) -> [PoolMember] {
    var members: [PoolMember] = []
    for group in index.fabric.site.hosts {
      let places = group.memory.map(question.guests.places)
      for host in index.fabric.hosts where host.group == group.name {
        guard AdvisedHost.Hypervisor(of: group) != nil else {
          skipped[host.name] = AdvisedHost.Hypervisor.unknown
          continue
        }
        guard let ports = MigrationPorts(host, of: group, index) else {
          skipped[host.name] = "it has no network of live migration on the new fabric"
          continue
        }
        members.append(PoolMember(host: host, group: group, ports: ports, slots: places))
      }
    }
    return members
  }

  /// Gives the hosts of a pool their guests; those that then have none are left out.
  private mutating func fill(_ pool: inout GuestPool, _ question: Question) {
    guard pool.members.count > 1 else {
      for member in pool.members {
        skipped[member.host.name] =
          "no other host of the plan has its system, and could take its guests"
      }
      return
    }
    if let count = question.guests.count {
      for place in pool.members.indices { pool.members[place].guests = count }
      return
    }
    pool.fill()
    for member in pool.members where member.guests == 0 {
      skipped[member.host.name] =
        switch member.slots {
        case nil:
          "the site does not say how much memory the hosts of \(member.group.name) have: give --guests, or"
            + " `memory` in the site"
        case 0: "its memory holds no such guest: give less with --memory"
        default:
          "of the guests that the others have room for its part is less than one: give less with"
            + " --memory"
        }
    }
  }

  private mutating func add(
    _ member: PoolMember, _ models: inout DrainModels, _ question: Question
  ) {
    guard question.hosts.isEmpty || question.hosts.contains(member.host.name) else { return }
    guard let drain = models.drain(member, member.guests) else {
      skipped[member.host.name] = "nothing can be predicted of what its ports are used for"
      return
    }
    if question.hosts.isEmpty, let last = rows.indices.last, rows[last].group == member.group.name,
      rows[last].rack == member.host.rack, rows[last].drain == drain,
      rows[last].guests == member.guests
    {
      rows[last].hosts.append(member.host.name)
      return
    }
    rows.append(
      Row(
        group: member.group.name, rack: member.host.rack, hosts: [member.host.name],
        guests: member.guests, drain: drain, before: models.before(member, member.guests)))
  }

  private mutating func add(_ pool: GuestPool, _ models: inout DrainModels) {
    // Hosts without guests of their own take those of others.
    let isAny = pool.members.contains { skipped[$0.host.name] == nil }
    guard isAny, pool.members.count > 1 else { return }
    var (sum, before): (Double, Double?) = (0, 0)
    for (member, guests) in zip(pool.members, pool.givenAway) where guests > 0 {
      guard let own = models.drain(member, guests) else { return }
      sum += own.seconds
      let old = models.before(member, guests)?.seconds
      before = before.flatMap { sum in old.map { sum + $0 } }
    }
    rolling.append(
      Rolling(
        groups: unique(pool.members.map(\.group.name)), order: pool.members.map(\.host.name),
        seconds: sum, before: before, fits: pool.fits))
  }

  /// The ports of the host that was measured; `nil` where none was, or it is none of the plan.
  private static func measuredPorts(_ index: FabricIndex, _ question: Question) -> MigrationPorts? {
    let fabric = index.fabric
    guard let name = question.measured?.source,
      let host = fabric.hosts.first(where: { $0.name == name }),
      let group = fabric.site.hosts.first(where: { $0.name == host.group })
    else { return nil }
    return MigrationPorts(host, of: group, index)?.nameless
  }
}
