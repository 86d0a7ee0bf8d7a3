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

  /// VLANs that reach a host port of a card: those of its storage classes on that side, or on both
  /// where its virtual ports may sit on either, and those of guests.
  func tagged(_ group: HostGroup, slot: Int, side: FabricSide) -> [VLANID] {
    let card = group.nics[slot]
    var ids: [VLANID] = []
    for entry in site.addressing.entries where card.carries.contains(entry.traffic) {
      for network in EntryNetwork.all(of: entry, site: site)
      where network.holds(group, on: side)
        || (site.hasLooseTeam(card, of: group) && network.holds(group, on: side.other))
      { ids.append(network.vlan) }
    }
    if card.carries.contains(.tenant) { ids += tenants }
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
      let networks = EntryNetwork.all(of: entry, site: site)
      for network in networks {
        let suffix = networks.count == 1 ? "" : "-" + network.fabric.rawValue.lowercased()
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
        network.holds(group, on: port.side) && group.nics[port.slot].carries.contains(traffic)
      }
      let isOne = site.isShared(traffic, by: group) && site.hasOneAddress(group, traffic)
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
  let site: Site
  let traffic: TrafficClass
  let vlan: VLANID
  let prefix: IPv4Subnet
  /// The fabric that the site file gives it for.
  let fabric: FabricSide

  /// Whether the ports of a group's hosts on a side have their address in it.
  func holds(_ group: HostGroup, on side: FabricSide) -> Bool {
    site.isShared(traffic, by: group) ? fabric == .a : fabric == side
  }

  /// The fabric that it is on; `nil` for both: hosts have one network for this class, or virtual
  /// ports that may sit on either side.
  var side: FabricSide? {
    let spans = site.hosts.contains { group in
      group.nics.contains { card in
        guard card.attach == .newFabric, card.carries.contains(traffic) else { return false }
        return site.isShared(traffic, by: group) ? fabric == .a : site.hasLooseTeam(card, of: group)
      }
    }
    return spans || site.leavesThroughCore(traffic) ? nil : fabric
  }

  /// One on each fabric, or that of fabric A alone where all hosts have one network.
  static func all(of entry: Addressing.Entry, site: Site) -> [EntryNetwork] {
    let traffic = entry.traffic
    let first = EntryNetwork(
      site: site, traffic: traffic, vlan: entry.vlanA, prefix: entry.subnetA, fabric: .a)
    let users = site.hosts.filter { $0.carries(traffic) }
    let isOne =
      users.isEmpty
      ? site.leavesThroughCore(traffic) : users.allSatisfy { site.isShared(traffic, by: $0) }
    guard !isOne else { return [first] }
    return [
      first,
      EntryNetwork(
        site: site, traffic: traffic, vlan: entry.vlanB, prefix: entry.subnetB, fabric: .b),
    ]
  }
}
