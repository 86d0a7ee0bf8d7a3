import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// VLANs, subnets and who is in them.
struct NetworkPlan {
  let site: Site
  let design: DesignKind
  /// All VLANs of the plan, ascending.
  let vlans: [VLAN]
  /// Ascending by VLAN.
  let subnets: [Subnet]
  /// Storage-class subnets in which the hosts' addresses do not fit.
  let overfull: [IPv4Subnet]
  /// Payload MTU of storage-class traffic, and what lowered it below the site's wish.
  let storageMTU: Int
  let mtuLimit: String

  /// VLANs of guests that a card with guest traffic is in.
  private let tenants: [VLANID]

  init(problem: PlanProblem, choice: PlanChoice, hosts: [HostDraft], switches: [SwitchDraft]) {
    site = problem.site
    design = choice.design
    let limit = NetworkPlan.mtu(problem, choice, switches)
    storageMTU = limit.mtu
    mtuLimit = limit.by
    let isLinked = choice.centre.core != nil
    let allowed = isLinked ? problem.site.core?.carries ?? [] : []
    tenants = Set(site.traffic.tenantVLANs).sorted()
    vlans = NetworkPlan.vlans(
      problem.site, choice, tenants: tenants, allowed: allowed, isLinked: isLinked,
      storageMTU: limit.mtu, managesInBand: switches.contains { $0.managementData != nil })
    var subnets: [Subnet] = []
    var overfull: [IPv4Subnet] = []
    for entry in problem.site.addressing.entries {
      for network in EntryNetwork.all(of: entry, site: problem.site) {
        let (assignments, fits) = NetworkPlan.assign(
          entry.traffic, network, hosts: hosts, site: problem.site)
        if !fits { overfull.append(network.prefix) }
        subnets.append(
          Subnet(
            vlan: network.vlan, prefix: network.prefix, gateway: nil, assignments: assignments))
      }
    }
    self.subnets = subnets.sorted { ($0.vlan, $0.prefix) < ($1.vlan, $1.prefix) }
    self.overfull = overfull.sorted()
  }

  /// VLANs that reach a host port of a card: those of its storage classes on that side, and those
  /// of guests.
  func tagged(carries: [TrafficClass], side: FabricSide) -> [VLANID] {
    var ids: [VLANID] = []
    for entry in site.addressing.entries where carries.contains(entry.traffic) {
      for network in EntryNetwork.all(of: entry, site: site)
      where (network.side ?? side) == side { ids.append(network.vlan) }
    }
    if carries.contains(.tenant) { ids += tenants }
    return Set(ids).sorted()
  }

  /// VLANs of one side and those of both: what an uplink of a ToR on that side carries.
  func tagged(side: FabricSide) -> [VLANID] {
    vlans.filter { isTransported($0) && ($0.side ?? side) == side }.map(\.id)
  }

  /// VLANs that are allowed to the core.
  var leaving: [VLANID] { vlans.filter(\.mayLeave).map(\.id) }

  /// Whether a VLAN passes links between switches.
  func isTransported(_ vlan: VLAN) -> Bool {
    vlan.purpose != .native && vlan.purpose != .management
  }

  /// VLANs that a switch knows, without management and native ones.
  func known(to draft: SwitchDraft) -> [VLAN] {
    // Both switches of a pair know all, so that their tables are equal.
    let knowsBoth = draft.role == .spine || (draft.role == .central && design == .vltPair)
    return vlans.filter {
      isTransported($0) && (knowsBoth || ($0.side ?? draft.side) == draft.side)
    }
  }

  /// Whether one of some VLANs is lossless.
  func isLossless(_ ids: [VLANID]) -> Bool {
    vlans.contains { $0.lossless && ids.contains($0.id) }
  }

  private static func vlans(
    _ site: Site, _ choice: PlanChoice, tenants: [VLANID], allowed: [VLANID], isLinked: Bool,
    storageMTU: Int, managesInBand: Bool
  ) -> [VLAN] {
    var vlans: [VLAN] = []
    func add(
      _ id: VLANID, _ name: String, _ purpose: VLANPurpose, side: FabricSide? = nil,
      leaves: Bool = false, lossless: Bool = false, mtu: Int = 1500
    ) {
      guard !vlans.contains(where: { $0.id == id }) else { return }
      vlans.append(
        VLAN(
          id: id, name: name, purpose: purpose, side: side, mayLeave: leaves, lossless: lossless,
          mtu: mtu))
    }
    for entry in site.addressing.entries {
      guard let purpose = VLANPurpose(rawValue: entry.traffic.rawValue) else { continue }
      let lossless = choice.isLossless && entry.traffic != .backup && entry.traffic != .tenant
      let leaves = site.leavesThroughCore(entry.traffic)
      for network in EntryNetwork.all(of: entry, site: site) {
        let suffix = network.side.map { "-" + $0.rawValue.lowercased() } ?? ""
        add(
          network.vlan, entry.traffic.rawValue + suffix, purpose, side: network.side,
          leaves: leaves && isLinked, lossless: lossless, mtu: leaves ? 1500 : storageMTU)
      }
    }
    for id in tenants {
      add(id, "tenant-\(id.number)", .tenant, leaves: allowed.contains(id))
    }
    if managesInBand { add(site.management.vlan, "management", .management) }
    add(site.addressing.nativeVLAN, "unused", .native)
    return vlans.sorted { $0.id < $1.id }
  }

  /// The site's payload MTU, lowered to what the worst switch or storage card on its way takes.
  private static func mtu(
    _ problem: PlanProblem, _ choice: PlanChoice, _ switches: [SwitchDraft]
  ) -> (mtu: Int, by: String) {
    var (mtu, by) = (problem.site.addressing.mtu, "")
    guard !problem.site.addressing.entries.isEmpty else { return (mtu, by) }
    for draft in switches where draft.role != .outOfBand && draft.payloadMTU < mtu {
      (mtu, by) = (draft.payloadMTU, problem.catalog.parts[draft.part].model)
    }
    for (need, index) in zip(problem.cards, choice.cards) where need.carriesStorage {
      if let most = problem.catalog.parts[index].asNIC?.maxMTU, most < mtu {
        (mtu, by) = (most, problem.catalog.parts[index].model)
      }
    }
    return (mtu, by)
  }

  /// Addresses of the ports that carry a class in one network, in the order of hosts and ports,
  /// from number 11 on, or from 1 where that does not fit. A host with one address has it on its
  /// first port, of fabric A.
  private static func assign(
    _ traffic: TrafficClass, _ network: EntryNetwork, hosts: [HostDraft], site: Site
  ) -> ([AddressAssignment], fits: Bool) {
    var ports: [(node: String, port: String)] = []
    for host in hosts {
      let group = site.hosts[host.group]
      let own = host.ports.filter { port in
        (network.side ?? port.side) == port.side
          && group.nics[port.slot].carries.contains(traffic)
      }
      let isOne = network.side == nil && site.hasOneAddress(group, traffic)
      for port in isOne ? Array(own.prefix(1)) : own { ports.append((host.host.name, port.name)) }
    }
    let first = ports.count + 10 <= network.prefix.usableAddresses ? 11 : 1
    var assignments: [AddressAssignment] = []
    for (index, port) in ports.enumerated() {
      guard let address = network.prefix.address(first + index) else { return (assignments, false) }
      assignments.append(AddressAssignment(node: port.node, port: port.port, address: address))
    }
    return (assignments, true)
  }
}

/// A VLAN with its subnet of a storage class.
private struct EntryNetwork {
  var vlan: VLANID
  var prefix: IPv4Subnet
  /// `nil` for both fabrics.
  var side: FabricSide?

  /// One on both fabrics, or one on each.
  static func all(of entry: Addressing.Entry, site: Site) -> [EntryNetwork] {
    if site.isShared(entry.traffic) {
      return [EntryNetwork(vlan: entry.vlanA, prefix: entry.subnetA, side: nil)]
    }
    return [
      EntryNetwork(vlan: entry.vlanA, prefix: entry.subnetA, side: .a),
      EntryNetwork(vlan: entry.vlanB, prefix: entry.subnetB, side: .b),
    ]
  }
}
