extension PlanSchema {
  /// Shapes of the site that the plan was made for.
  static let site = """
    Budget: What may be spent, gross (freight and VAT included).
      total Money?: For everything; absent means no limit.
      starter Money?: For the starter phase; absent when there is none.
    Discount: A discount of one vendor on `list` and `contract` prices.
      vendor text:
      rate Rational: 0 to less than 1.
    ExchangeRate: A rate of exchange.
      from Currency:
      rate Rational: Units of the site's currency for one unit of `from`.
    PriceRules: Which prices count, and how they become the site's money.
      kinds text[]: Price kinds that may be used, by raw value of the catalogue's kinds, sorted.
      allowsUsed flag: Whether used parts may be bought.
      discounts Discount[]: Sorted by vendor.
      exchange ExchangeRate[]: Sorted by currency.
      exchangeDate CalendarDate?: Day of the exchange rates; absent when there are none.
      staleAfterMonths count: Prices older than this many months are marked.
      freightAndVAT Rational: Freight and VAT as one rate on the sum of all goods.
      directOrder Rational: Discount of ordering directly from the vendor, 0 when not used (the \
        articles: 6 % to 8 %).
    CoreSpanningTree: The core's spanning tree.
      mode CoreTreeMode:
      priority count: Bridge priority of the root, 0 to 61440 in steps of 4096.
    Core: The existing core, left as it is.
      name text:
      kind CoreKind:
      rack text:
      vendor text: Maker, for transceiver locks; empty when not stated (third party counts as \
        unknown).
      spanningTree CoreSpanningTree:
      ports CorePort[]: In the order of the file.
      uplinks count: Links to it, split evenly over the two spine nodes; even, at least 2.
      carries VLANID[]: VLANs that may leave, ascending.
      mtu count?: Link MTU of the core's ports in bytes; absent when not stated.
    CorePort: A free port of the core.
      name text:
      connector text: By raw value of the catalogue's connectors, such as `sfp+`.
      rate DataRate: Rate.
      box text: Box it is on, for `separate` and `mlag`; empty otherwise.
    HostNIC: A network card in every host of a group.
      model text?: A part of the catalogue (by model, SKU or id as written), absent to let the \
        planner choose and buy one.
      position SourcePosition?: Place in the file where the model is named, for errors.
      onboard text: An onboard card in words, such as `4x1G base-t`; empty for others. Never on \
        the new fabric.
      count count: How many of this card in each host.
      attach Attachment:
      carries TrafficClass[]: Sorted.
    HostGroup: Equal hosts.
      name text:
      placements HostPlacement[]: In the order of the file; a rack stands once.
      memory ByteCount?: Memory of one host; absent when not stated.
      os text: Such as `windows-server-2012r2`.
      nics HostNIC[]: In slot order.
      position SourcePosition?:
    HostPlacement: Hosts of one rack.
      rack text:
      count count:
    Management: The out-of-band management network.
      rack text: Rack of the switch that management cables go to.
      buySwitch flag: Buy a small switch for it; otherwise ports of an existing one are used.
      freePorts count?: Free ports of the existing management switch; absent when not stated.
      subnet IPv4Subnet:
      gateway IPv4Address?: Its gateway; absent when management is not routed.
      firstAddress count: First host number in `subnet` for switches.
      ntp IPv4Address[]:
      syslog IPv4Address[]:
      vlan VLANID: VLAN for management on switches without an out-of-band port.
    Addressing: VLANs and subnets of the storage-class traffic.
      entries AddressingEntry[]: One entry for each of csv, live migration, storage and \
        east-west backup that the site carries, in the order of `TrafficClass`.
      nativeVLAN VLANID: Unused VLAN for the untagged side of trunks.
      mtu count: Payload MTU in bytes of those subnets (9000 leaves room for every header).
    AddressingEntry: One class of traffic: a VLAN and a subnet on each fabric.
      traffic TrafficClass:
      vlanA VLANID:
      vlanB VLANID:
      subnetA IPv4Subnet:
      subnetB IPv4Subnet:
    SpareRates: Spare rates: bought = needed + ceil(rate × needed), by SKU over the whole site.
      optics Rational:
      cables Rational:
      switches Rational:
      nics Rational:
    Requirements: What a plan must meet.
      oversubscription Rational: Host Gbps over uplink Gbps of each ToR with everything working.
      oversubscriptionAfterFailure Rational: The same after the loss of any one link, optic, \
        breakout cable or spine node.
      designs DesignKind[]: Designs that may be chosen, in the order of `DesignKind`.
      spares SpareRates:
      thirdPartyOptics flag: Whether transceivers and cables of makers other than the switch's \
        may be bought.
      testFirst count: At least this many units of each third-party optic SKU are bought, and \
        that many come first to be tested.
      spinePowerSupplies count: Power supplies in each spine, or central, switch.
      torPowerSupplies count: Power supplies in each ToR.
      spineModels text[]: Switch models (part ids, models or SKUs as written) that may be spine \
        or central switches; empty for all.
      torModels text[]: Switch models that may be ToRs; empty for all.
      spineRacks text[]: Racks of the two spine, or central, switches; empty to place them by rule.
      allowsUnconfigured flag: Whether a switch without a configuration dialect may be chosen.
      allowsUnknown flag: Whether a plan may rest on facts that nobody has confirmed.
      freePorts count: Switch ports to keep free on each switch for growth.
    Rack: A rack.
      name text:
      row count: Index of its row, from 0, in the order in which rows first appear in the file.
      rowName text: The row's name.
      position count: Place in the row, counted in rack widths.
      units count: Height in rack units of 44.45 mm (EIA-310).
      freeUnits count?: Units still free; absent when not stated (not checked, on the list to \
        confirm).
      freePower Power?: Power that may be added on each feed; with two feeds the whole load must \
        fit on one alone. absent when not stated.
      power Power?: Rated power of the rack; absent when not stated. Informative.
      feeds count: Independent power feeds.
      airflow text?: Required airflow by the raw value of the catalogue's airflow; absent when it \
        does not matter.
      outlet text?: Outlet type of the PDU, such as `C13`; absent when not stated.
    ExistingCabling: Cabling that is in place already between two racks (or within one, when \
      both are the same): links over it need a patch cord at each end and no new long cable.
      medium text: By raw value of the catalogue's media, such as `cat6a` or `om3`.
      rackA text:
      rackB text:
      length Length: Installed length, panel to panel.
    Room: The room.
      rowPitch Length: Distance between the centre lines of two rows.
      rackWidth Length:
      trayHeight Length: Height of the cable tray above the racks.
      slack Rational: Added to every routed length.
      racks Rack[]: In the order of the file.
      existingCabling ExistingCabling[]:
    Site: A site specification with every default filled in: what the owner has and wants. \
      Reading it is `SiteReader`'s work; a value of this type has passed all checks that need no \
      catalogue.
      name text: Name of the site; letters, digits and hyphens.
      currency Currency: Currency of every amount in the plan.
      budget Budget:
      prices PriceRules:
      room Room:
      hosts HostGroup[]: In the order of the file; names are unique.
      traffic Traffic:
      requirements Requirements:
      core Core?: The existing network; absent when the new one is not connected to it.
      management Management:
      addressing Addressing: VLANs and subnets the owner fixed; the rest is numbered by rule.
      defaults DefaultTaken[]: Values that the file did not give, with what was taken instead: \
        shown in every report.
    DefaultTaken: A default that the reader took.
      key text: Path of the key, such as `room.row-pitch`.
      value text: The value as it could be written in the file.
      reason text: Why this value.
    Traffic: What the network carries.
      rdma Demand: SMB Direct; `required` makes lossless Ethernet a hard requirement where the \
        cards need it.
      csv flag:
      liveMigration flag:
      storage flag:
      backup BackupPath:
      tenantVLANs VLANID[]: VLAN ids of tenants, ascending; they may leave through the core.
      gateways GatewayPlace:
      northSouth DataRate?: Rate that must be able to leave to the core after the loss of one \
        spine node; absent when not stated.
    """
}
