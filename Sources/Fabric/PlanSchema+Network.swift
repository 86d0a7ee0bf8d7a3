extension PlanSchema {
  /// Shapes of the network itself.
  static let network = """
    BOMLine: One order line.
      part text:
      needed count: Units built in.
      spares count: Units on the shelf: ceil(spare rate × needed), and what the test batch asks \
        beyond.
      packs count: Order units: packs of `packSize`.
      packSize count:
      price Price: The price used, in the catalogue's currency, with its kind, date and source.
      unitPrice Money: Price of one order unit in the site's currency after discount, rounded \
        half away from zero once.
      total Money: `packs × unitPrice`.
      low Money: Interval of `total` within the price's interval.
      high Money:
      isStale flag: Older than the site allows, or undated.
      testFirst count: Units to order first and test before the rest; 0 for none.
      purpose text: What it is for, such as `uplinks of r1, r2`.
    Totals: The sums of the bill.
      goods Money: All lines.
      freightAndVAT Money: Rate × goods, rounded half away from zero once.
      total Money: Goods + freight and VAT.
      estimated Money: Goods whose price is an estimate.
      used Money: Goods bought used.
      low Money: `total` when every estimate is at its low end.
      high Money: `total` when every estimate is at its high end.
      oversubscription Rational?: Worst ToR, everything working; absent where no ToR stands between.
      oversubscriptionAfterFailure Rational?: Worst ToR after the worst single failure.
      power Power: Sum of the devices' largest draws that are known.
      powerIsComplete flag: Whether every device's draw is known; when not, `power` is "at least".
      starter Money?: Cost of the first phase that works by itself (central pair, first rack); \
        absent without a starter budget.
    Alternative: Another answer and why it lost.
      design DesignKind:
      summary text: Short description: models and counts; empty when infeasible.
      total Money?: Gross cost; absent when infeasible or not allowed.
      reason text: Why it was not taken, one sentence.
      couldWin flag: Whether it would be the cheapest at some prices inside the estimates' \
        intervals.
    Confirmation: Something to confirm before anybody pays.
      kind ConfirmationKind:
      subject text: Part id, device, port, or site key.
      question text: What to confirm, one sentence without full stop.
    Reason: Why something is as it is.
      subject text: Device, link, BOM part, rule or `design`.
      text text: Sentences.
    DevicePort: A data port of a switch, after splitting.
      name text: As the platform writes it in full, such as `TenGigabitEthernet 0/0`.
      group text: Port group of the part or module.
      connector Connector: Form of the plug that goes in; for a lane of a split port, the form \
        of the whole port.
      splitFrom text?: The port this is a lane of; absent for a whole port.
      usable flag: `false` for a port that splitting a neighbour took out of use.
    PartCount: A number of one part that belongs to a device.
      part text:
      count count:
    Device: A switch of the plan.
      name text: Host name: unique, letters, digits and hyphens.
      role DeviceRole:
      side FabricSide:
      part text:
      modules text[]: Expansion modules by bay, from bay 1.
      rack text:
      powerSupplies count: Fitted supplies, those in the box included.
      accessories PartCount[]: What is bought beside it: supplies, cords, kits, licences.
      ports DevicePort[]: All data ports in the order of the part, lanes in place of split ports.
      managementAddress IPv4Address?:
      managementPort text: Name of the management interface; empty when the switch has none and \
        uses a data port.
    HostCard: A network card of one host.
      slot count: Index in the host group's card list, from 0.
      part text?: The card; absent for an onboard card that no catalogue lists.
      bought flag: Whether the plan buys it.
      ports text[]: Names of its ports on the new fabric, such as `nic1-p1`; empty when it stays \
        on the old LAN.
    Host: One host.
      name text: Unique, such as `hv-r1-01`.
      group text: Host group of the site.
      rack text:
      cards HostCard[]:
    Fabric: The designed network as plain values: what `plan.json` holds.  Everything right of \
      the planner reads a `Fabric` and nothing else. It carries the site, a snapshot of every \
      part and price that it uses, and what each switch is meant to do, so that every other file \
      can be made again from it and the audit needs no catalogue.
      version count: `formatVersion` of the writer.
      date CalendarDate: Day for which prices were judged.
      site Site: The specification with its defaults; positions in the file are left out.
      design DesignKind:
      catalog Catalog: Every part used, with its chosen price, and the compatibility rules that \
        concern them.
      devices Device[]: Switches, central ones first, then by rack as in the site, side A before \
        side B.
      hosts Host[]: By group as in the site, then rack, then number.
      cables Cable[]: Physical cables by id.
      links Link[]: Logical point-to-point links by id; a breakout cable carries several.
      vlans VLAN[]: Ascending by id.
      subnets Subnet[]: Ascending by VLAN.
      intents SwitchIntent[]: What each switch is to do, in the order of `devices`; the \
        out-of-band switch has none.
      bom BOMLine[]:
      totals Totals:
      alternatives Alternative[]: Other designs and why they lost, in the order of `DesignKind`.
      confirmations Confirmation[]: What the plan rests on and nobody has confirmed.
      reasons Reason[]: Why things are as they are, for `explain`.
    Endpoint: A port of a named switch, host, core or management switch.
      node text: Device, host or core name; `management` for the existing out-of-band network.
      port text: Port name on that node; empty when any free port will do.
    CableEnd: One plug of a cable.
      endpoint Endpoint: Where it goes; for the trunk end of a breakout, the whole port.
      optic text?: Transceiver between plug and port; absent for fixed plugs and RJ45 ports.
    Cable: A physical cable: one row of the cabling sheet, one failure unit.
      id text: Label on both ends, such as `C0012`.
      part text:
      pieces count: Pieces of `part` used: 1, or 2 when fixed cabling lies between two patch cords.
      routed Length: Routed length with slack that it must cover (each piece, when there are two).
      existing text: Fixed cabling used between the pieces, such as `r1-r2 cat6a`; empty for none.
      a CableEnd:
      b CableEnd[]: One for a plain cable, up to four for a breakout; unused legs are not listed.
    Link: A logical link between two ports.
      id text: Such as `L0012`.
      role LinkRole:
      a Endpoint: Switch end; on uplinks the ToR, on core links the spine, on management links \
        the switch.
      b Endpoint: Host, spine, second peer, core or management network.
      rate DataRate: Rate at which both ends run.
      cable text: Id of the cable that carries it.
    VLAN: A VLAN of the plan.
      id VLANID:
      name text: Letters, digits and hyphens, at most 32.
      purpose VLANPurpose:
      side FabricSide?: Fabric it lives on; absent for both.
      mayLeave flag: Whether it is allowed on the uplink to the core.
      lossless flag: Whether it carries RDMA and so needs lossless treatment on every hop.
      mtu count: Payload (layer 3) MTU of its endpoints in bytes.
    AddressAssignment: An address of a host port in a subnet.
      node text: The host.
      port text: The physical port that carries it.
      address IPv4Address:
    Subnet: An IP subnet of the plan.
      vlan VLANID:
      prefix IPv4Subnet:
      gateway IPv4Address?: absent when the subnet is not routed, as storage-class subnets never are.
      assignments AddressAssignment[]: Ascending by address.
    SwitchIntent: What one switch is meant to do, in no vendor's words: rendered by \
      `SwitchConfig` and read back by it. Lists are sorted as stated, so that equal meaning is \
      equal value.
      hostname text:
      os text:
      management ManagementIntent:
      users UserIntent[]: Accounts; ascending by name. Secrets are never part of a plan.
      ntp IPv4Address[]: Ascending.
      syslog IPv4Address[]: Ascending.
      spanningTree SpanningTreeIntent:
      splits SplitIntent[]: Ports to split; in port order of the device.
      pair PairIntent?: absent unless the switch is one of a pair.
      vlans VLANIntent[]: Ascending by id.
      lags LAGIntent[]: Ascending by number.
      ports PortIntent[]: Every data port, lanes in place of split ports, in port order of the \
        device.
      qos QoSIntent?: absent when no traffic is lossless.
      uplinkGroups UplinkGroupIntent[]: Ascending by id.
    ManagementIntent: The way in for administrators: SSH only.
      interface text: Out-of-band interface as the platform writes it; empty when a data port \
        serves.
      address IPv4Address:
      prefixLength count:
      gateway IPv4Address?: absent when management is not routed.
      vlan VLANID?: VLAN of the address on a switch without an out-of-band port; absent otherwise.
    UserIntent: An account whose secret the owner must fill in.
      name text:
      isAdministrator flag: Highest level of the platform when `true`.
    SpanningTreeIntent: Spanning tree of a switch.
      mode TreeMode:
      priority count: Bridge priority, 0 to 61440 in steps of 4096; lower wins.
    SplitIntent: A port run as several lanes.
      port text: The whole port.
      lanes count:
      laneRate DataRate:
    PairIntent: Membership of a pair that acts as one towards a LAG (VLT, MLAG).
      domain count: 1 to 1000; equal on both.
      peerLAG count: LAG number of the peer link.
      backupDestination IPv4Address: Management address of the other one, for the heartbeat.
      priority count: Lower is primary.
      systemMAC text: `aa:bb:cc:dd:ee:ff`, lower case; equal on both.
      unit count: 0 on one, 1 on the other.
      delayRestore count: Seconds before the VLT ports come up after a reload.
    VLANIntent: A VLAN that the switch knows.
      id VLANID:
      name text:
    Membership: Which VLANs pass a port or LAG.
      untagged VLANID?: VLAN of untagged frames; absent when they are dropped.
      tagged VLANID[]: Ascending.
    LAGIntent: A link aggregation group on one switch.
      number count: Number of the port-channel, from 1.
      description text:
      lacp flag: LACP (IEEE 802.1AX) when `true`, static otherwise.
      isPeerLink flag: Peer link of the pair: the system adds its VLANs.
      pairLAG count?: Number that both switches of the pair share for it; absent when it ends on \
        this switch alone.
      membership Membership:
      mtu count: Link MTU in bytes as the platform counts it.
    PortIntent: A data port.
      name text: As the platform writes it in full.
      description text: Where it goes; empty on unused ports.
      enabled flag: `false` is shut down.
      mtu count: Link MTU in bytes as the platform counts it; the platform's default is written \
        out on unused ports too.
      lag count?: Number of the LAG it is a member of.
      membership Membership: Empty for members of a LAG, whose VLANs are the LAG's.
      edge flag: Host port: no spanning-tree delay.
      bpduGuard flag: Shut down when a BPDU arrives.
      lossless flag: Whether the QoS policy is on it; 802.3x flow control is off then.
    TrafficGroup: A traffic class of the QoS policy.
      id count: 0 to 7.
      bandwidth count: ETS share in percent.
      lossless flag: Priority flow control.
      priorities PriorityCodePoint[]: Ascending.
    QoSIntent: Lossless Ethernet on a switch.
      policy text: Name of the policy where the platform names it.
      groups TrafficGroup[]: Ascending by id; shares add up to 100, priorities to 0...7 once each.
    UplinkGroupIntent: Ports that go down when others are lost.
      id count: From 1.
      upstreamLAGs count[]: LAG numbers whose loss counts; ascending.
      downstream text[]: Port names that go down, in port order.
    """
}
