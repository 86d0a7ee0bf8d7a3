import Evidence
import Fabric
import Quantities
import TenfoldTestSupport
import Validation

/// Builds worlds of a plan, healthy and broken, and compares what validation says with what was
/// done. What validation gets went through files as collectors write them.
public enum ValidationCheck {
  /// A healthy world: no finding, and nothing unknown but what nobody could see.
  /// - Returns: what is wrong, empty when nothing is.
  public static func healthy(_ fabric: Fabric, seed: UInt64) -> [String] {
    var random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    let world = World(fabric)
    guard world.hosts.count > 1 else { return [] }
    let sights = world.hosts.map { _ in Sight.random(&random) }
    let hasTables = random.chance(60)
    let tables = TableSight.random(&random)
    let evidence: [HostEvidence]
    do { evidence = try world.rendered(sights, seed: seed) } catch { return ["\(error)"] }
    let result = Validator.validate(
      fabric, planHash: World.planHash, evidence: evidence,
      switches: hasTables ? world.tables(tables, seed: seed) : [])
    var wrong = result.findings.map { "finding in a healthy world: \(shown($0))" }
    let expected = Expectation.unknown(world, sights, hasTables: hasTables)
    let found = result.rows.filter { $0.outcome == .unknown }.map {
      "\($0.host) \($0.place) \($0.check.rawValue)"
    }
    let missing = Set(expected).subtracting(found).sorted()
    let extra = Set(found).subtracting(expected).sorted()
    if let first = missing.first { wrong.append("\(missing.count) not unknown, such as \(first)") }
    if let first = extra.first { wrong.append("\(extra.count) unknown, such as \(first)") }
    let failed = result.rows.filter { $0.outcome == .fail }
    wrong += failed.prefix(3).map { "\($0.host) \($0.place) \($0.check.rawValue): \($0.found)" }
    let isWhole = sights.allSatisfy { !$0.isMissing && $0.hasProbes }
    if (result.verdict == .green) != (isWhole && expected.isEmpty) {
      wrong.append("the verdict is \(result.verdict)")
    }
    return wrong
  }

  /// One fault of a kind in a random place; `nil` where the plan has no place for it.
  /// - Returns: what is wrong, empty when nothing is.
  public static func fault(_ fault: Fault, _ fabric: Fabric, seed: UInt64) -> [String]? {
    var random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    var world = World(suited(fabric, [fault]))
    guard world.hosts.count > 1, let planted = world.plant(fault, &random) else { return nil }
    return compare(world, [planted], seed: seed)
  }

  /// Two faults in different places of one world; `nil` where the plan has no place for both.
  /// - Returns: what is wrong, empty when nothing is.
  public static func pair(
    _ first: Fault, _ second: Fault, _ fabric: Fabric, seed: UInt64
  ) -> [String]? {
    var random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    let healthy = World(suited(fabric, [first, second]))
    guard healthy.hosts.count > 3 else { return nil }
    // What is off comes first, so that the other is planted where it can still be told.
    let isOff = second == .switchOff || second == .hostOff
    for _ in 0..<tries {
      var world = healthy
      guard let one = world.plant(isOff ? second : first, &random),
        let other = world.plant(isOff ? first : second, &random),
        one.isApart(from: other)
      else { continue }
      return compare(world, [one, other], seed: seed)
    }
    return nil
  }

  /// The same plan with another system on all hosts: examples have few with Linux.
  public static func onLinux(_ fabric: Fabric) -> Fabric {
    var fabric = fabric
    for place in fabric.site.hosts.indices { fabric.site.hosts[place].os = "linux" }
    return fabric
  }

  /// The same plan with a release on its Windows hosts that can have the faults.
  private static func suited(_ fabric: Fabric, _ faults: [Fault]) -> Fabric {
    // Only Linux hears LLDP, which a link in one direction still brings.
    if faults.contains(.deafLink) { return onLinux(fabric) }
    guard faults.contains(.migrationSignIn) else { return fabric }
    var fabric = fabric
    for place in fabric.site.hosts.indices where fabric.site.hosts[place].hasMultichannel {
      fabric.site.hosts[place].os = "windows-server-2025"
    }
    return fabric
  }

  /// What validation claims of loss in a healthy world where each pair sent so many packets of each
  /// size.
  public static func lossClaim(_ fabric: Fabric, probesEach count: Int) throws -> String? {
    let world = World(fabric)
    let evidence = try world.rendered(world.hosts.map { _ in Sight() }, seed: 1, probesEach: count)
    return Validator.validate(fabric, planHash: World.planHash, evidence: evidence).checks
      .first { $0.check == .pathLoss }?.claim
  }

  /// A port of a switch that carries too little, which its running configuration says as well as its
  /// table does, and the probes of hosts; `nil` where the plan has no place for it.
  /// - Returns: the rules of all findings.
  public static func configured(_ fabric: Fabric, seed: UInt64) throws -> [String]? {
    var random = SplitMix64(seed: seed)
    var world = World(fabric)
    guard let planted = world.plant(.switchPortMTU, &random),
      let host = world.hosts.first(where: { $0.name == planted.hosts[0] }),
      let end = host.ports.map(\.planned).first(where: {
        planted.words.contains($0.port) && world.switchPorts[$0]?.mtu == 1500
      })
    else { return nil }
    let evidence = try world.rendered(world.hosts.map { _ in Sight() }, seed: seed)
    let running = RunningConfig(
      device: end.node,
      differences: [.init(place: end.port, found: "MTU 1518", planned: "MTU 9216")], commands: [])
    return Validator.validate(
      fabric, planHash: World.planHash, evidence: evidence, switches: world.tables(seed: seed),
      running: [running]
    ).findings.map(\.rule)
  }

  /// A fault looked at through each of the checks that fail for it, one by one: a check that fails names
  /// what it saw, though what explains it was not asked for; `nil` where the plan has no place for it.
  /// - Returns: checks that fail without a finding, and those that have one without failing.
  public static func narrowed(_ fault: Fault, _ fabric: Fabric, seed: UInt64) throws -> [String]? {
    var random = SplitMix64(seed: seed)
    var world = World(suited(fabric, [fault]))
    guard world.hosts.count > 1, world.plant(fault, &random) != nil else { return nil }
    let evidence = try world.rendered(world.hosts.map { _ in Sight() }, seed: seed)
    let switches = world.tables(seed: seed)
    func run(_ only: Set<CheckID>) -> ValidationResult {
      Validator.validate(
        world.fabric, planHash: World.planHash, evidence: evidence, switches: switches, only: only)
    }
    let all = run([])
    let failing = all.checks.filter { $0.fail > 0 }.map(\.check)
    var wrong: [String] = []
    for check in failing where run([check]).findings.isEmpty {
      wrong.append("\(check.rawValue) fails, and nothing is named")
    }
    // Without the one that explains, what follows from it is named by itself.
    for check in failing where failing.count > 1 {
      let rest = run(Set(CheckID.allCases).subtracting([check]))
      if rest.findings.isEmpty { wrong.append("nothing is named without \(check.rawValue)") }
    }
    return wrong
  }

  /// Places that are tried for a pair.
  private static let tries = 40

  static func compare(_ world: World, _ planted: [Planted], seed: UInt64) -> [String] {
    let isLossy = planted.contains { $0.fault == .lossyLink }
    let evidence: [HostEvidence]
    do {
      evidence = try world.rendered(
        world.hosts.map { _ in Sight() }, seed: seed, probesEach: isLossy ? 50 : 3)
    } catch {
      return ["\(error)"]
    }
    var random = SplitMix64(seed: seed &+ 5)
    let tables =
      planted.contains { $0.fault.needsTables } ? TableSight() : TableSight.random(&random)
    let result = Validator.validate(
      world.fabric, planHash: World.planHash, evidence: evidence,
      switches: world.tables(tables, seed: seed))
    var wrong: [String] = []
    for (place, one) in planted.enumerated() {
      let hits = result.findings.filter { matches($0, one) }
      let others = planted.indices.filter { $0 != place }.map { planted[$0] }
      let isHidden = others.contains { $0.hides(one) }
      if hits.isEmpty, !isHidden { wrong.append("\(one.fault.rawValue) not found (\(one.words))") }
      if hits.count > 1 { wrong.append("\(one.fault.rawValue) told \(hits.count) times") }
    }
    // What another fault hides may be told at another place.
    let hidden = planted.filter { one in planted.contains { $0.hides(one) } }
    let rest = result.findings.filter { finding in
      !planted.contains { matches(finding, $0) }
        && !hidden.contains { $0.rules.contains(finding.rule) }
    }
    return wrong + rest.prefix(3).map { "beside it: \(shown($0))" }
  }

  static func matches(_ finding: Finding, _ planted: Planted) -> Bool {
    let text = finding.subject.joined(separator: " ") + " " + finding.message
    return planted.rules.contains(finding.rule) && planted.words.allSatisfy(text.contains)
  }

  static func shown(_ finding: Finding) -> String {
    "\(finding.rule) \(finding.subject.joined(separator: " ")): \(finding.message)"
  }
}

extension World {
  /// The evidence of all hosts after a way through files.
  /// - Throws: what cannot be written or read.
  public func rendered(
    _ sights: [Sight], seed: UInt64, probesEach count: Int = 3
  ) throws -> [HostEvidence] {
    try evidence(sights, seed: seed, probesEach: count).enumerated().map { place, evidence in
      try evidence.rendered(seed: seed &+ UInt64(place) &* 1_000_003)
    }
  }
}

extension Planted {
  /// Whether this keeps another one from being told.
  func hides(_ other: Planted) -> Bool {
    fault.hides(other.fault, sharesDevice: !devices.isDisjoint(with: other.devices)) != nil
  }

  /// Whether two faults share no host, no cable and no place, so that each can be told alone;
  /// from a switch that is off, all that is on another one is apart.
  func isApart(from other: Planted) -> Bool {
    guard Set(hosts).isDisjoint(with: other.hosts), Set(words).isDisjoint(with: other.words) else {
      return false
    }
    return fault != .switchOff && other.fault != .switchOff
      || devices.isDisjoint(with: other.devices)
  }
}

/// What must be unknown, from what collectors could see alone.
enum Expectation {
  /// `host place check` of each row.
  static func unknown(_ world: World, _ sights: [Sight], hasTables: Bool) -> [String] {
    var rows: [String] = []
    for (host, sight) in zip(world.hosts, sights) {
      func add(_ place: String, _ check: String) { rows.append("\(host.name) \(place) \(check)") }
      guard !sight.isMissing else {
        add("", "evidence")
        continue
      }
      if !sight.hasPower { add("", "power.os") }
      if !sight.hasProbes { add("", "mgmt.reach") }
      for port in host.ports {
        if host.system == .linux, !sight.hasLLDP { add(port.name, "lldp.seen") }
        if host.system == .windows || !sight.hasLLDP, !hasTables { add(port.name, "lldp.plan") }
        if !sight.hasCounters {
          add(port.name, "link.errors")
          add(port.name, "link.drops")
        }
        let isLossless = !port.settings.lossless.isEmpty
        if !sight.hasDCB, isLossless {
          for check in ["dcb.willing", "pfc.prio", "ets.bw"] { add(port.name, check) }
          // VLAN interfaces of Linux mark too, and the kernel tells how.
          let isMarked =
            host.system == .linux
            && host.networks.contains { network in
              network.planned.lossless && network.tag != nil
                && network.carriers.contains { host.ports[$0].name == port.name }
            }
          if !isMarked { add(port.name, "app.prio") }
        }
        if wantsRDMA(port, host, world) {
          if !sight.hasRDMA { add(port.name, "rdma.on") }
          // Windows has a number for the protocol, and that of RoCE version 1 is not certain.
          let isUntold = host.system == .windows && port.settings.rdma?.technology == .roce1
          if !sight.hasRDMA || isUntold { add(port.name, "rdma.tech") }
        }
      }
    }
    return rows
  }

  private static func wantsRDMA(
    _ port: World.HostPort, _ host: World.HostState, _ world: World
  ) -> Bool {
    let group = world.fabric.site.hosts.first { $0.name == host.group }
    return world.fabric.site.traffic.rdma != .none && port.settings.rdma != nil
      && !(group?.os == "windows-server-2012r2" && port.team != nil)
      && host.networks.contains { network in
        network.planned.lossless
          && network.carriers.contains { host.ports[$0].name == port.name }
      }
  }
}
