/// Keys of traffic, core, management and addressing.
extension SiteKeys {
  static let traffic = Section(
    path: "traffic", doc: "What the network carries",
    keys: [
      SiteKey(
        "rdma", .choice(["required", "preferred", "none"]),
        "SMB Direct: `required` makes lossless Ethernet a must where the cards need it",
        default: "preferred",
        because: "tried first, also where it costs more, and given up when no plan is possible with"
          + " it"),
      SiteKey(
        "csv", .flag, "Cluster shared volumes", default: "yes",
        because: "the usual reason for a faster network between hosts"),
      SiteKey(
        "live-migration", .flag, "Live migration", default: "yes",
        because: "the usual reason for a faster network between hosts"),
      SiteKey(
        "storage", .flag, "Storage traffic to file servers or appliances", default: nil,
        because: "no card carries it"),
      SiteKey(
        "backup", .choice(["none", "east-west", "via-core"]),
        "Way of the backup: between hosts of the new network, or through the core", default: nil,
        because: "no card carries it"),
      SiteKey(
        "tenant-vlans", .list(of: .vlan, most: 1000),
        "VLANs of the guests; they may leave through the core"),
      SiteKey(
        "gateways", .choice(["core", "none"]),
        "Where the gateways of hosts and guests are", default: nil,
        because: "the core routes when there is one"),
      SiteKey(
        "north-south", .quantity(.rate, 1_000_000...10_000_000_000_000),
        "Rate that must be able to leave to the core after the loss of one spine switch",
        because: "the uplink is sized by `core.uplinks` alone"),
    ])

  static let core = Section(
    path: "core", doc: "The existing core, left as it is",
    keys: [
      SiteKey(
        "name", .name, "Name of the core", default: "core", because: "the file gives no name"),
      SiteKey(
        "kind", .choice(["chassis", "stack", "mlag", "separate"]),
        "One chassis, a stack, an MLAG pair, or two separate boxes", default: "chassis",
        because: "one link aggregate needs one logical switch: confirm it"),
      SiteKey("rack", .name, "Rack it stands in", default: nil, because: "the first rack"),
      SiteKey("vendor", .text, "Maker, for locks on transceivers"),
      SiteKey("spanning-tree", .map(spanningTree), "Spanning tree of the core"),
      SiteKey(
        "ports", .list(of: .forms([.text, .map(corePort)]), most: 500),
        "Free ports of the core", required: true),
      SiteKey(
        "uplinks", .integer(2...16), "Links to it, split evenly over the two spine switches",
        default: "2", because: "one for each of the two switches"),
      SiteKey(
        "carries", .list(of: .vlan, most: 1000), "VLANs that may leave", default: nil,
        because: "the tenant VLANs"),
      SiteKey(
        "mtu", .integer(1280...12_000), "Link MTU of the core's ports in bytes",
        because: "confirm that it is at least 1500 bytes"),
    ])

  static let spanningTree = Section(
    path: "core.spanning-tree", doc: "Spanning tree of the core",
    keys: [
      SiteKey(
        "mode", .choice(["rstp", "mstp", "pvst", "rapid-pvst", "none"]), "Mode", default: "rstp",
        because: "the standard one: confirm it before the hook-up"),
      SiteKey(
        "priority", .integer(0...61_440), "Bridge priority of the root, in steps of 4096",
        default: "32768",
        because: "the default of every switch: the new switches take a worse one and cannot become "
          + "root; confirm it before the hook-up"),
    ])

  static let corePort = Section(
    path: "core.ports", doc: "A free port of the core",
    keys: [
      SiteKey("name", .text, "Name of the port as the core calls it", required: true),
      SiteKey(
        "type", .choice(["sfp+", "sfp28", "qsfp+", "qsfp28", "rj45"]), "Socket", default: "sfp+",
        because: "the usual 10 Gbps port: confirm it"),
      SiteKey(
        "rate", .quantity(.rate, 1_000_000_000...100_000_000_000), "Rate of the port",
        default: nil, because: "the rate of its socket: confirm it"),
      SiteKey("box", .text, "Box it is on, for `mlag` and `separate`"),
    ])

  static let management = Section(
    path: "management", doc: "The out-of-band management network",
    keys: [
      SiteKey(
        "rack", .name, "Rack of the switch that management cables go to", default: nil,
        because: "the core's rack, else the first"),
      SiteKey(
        "buy-switch", .flag, "Buy a small switch for it", default: "no",
        because: "ports of the existing network are used"),
      SiteKey(
        "free-ports", .integer(0...1000), "Free ports of the existing management switch",
        because: "confirm that there are enough"),
      SiteKey(
        "subnet", .subnet, "Subnet", default: "192.168.100.0/24",
        because: "a private subnet: confirm that it is free"),
      SiteKey("gateway", .address, "Gateway; leave out when management is not routed"),
      SiteKey(
        "first-address", .integer(1...65_000), "Number in the subnet of the first switch",
        default: "11", because: "leaves the first ten for gateways and tools"),
      SiteKey("ntp", .list(of: .address, most: 4), "Time servers"),
      SiteKey("syslog", .list(of: .address, most: 4), "Log servers"),
      SiteKey(
        "vlan", .vlan, "VLAN for management on switches without an out-of-band port",
        default: "99", because: "an unused number"),
    ])

  static let addressing = Section(
    path: "addressing", doc: "VLANs and subnets of the storage-class traffic",
    keys: [
      SiteKey("csv", .map(addressingEntry), "Cluster shared volumes"),
      SiteKey("live-migration", .map(addressingEntry), "Live migration"),
      SiteKey("storage", .map(addressingEntry), "Storage"),
      SiteKey("backup", .map(addressingEntry), "Backup: between hosts, or through the core"),
      SiteKey(
        "native-vlan", .vlan,
        "Unused VLAN of links that carry no other; trunks drop untagged frames", default: "666",
        because: "an unused number, so that untagged frames go nowhere"),
      SiteKey(
        "mtu", .integer(1500...9216), "Payload MTU of these subnets in bytes", default: "9000",
        because: "jumbo frames on every hop; 9000 bytes leave room for every header"),
    ])

  static let addressingEntry = Section(
    path: "addressing.class", doc: "A VLAN and a subnet on each of the two fabrics",
    keys: [
      SiteKey(
        "vlans", .list(of: .vlan, most: 2), "VLAN on fabric A and on fabric B", default: nil,
        because: "numbered by rule, around every number that the file uses"),
      SiteKey(
        "subnets", .list(of: .subnet, most: 2), "Subnet on fabric A and on fabric B",
        default: nil, because: "made from the VLAN number: confirm that it is free"),
    ])
}
