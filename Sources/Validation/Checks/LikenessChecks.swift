import Evidence
import Quantities

/// Hosts of one group have the same cards, drivers and settings: the odd one out is named, with the
/// majority that it differs from.
enum LikenessChecks {
  /// One value that a host has more or less for itself.
  struct Trait {
    /// Check that speaks of the same value, so that nothing is said twice; `nil` for none.
    var check: CheckID?
    var place: String
    var port: Int?
    var name: String
    var value: String
  }

  /// A host that differs from most of its group.
  struct OddOne {
    var host: String
    var trait: Trait
    var majority: String
    /// Hosts with the value of the majority.
    var count: Int
    var total: Int
  }

  /// Odd ones in the order of hosts, and rows for all hosts.
  /// - Parameter groups: hosts of one group each, with evidence.
  static func run(_ groups: [[ObservedHost]]) -> (rows: [CheckRow], odd: [OddOne]) {
    var rows: [CheckRow] = []
    var odd: [OddOne] = []
    for group in groups { run(group, &rows, &odd) }
    return (rows, odd)
  }

  private static func run(
    _ hosts: [ObservedHost], _ rows: inout [CheckRow], _ odd: inout [OddOne]
  ) {
    guard hosts.count > 1 else {
      rows += hosts.map {
        CheckRow(
          check: .hostsAlike, host: $0.plan.name, outcome: .skipped,
          found: "no other host of its group has evidence")
      }
      return
    }
    let traits = hosts.map(traits)
    var values: [String: [String: Int]] = [:]
    for own in traits {
      for trait in own { values[key(trait), default: [:]][trait.value, default: 0] += 1 }
    }
    // The value that most have; of two that as many have, nobody can say which is right, so the
    // hosts that come first count.
    var majority: [String: String] = [:]
    for own in traits {
      for trait in own where majority[key(trait)] == nil {
        let counts = values[key(trait)] ?? [:]
        majority[key(trait)] =
          counts.max { left, right in
            left.value != right.value
              ? left.value < right.value
              : left.key != trait.value
                && (right.key == trait.value || right.key.precedesInBytes(left.key))
          }?.key
      }
    }
    for (host, own) in zip(hosts, traits) {
      var differences: [String] = []
      for trait in own {
        guard let most = majority[key(trait)], most != trait.value else { continue }
        let counts = values[key(trait)] ?? [:]
        odd.append(
          OddOne(
            host: host.plan.name, trait: trait, majority: most, count: counts[most] ?? 0,
            total: counts.values.reduce(0, +)))
        differences.append("\(trait.place) \(trait.name) \(trait.value)")
      }
      rows.append(
        CheckRow(
          check: .hostsAlike, host: host.plan.name, outcome: differences.isEmpty ? .pass : .fail,
          found: differences.isEmpty
            ? "\(own.count) values as most of \(host.plan.group.name)"
            : differences.joined(separator: "; "),
          expected: differences.isEmpty ? "" : "as most of \(host.plan.group.name)"))
    }
  }

  private static func key(_ trait: Trait) -> String { "\(trait.place)|\(trait.name)" }

  /// Values that are known; what is unknown has rows of its own.
  private static func traits(_ host: ObservedHost) -> [Trait] {
    var traits: [Trait] = []
    func add(
      _ check: CheckID?, _ place: String, _ port: Int?, _ name: String, _ value: String?
    ) {
      guard let value else { return }
      traits.append(
        Trait(check: check, place: place, port: port, name: name, value: value))
    }
    add(.powerOS, "", nil, "power policy", host.facts.power.value.map(\.policy))
    add(nil, "", nil, "system", host.facts.release.value)
    add(
      .migrationOption, "", nil, "migration option", host.facts.migration.option.value?.rawValue)
    add(
      .migrationCount, "", nil, "migrations at once",
      host.facts.migration.hostLimit.value.map(String.init))
    for team in Set(host.plan.ports.compactMap(\.team)).sorted() {
      let members = host.plan.ports.indices.filter { host.plan.ports[$0].team == team }
      let names = Set(members.map { host.plan.ports[$0].name.lowercased() })
      let own = host.interfaces.first { interface in
        interface.kind == .team && interface.lower.contains { names.contains($0.lowercased()) }
      }
      add(
        .teamMode, members.map { host.plan.ports[$0].name }.joined(separator: "+"), members.first,
        "team mode", own?.team.value?.modeText)
    }
    for (place, port) in host.plan.ports.enumerated() {
      guard let interface = host.interface(ofPort: place) else { continue }
      let hardware = interface.hardware
      func own(_ name: String, _ value: String?, _ check: CheckID? = nil) {
        add(check, port.name, place, name, value)
      }
      own("model", hardware.model.value)
      own("driver", hardware.driver.value)
      own("driver version", hardware.driverVersion.value)
      own("firmware", hardware.firmware.value)
      own("slot", hardware.bus.value)
      own("receive ring", hardware.receiveRing.value.map { "\($0.current)" })
      own("send ring", hardware.sendRing.value.map { "\($0.current)" })
      own("receive queues", interface.receive.queues.value.map(String.init), .rssQueues)
      own("RSS profile", interface.receive.profile.value)
      own("flow control", interface.flowControl.value.map { $0 ? "on" : "off" }, .flowControl)
      own("MTU", interface.mtu.value.map(String.init), .mtuHost)
      for state in interface.offloads.value ?? [] {
        own(
          "offload \(state.offload.rawValue)", state.isOn ? "on" : "off",
          SettingChecks.wanted.contains(state.offload) ? .offload : nil)
      }
    }
    return traits
  }
}

extension PowerFacts {
  /// The policy without the number of processors, which may differ.
  fileprivate var policy: String {
    switch self {
    case .governors(let all):
      Set(all).sorted { $0.precedesInBytes($1) }.joined(separator: ", ")
    case .scheme(let scheme): scheme
    }
  }
}
