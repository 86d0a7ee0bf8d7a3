extension PlanSchema {
  /// Shapes of the parts and prices that the plan uses, and all sets of words.
  static let catalog = """
    Price: One price of one part: net of VAT, for one order unit (a pack where the part has a \
      pack size).
      part text:
      amount Money: Net amount for one order unit.
      kind PriceKind:
      condition Condition:
      asOf CalendarDate?: As of; absent when the source gives none (counts as stale).
      source text: Address or description of the source; for an estimate, the method and its inputs.
      low Money: Lowest plausible amount; equal to `amount` for a sourced price.
      high Money: Highest plausible amount; equal to `amount` for a sourced price.
      note text: What the source said that the number does not, such as `VAT of 23 % taken off`.
    CompatibilityRule: What is known of a medium (optic or cable with fixed plugs) in the cage \
      of a device.
      device text: The device: a part id, `os:NAME`, or `vendor:NAME`; the most exact rule wins.
      medium text: The medium: a part id, `vendor:NAME`, `third-party-dac` (cables with fixed \
        plugs of another maker), or `third-party`.
      verdict Verdict:
      command text: What to type on the device; empty unless `withCommand`.
      note text:
      source FactSource:
    Catalog: Parts, prices and what is known of their fit, as plain values.
      parts Part[]: Sorted by id; ids are unique.
      prices Price[]: Sorted by part, then as in the files; sourced prices and estimates.
      compatibility CompatibilityRule[]: In the order of the files.
      exchangeRates ReferenceRate[]: Dated rates with their sources, in the order of the files.
      references References: Knowledge that is about no single part.
      sources FactSource[]: Every source that the files name, sorted by id; ids are unique.
    Reach: How far a transceiver reaches over one medium.
      medium Medium:
      length Length:
    OpticSpec: A pluggable transceiver.
      form Connector: Form factor.
      standard text: IEEE name in lower case, such as `10gbase-sr`; two optics of one link share it.
      rates DataRate[]: Rates it runs at, ascending.
      socket Connector?: Socket for the cable: LC, MPO-12 or RJ45; absent when unknown.
      reach Reach[]: Reach by medium; a medium that is not listed is not supported.
      power Power?: Draw; absent when unknown.
    CableSpec: A cable of one stock length.
      family CableFamily:
      medium Medium?: Fibre or copper class; absent for cables with fixed plugs.
      endA Connector: End towards the switch that is split, or either end.
      endB Connector: Other end, one plug a lane on a breakout.
      lanes count: Plugs at end B: 1, or 4 for a breakout.
      rate DataRate?: Rate of one lane for a breakout, of the cable for others; absent for patch \
        cords, where the transceivers or the medium decide.
      length Length: Stock length.
      diameter Length?: Outer diameter; absent when unknown.
      bendRadius Length?: Smallest bend radius when installed; absent when unknown.
      powerPerEnd Power?: Draw at each end; absent when unknown.
    NICSpec: A network card.
      ports count?: Data ports; absent when unknown.
      rate DataRate: Rate of each port.
      connector Connector?: Socket; absent when unknown.
      rdma RDMA:
      dcb Capability: PFC and ETS on the card.
      sriov Capability:
      maxMTU count?: Largest MTU in bytes; absent when unknown.
      maxPower Power?: Draw; absent when unknown.
      thirdPartyMedia Capability: Whether transceivers and cables of other makers work without a \
        switch of its own.
    AccessorySpec: Anything else that is bought with a switch.
      kind AccessoryKind:
      plug text: Plug at the wall or PDU side, such as `C13`; empty when it does not apply.
    FactSource: Where a fact was read.
      id text: Short name inside the catalogue file.
      url text: Address, or a stable description where there is none.
      accessed CalendarDate: When it was read.
    Fact: One fact of a part as the catalogue states it, with its sources: what `catalog show` \
      and `explain` print.
      name text: Path in the catalogue, such as `power/max` or `ports[sfp]/count`.
      value text: The value as written.
      sources text[]: Ids of `FactSource`s; never empty.
    Part: Something that can be bought.
      id text: Unique in the catalogue.
      vendor text: Maker, or `generic`.
      model text: Product name.
      sku text: Order number; empty when unknown.
      status PartStatus: Whether it is still made.
      packSize count: Units in one order unit; 1 unless it is sold in packs.
      spec PartSpec: What it is, with its data.
      facts Fact[]: Every fact above with its sources.
      sources FactSource[]: The sources named by `facts`, by id.
      note text: Free text of the catalogue, such as where two sources disagree.
    PortNaming: How the ports of a group are called on the switch: prefix, then a number that \
      counts up.
      prefix text: Such as `TenGigabitEthernet 0/`.
      first count: Number of the first port.
      step count: Distance between neighbours; 4 for the 40G ports of an S4810 (48, 52, 56, 60).
    SplitSpec: How a port of a group can be split into lanes (breakout).
      lanes count: Lanes out of one port, 4 for 4 × 10G.
      laneRate DataRate: Rate of one lane.
      laneConnector Connector: Form of the lane's far end on a breakout cable.
      maxPorts count?: Ports of the group that may be split; absent when all may.
      disables count: Ports of the same group that each split port takes out of use (SX1024: 1), \
        beside itself.
      lanePrefix text: Prefix of the lane names.
      laneNumbering LaneNumbering: Number of the lane: `.consecutive` continues from the port's \
        own number (OS9: port 48 gives 48, 49, 50, 51), `.suffix` appends `/1` to `/4` to the \
        port's number (OS10: 1/1/25:1 is `.colon`).
    PortGroup: Equal ports of a switch or an expansion module.
      id text: Unique in its part, such as `sfp` or `qsfp`.
      connector Connector: Socket.
      rates DataRate[]: Rates the port can run at, unsplit, ascending.
      count count: How many.
      naming PortNaming: How they are called.
      split SplitSpec?: Breakout; absent when it cannot be split or nobody has said.
      maxOpticPower Power?: Highest power a transceiver may draw; absent when unknown.
      sharedWith text?: Id of another group that shares these ports (combo): using a port of one \
        takes one away from the other. absent for ports of their own.
    ReachStandard: One row of a reach table: how far a standard goes over one medium, whoever \
      makes the optic.
      standard text: IEEE name in lower case, such as `10gbase-sr`.
      medium Medium:
      reach Length: Longest channel.
      facts Fact[]: The rows that say less than a part does, such as wavelength; see `Fact`.
      note text:
    CableRule: What holds for all cables of one build, whoever makes them: bend radius, \
      diameter, longest length.
      subject text: What it is about, such as `30 AWG twinax, sustained bend`.
      family CableFamily?: absent when it holds for several families.
      medium Medium?:
      maxLength Length?:
      diameter Length?:
      bendRadius Length?:
      powerPerEnd Power?:
      facts Fact[]: Further facts, such as the wire gauge, and the sources of all of them.
      note text:
    ReferencePrice: A price that no plan counts with: of a bundle, of something that is no part \
      of the catalogue, or with an unknown amount of VAT in it.
      subject text: What was priced, in the words of the source.
      part text?: The part it is about; absent for bundles and for things that are not in the \
        catalogue.
      amount Money:
      kind PriceKind:
      condition Condition:
      asOf CalendarDate?:
      includesVAT flag: Whether the amount holds VAT at a rate that nobody has said.
      source text: Address or description of the source.
      note text:
    CompatibilityNote: What is known of media in devices that the catalogue does not hold.
      device text: The devices, in the words of the source.
      medium text: The media, in the words of the source.
      verdict Verdict:
      command text:
      note text:
      source FactSource:
    ReferenceRate: Units of one currency for one unit of another, on a day.
      from Currency:
      to Currency:
      rate Rational: `to` for one `from`.
      on CalendarDate:
      source text: Address or description of the source.
    References: Knowledge that is about no single part, in the order of the files.
      standards ReachStandard[]:
      cableRules CableRule[]:
      prices ReferencePrice[]:
      compatibility CompatibilityNote[]:
    RequiredPart: A sub-part that must be bought with a part: rail kit, cord, licence, fan tray.
      part text: What to buy.
      quantity count: How many for each occasion of `when`.
      when RequirementTrigger: The occasion.
    PowerSupplies: Power supplies of a switch.
      included count?: Supplies in the box; absent when unknown (a plan counts 1 and says so).
      bays count?: Bays; absent when unknown.
      part text?: Part number of a further supply; absent when unknown.
      inlet text: Inlet, such as `C14`; empty when unknown.
    SwitchSpec: The data of a switch. absent and `.unknown` mean that no source was found, never \
      zero or no.
      roles SwitchRole[]: Uses the author judged it fit for; never empty.
      os text?: Operating system; absent when unknown.
      ports PortGroup[]: Fixed data ports.
      bays count: Bays for expansion modules.
      modules text[]: Modules that fit a bay.
      multiChassis MultiChassis: How two of them pair up.
      maxLAGMembers count?: Most members of one port-channel on one switch; absent when unknown.
      pfc Capability: Priority flow control, IEEE 802.1Qbb.
      ets Capability: Enhanced transmission selection, IEEE 802.1Qaz.
      dcbx Capability: DCB exchange, IEEE 802.1Qaz.
      uplinkTracking Capability: Takes host ports down when all uplinks are lost (uplink-state \
        group, link dependency).
      maxMTU count?: Largest configurable link MTU in bytes as the platform counts it; absent \
        when unknown.
      halfRackUnits count?: Height in half units (a 1U switch has 2); absent when unknown.
      maxPower Power?: Largest draw of the whole switch; absent when unknown.
      typicalPower Power?: Usual draw; absent when unknown.
      powerSupplies PowerSupplies: Supplies and cords.
      airflow Airflow[]: Directions that can be ordered; empty when unknown.
      managementPort Capability: Out-of-band Ethernet port.
      managementPortName text: Name of that port in configurations; empty when unknown.
      thirdPartyMedia Capability: Whether transceivers and cables of other makers work.
      requires RequiredPart[]: What must be bought beside it.
    ModuleSpec: An expansion module: ports that appear in a bay.
      ports PortGroup[]: Ports it adds; their names are those of the bay.
      maxPower Power?: Extra draw; absent when unknown.
      requires RequiredPart[]: What must be bought beside it.
    """

  /// Words that a member may hold.
  static let words = """
    AccessoryKind = power-supply | power-cord | rack-kit | licence | fan | other
    Airflow = port-to-psu | psu-to-port | side-to-side | fanless
    Attachment = new-fabric | existing-lan
    BackupPath = none | east-west | via-core
    CableFamily = dac-passive | dac-active | aoc | fibre | twisted-pair
    Capability = yes | no | unknown
    Condition = new | used
    ConfirmationKind = unknown | estimate | stale-price | untested-optic | availability | assumption | owner \
      | unverified-line
    Connector = rj45 | sfp+ | sfp28 | qsfp+ | qsfp28 | lc | mpo-12
    CoreKind = chassis | stack | mlag | separate
    CoreTreeMode = rstp | mstp | pvst | rapid-pvst | none
    Demand = required | preferred | none
    DesignKind = standalone-pair | vlt-pair | spine-leaf
    DeviceRole = spine | tor | central | out-of-band
    FabricSide = A | B
    GatewayPlace = core | none
    LinkRole = host | uplink | peer | core | management
    Medium = om1 | om2 | om3 | om4 | os2 | cat5e | cat6 | cat6a
    MultiChassis = vlt | mlag | vpc | stacking | none | unknown
    PartStatus = current | legacy | unknown
    PriceKind = contract | quote | street | list | refurbished | secondary | historical | estimate
    RDMA = none | roce-v1 | roce-v2 | iwarp | both | unknown
    RequirementTrigger = always | per-power-supply | multi-chassis | data-center-bridging | split
    SwitchRole = spine | tor | standalone | out-of-band
    TrafficClass = csv | live-migration | storage | backup | tenant
    TreeMode = rstp | off
    VLANPurpose = csv | live-migration | storage | backup | tenant | management | native
    Verdict = yes | no | with-command | unknown
    """
}
