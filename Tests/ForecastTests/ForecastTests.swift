import Fabric
import Migration
import Quantities
import SiteModel
import TenfoldTestSupport
import Testing

@testable import Forecast

@Suite("Predictions of a plan")
struct ForecastTests {
  private static let examples = ["starter-pair", "medium", "copper", "fibre-rows"]

  private static func fabric(_ name: String) throws -> Fabric {
    let path = "examples/\(name)/expected/plan.json"
    return try FabricJSON.fabric(from: Repository.bytes(path), file: path)
  }

  @Test("Every host of every example has a row, or a reason why not", arguments: examples)
  func complete(_ example: String) throws {
    let fabric = try Self.fabric(example)
    let forecast = ClusterForecast(fabric, ClusterForecast.Question())
    let told = forecast.rows.flatMap(\.hosts) + forecast.skipped.keys
    #expect(told.sorted() == fabric.hosts.map(\.name).sorted())
    for row in forecast.rows {
      let drain = row.drain
      #expect(row.guests > 0 && drain.seconds > 0 && drain.gbps > 0 && drain.stuck == 0)
      // Nothing is faster than the ports allow, and nothing is sent twice that nobody wrote to.
      let memory = Double(row.guests) * 16 * Double(1 << 30)
      #expect(drain.gigabytes * 1e9 > memory * 0.9 && drain.gigabytes * 1e9 < memory * 1.3)
      #expect(drain.seconds * drain.gbps / 8 >= drain.gigabytes)
      #expect(drain.blackOut > 0 && drain.blackOut <= 0.3)
      if let before = row.before { #expect(before.seconds > drain.seconds) }
    }
  }

  @Test("What was measured at one host counts for all with such ports, and for no others")
  func measured() throws {
    let fabric = try Self.fabric("medium")
    let before = ClusterForecast(fabric, ClusterForecast.Question())
    var costs = MigrationCosts(bytesPerSecond: 1e9)
    costs.setUp = 2
    (costs.processorSecondsPerGigabyte, costs.processorSecondsPerPage) = (0.5, 0)
    var question = ClusterForecast.Question()
    let source = try #require(before.rows.first?.hosts.last)
    question.measured = ClusterForecast.Measured(from: source, costs)
    let after = ClusterForecast(fabric, question)
    let row = try #require(after.rows.first)
    #expect(row.drain.isMeasured && row.drain.seconds > before.rows[0].drain.seconds)
    // Half a second of processors for each gigabyte, at a gigabyte a second, of two ends.
    #expect(abs(row.drain.gbps - 8 * 9042 / 8948) < 0.05 && abs(row.drain.cores - 0.25) < 0.02)
    for (old, new) in zip(before.rows, after.rows) {
      #expect(new.drain.isMeasured || new.drain == old.drain)
      #expect(new.before == old.before)
    }
    question.measured = ClusterForecast.Measured(from: "nobody", costs)
    #expect(ClusterForecast(fabric, question).rows == before.rows)
  }

  @Test("Hosts of medium move guests by SMB Direct over both ports, and their cluster holds all")
  func medium() throws {
    let fabric = try Self.fabric("medium")
    let forecast = ClusterForecast(fabric, ClusterForecast.Question())
    let row = try #require(forecast.rows.first)
    #expect(row.drain.arrangement == Arrangement(.none, .rdma, .inbox))
    #expect(row.drain.gbps == 20)
    // Nine tenths of 256 GiB hold 14 guests of 16; 43 of 44 parts of that are 13.
    #expect(row.guests == 13)
    let all = try #require(forecast.rolling.first)
    #expect(all.hosts == 44 && all.fits == true)
    #expect(all.order == fabric.hosts.filter { all.groups.contains($0.group) }.map(\.name))
    // The first host gives away 13 guests; then each has its own and its part of those.
    let rate = row.drain.seconds / 13
    #expect(abs(all.seconds / (rate * (13 + 44 * 13)) - 1) < 0.02)
    // 13 guests of 16 GiB, nine tenths full, and what they write meanwhile.
    let least = 13 * 0.9 * 16 * Double(1 << 30) * 8 / 20e9
    #expect(row.drain.seconds > least && row.drain.seconds < least * 1.1)
  }

  @Test("Uplinks that carry less than a port are what counts, where guests pass them")
  func uplinks() throws {
    var fabric = try Self.fabric("medium")
    let tor = try #require(fabric.links.first { $0.role == .uplink }).a.node
    func drain(_ fabric: Fabric) throws -> DrainForecast {
      let rack = try #require(fabric.devices.first { $0.name == tor }?.rack)
      var question = ClusterForecast.Question()
      question.hosts = [try #require(fabric.hosts.first { $0.rack == rack }).name]
      return try #require(ClusterForecast(fabric, question).rows.first).drain
    }
    let whole = try drain(fabric)
    for place in fabric.links.indices where fabric.links[place].role == .uplink {
      fabric.links[place].rate = .gigabits(1)
    }
    let count = fabric.links.count { $0.role == .uplink && $0.a.node == tor }
    let narrow = try drain(fabric)
    #expect(narrow.gbps == Double(2 * min(10, count)) && narrow.seconds > whole.seconds)
    // A cluster in one rack passes none.
    let rack = try #require(fabric.devices.first { $0.name == tor }?.rack)
    let alone = Set(fabric.hosts.filter { $0.rack == rack }.map(\.name))
    fabric.hosts.removeAll { !alone.contains($0.name) }
    fabric.links.removeAll { $0.role == .host && !alone.contains($0.b.node) }
    for place in fabric.subnets.indices {
      fabric.subnets[place].assignments.removeAll { !alone.contains($0.node) }
    }
    #expect(try drain(fabric).gbps == whole.gbps)
  }

  @Test("A site that says nothing of memory needs a count of guests")
  func memory() throws {
    var fabric = try Self.fabric("medium")
    for place in fabric.site.hosts.indices { fabric.site.hosts[place].memory = nil }
    var question = ClusterForecast.Question()
    #expect(ClusterForecast(fabric, question).rows.isEmpty)
    #expect(ClusterForecast(fabric, question).skipped.count == fabric.hosts.count)
    question.guests.count = 3
    let rows = ClusterForecast(fabric, question).rows
    #expect(rows.flatMap(\.hosts).count == fabric.hosts.count && rows.allSatisfy { $0.guests == 3 })
  }

  /// The hosts of a site with one group, as another system; nothing else of the plan changes.
  private static func fabric(_ name: String, os: String) throws -> Fabric {
    var fabric = try Self.fabric(name)
    for place in fabric.site.hosts.indices { fabric.site.hosts[place].os = os }
    return fabric
  }

  @Test(
    "Hosts whose guests nobody can take, or of which nothing is known, are told with the reason")
  func left() throws {
    var fabric = try Self.fabric("starter-pair")
    var question = ClusterForecast.Question()
    // Guests that fit no host.
    question.guests.memory = ByteCount(bytes: 1 << 40)
    var forecast = ClusterForecast(fabric, question)
    #expect(forecast.rows.isEmpty && forecast.rolling.isEmpty)
    #expect(forecast.skipped.values.allSatisfy { $0.contains("holds no such guest") })
    // One fits each host, and then the others have no room for it.
    question.guests.memory = ByteCount(bytes: 60 << 30)
    forecast = ClusterForecast(fabric, question)
    #expect(forecast.rows.isEmpty)
    #expect(forecast.skipped.values.allSatisfy { $0.contains("is less than one") })
    // Guests are whole: two a host are two more than the others hold.
    question.guests.memory = ByteCount(bytes: 50 << 30)
    question.guests.count = 2
    #expect(ClusterForecast(fabric, question).rolling.first?.fits == false)
    // ESXi.
    fabric = try Self.fabric("starter-pair", os: "vmware-esxi-8")
    forecast = ClusterForecast(fabric, ClusterForecast.Question())
    #expect(forecast.rows.isEmpty && forecast.skipped.count == fabric.hosts.count)
    #expect(GroupAdvice.all(fabric, cores: nil).isEmpty)
    #expect(GroupAdvice.missing(fabric).map(\.group) == fabric.site.hosts.map(\.name))
    // The only one of its system.
    fabric = try Self.fabric("starter-pair")
    let alone = try #require(fabric.hosts.first).name
    fabric.hosts.removeAll { $0.name != alone }
    question = ClusterForecast.Question()
    question.guests.count = 5
    forecast = ClusterForecast(fabric, question)
    #expect(forecast.rows.isEmpty && forecast.skipped[alone]?.contains("no other host") == true)
  }

  @Test("A host of Hyper-V makes ten passes, however little each gains")
  func passes() throws {
    let fabric = try Self.fabric("medium")
    var question = ClusterForecast.Question()
    question.guests.writtenPerSecond = ByteCount(bytes: 2000 << 20)
    question.guests.workingSet = 100
    let busy = try #require(ClusterForecast(fabric, question).rows.first).drain
    // Ten, and the one while it stands still.
    #expect(busy.passes == 11 && busy.stuck == 0 && busy.blackOut > 0.3)
  }

  @Test("What the plan sets is what its scripts make of the ports")
  func planned() throws {
    func planned(_ fabric: Fabric) throws -> PlannedArrangement {
      try #require(GroupAdvice.all(fabric, cores: 16).first?.planned)
    }
    // A card for everything is under a virtual switch, with a virtual port for each port.
    let copper = try planned(try Self.fabric("copper"))
    #expect(copper.arrangement == Arrangement(.none, .severalConnections, .inbox))
    #expect(copper.isSet && copper.hasVirtualPorts)
    // Windows Server 2012 R2 has a team there that receives on one port.
    let old = try planned(try Self.fabric("copper", os: "windows-server-2012r2"))
    #expect(old.arrangement == Arrangement(.switchIndependent, .severalConnections, .inbox))
    let slow = try #require(
      ClusterForecast(
        try Self.fabric("copper", os: "windows-server-2012r2"), ClusterForecast.Question()
      ).rows.first)
    #expect(slow.drain.gbps == 10)
    // RDMA where the site wants it and the network serves it.
    var medium = try Self.fabric("medium")
    #expect(try planned(medium).arrangement == Arrangement(.none, .rdma, .inbox))
    medium.site.traffic.rdma = .none
    #expect(try planned(medium).arrangement.carrier == .severalConnections)
    // What QEMU uses is not the plan's.
    let linux = try planned(try Self.fabric("medium", os: "proxmox-9"))
    #expect(!linux.isSet && linux.arrangement.receiving == .inbox)
    #expect(!(try planned(try Self.fabric("copper", os: "azure-stack-hci")).isSet))
  }

  @Test("More at once takes no longer, and more to write takes no less")
  func monotonous() throws {
    let fabric = try Self.fabric("starter-pair")
    func seconds(_ change: (inout ClusterForecast.Question) -> Void) throws -> Double {
      var question = ClusterForecast.Question()
      change(&question)
      return try #require(ClusterForecast(fabric, question).rows.first).drain.seconds
    }
    var last = 0.0
    for written in [0, 10, 50, 200] {
      let now = try seconds {
        $0.guests.writtenPerSecond = ByteCount(bytes: Int64(written) << 20)
      }
      #expect(now >= last)
      last = now
    }
  }

  @Test("Advice says of each design what it cannot have", arguments: examples)
  func advice(_ example: String) throws {
    let fabric = try Self.fabric(example)
    let all = GroupAdvice.all(fabric, cores: 16)
    #expect(!all.isEmpty)
    for group in all {
      #expect(group.advice.rows.first?.verdict == .best)
      let lacp = group.advice.rows.filter { $0.arrangement.joining == .lacp }
      let isPair = fabric.design == .vltPair
      for row in lacp where row.arrangement.carrier != .compression {
        if case .impossible = row.verdict { #expect(!isPair) } else { #expect(isPair) }
      }
    }
  }
}
