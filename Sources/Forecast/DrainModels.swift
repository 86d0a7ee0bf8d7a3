import Fabric
import Migration
import Quantities
import SiteModel

/// Predictions of drains, each made once: most hosts of a plan are alike.
struct DrainModels {
  private let fabric: Fabric
  private let question: ClusterForecast.Question
  private let measured: MigrationPorts?
  private let guest: ModelGuest

  private struct Key: Hashable {
    var group: String
    /// `nil` over the LAN that stands already.
    var ports: MigrationPorts?
    var guests: Int
  }
  private var known: [Key: DrainForecast?] = [:]

  /// - Parameter measured: Ports of the host that was measured, without names.
  init(_ fabric: Fabric, _ question: ClusterForecast.Question, measured: MigrationPorts?) {
    self.fabric = fabric
    self.question = question
    self.measured = measured
    guest = question.guests.guest
  }

  /// Over the new network, with its ports as the plan sets them.
  /// - Returns: `nil` where nothing can be predicted.
  mutating func drain(_ member: PoolMember, _ guests: Int) -> DrainForecast? {
    let ports = member.ports.nameless
    let key = Key(group: member.group.name, ports: ports, guests: guests)
    if let drain = known[key] { return drain }
    let drain = predict(member, ports, guests)
    known[key] = .some(drain)
    return drain
  }

  private func predict(
    _ member: PoolMember, _ ports: MigrationPorts, _ guests: Int
  ) -> DrainForecast? {
    guard let hypervisor = AdvisedHost.Hypervisor(of: member.group) else { return nil }
    let host = AdvisedHost(
      ports, of: hypervisor, fabric.design, cores: question.cores, atOnce: question.atOnce)
    let planned = PlannedArrangement(
      ports, of: member.group, fabric.site, host, Advice(for: host))
    return planned.flatMap {
      forecast(
        $0.arrangement, host, mtu: ports.mtu, guests,
        ports == measured ? question.measured?.costs : nil)
    }
  }

  /// Over the LAN that stands already, by what is best over ports without a team; `nil` where the site
  /// names none.
  mutating func before(_ member: PoolMember, _ guests: Int) -> DrainForecast? {
    let key = Key(group: member.group.name, ports: nil, guests: guests)
    if let drain = known[key] { return drain }
    let host = AdvisedHost(
      before: member.group, cores: question.cores, atOnce: question.atOnce)
    let drain = host.flatMap { host in
      Advice(for: host).rows.first {
        $0.prediction != nil && $0.arrangement.joining == .none
      }.flatMap { forecast($0.arrangement, host, mtu: 1500, guests) }
    }
    known[key] = .some(drain)
    return drain
  }

  private func forecast(
    _ arrangement: Arrangement, _ host: AdvisedHost, mtu: Int, _ guests: Int,
    _ measured: MigrationCosts? = nil
  ) -> DrainForecast? {
    ArrangementModel.predict(arrangement, host, ArrangementCosts()).map {
      DrainForecast(arrangement, $0, host, mtu: mtu, guests: guests, guest, measured: measured)
    }
  }
}

extension MigrationPorts {
  /// The same without the names of the ports, for hosts that differ in nothing else.
  var nameless: MigrationPorts {
    var own = self
    for place in own.ports.indices { own.ports[place].name = "" }
    return own
  }
}
