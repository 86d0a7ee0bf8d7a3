/// Whose each address is by plan.
struct AddressOwners {
  private var owners: [String: (host: String, network: String)] = [:]

  init(_ hosts: [PlannedHost]) {
    for host in hosts {
      for network in host.networks {
        owners[network.address.description] = (host.name, network.name)
      }
    }
  }

  /// The host that should have the address which a row of `address` found; `nil` for one that is nobody's.
  func owner(_ row: CheckRow) -> (host: String, network: String)? {
    owners[String(row.found.prefix { $0 != "/" })]
  }

  /// Networks, by host, in which another host has its address: what is sent to the one may reach the
  /// other.
  func taken(_ runs: [HostRun]) -> [String: Set<String>] {
    var taken: [String: Set<String>] = [:]
    for run in runs {
      for row in run.rows where row.check == .address && row.outcome == .fail {
        guard let owner = owner(row), owner.host != run.plan.name else { continue }
        taken[owner.host, default: []].insert(owner.network)
      }
    }
    return taken
  }
}
