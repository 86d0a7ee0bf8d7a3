/// Keys of the room and the hosts.
extension SiteKeys {
  static let racks = ValueKind.forms([
    .integer(1...mostRacks),
    .list(of: .forms([.name, .map(rack)]), most: mostRacks),
  ])

  static let room = Section(
    path: "room", doc: "The room: racks, distances and cabling",
    keys: [
      SiteKey(
        "row-pitch", .quantity(.length, 300...20_000),
        "Distance between the centre lines of two rows", default: "1.8 m",
        because: "1.2 m deep racks and aisles of about half that, shared by two rows"),
      SiteKey(
        "rack-width", .quantity(.length, 300...2000), "Width of a rack", default: "600 mm",
        because: "the common width of 19-inch racks"),
      SiteKey(
        "rows", .list(of: .name, most: mostRacks),
        "Every row in the order in which they stand, one row pitch apart; a row without racks counts"
          + " as well",
        because: "rows named by single letters stand by the alphabet, those named by numbers by"
          + " these (D is three row pitches from A, row-4 two from row-2), all others side by side in"
          + " the order of the file"),
      SiteKey("tray", .map(tray), "The cable tray"),
      SiteKey("racks", racks, "The racks: a number, a list of names, or a list of maps"),
      SiteKey(
        "cabling", .list(of: .map(cabling), most: 1000),
        "Cabling that is in place already; links over it need only patch cords"),
    ])

  static let tray = Section(
    path: "room.tray", doc: "The cable tray",
    keys: [
      SiteKey(
        "height-above-racks", .quantity(.length, 0...10_000), "Height above the racks",
        default: "0.3 m", because: "trays are commonly fixed a hand's reach above the racks"),
      SiteKey(
        "slack", .percent(most: 100), "Added to every routed length", default: "10 %",
        because: "bends, service loops and routing round posts"),
      SiteKey(
        "patch-panel-pairs", .integer(0...0),
        "Patch panels between two racks on new links; only 0 for now: cabling that is in place is "
          + "described by `cabling`"),
    ])

  static let rack = Section(
    path: "room.racks", doc: "A rack",
    keys: [
      SiteKey("name", .name, "Name, unique in the site", required: true),
      SiteKey(
        "row", .name, "Name of its row", default: "A",
        because: "racks without a row stand in row A"),
      SiteKey(
        "position", .integer(0...500), "Place in the row, counted in rack widths", default: nil,
        because: "racks stand side by side in the order of the file"),
      SiteKey(
        "units", .integer(1...60), "Height in rack units", default: "42",
        because: "the common height"),
      SiteKey(
        "free-units", .integer(0...60), "Units still free",
        because: "room for the switches is not checked"),
      SiteKey(
        "power", .quantity(.power, 0...100_000_000), "Rated power of the rack"),
      SiteKey(
        "free-power", .quantity(.power, 0...100_000_000), "Power that may be added on each feed",
        because: "power for the switches is not checked"),
      SiteKey(
        "feeds", .integer(1...4), "Independent power feeds", default: "1",
        because: "a second feed is not assumed"),
      SiteKey(
        "airflow", .choice(["port-to-psu", "psu-to-port", "side-to-side", "fanless"]),
        "Required airflow of switches; leave out when it does not matter"),
      SiteKey("outlet", .text, "Outlet type of the power strip, such as C13"),
    ])

  static let cabling = Section(
    path: "room.cabling", doc: "Cabling that is in place",
    keys: [
      SiteKey(
        "medium",
        .choice(["om1", "om2", "om3", "om4", "os2", "cat5e", "cat6", "cat6a"]),
        "What is installed", required: true),
      SiteKey(
        "between", .list(of: .name, most: 2), "The two racks; one rack alone for within it",
        required: true),
      SiteKey(
        "length", .quantity(.length, 100...1_000_000), "Installed length, panel to panel",
        required: true),
    ])

  static let hosts = ValueKind.forms([
    .integer(1...mostHosts), .map(hostGroup), .list(of: .map(hostGroup), most: 200),
  ])

  static let hostGroup = Section(
    path: "hosts", doc: "Equal hosts",
    keys: [
      SiteKey(
        "name", .name, "Name of the group; hosts are numbered after it", default: "hv",
        because: "the file gives the group no name"),
      SiteKey(
        "racks", .table(of: .integer(1...mostHostsInRack), most: mostRacks),
        "Hosts in each rack, such as `{ r1: 8, r2: 8 }`"),
      SiteKey(
        "count", .integer(1...mostHosts),
        "In place of `racks`: this many, spread evenly over all racks"),
      SiteKey(
        "memory", .quantity(.bytes, (1 << 30)...(64 << 40)),
        "Memory of one host; no part is chosen by it, `tenfold predict` fits guests into it",
        because: "it is not stated"),
      SiteKey(
        "os", .choice(operatingSystems), "Operating system", default: "windows-server-2022",
        because: "a current release; only Windows Server 2012 R2 changes what can be planned"),
      SiteKey(
        "nics", .list(of: .forms([.text, .map(nic)]), most: 16),
        "Network cards of one host, in slot order"),
    ])

  static let operatingSystems = [
    "windows-server-2012r2", "windows-server-2016", "windows-server-2019", "windows-server-2022",
    "windows-server-2025", "azure-stack-hci", "debian-12", "debian-13", "ubuntu-22.04",
    "ubuntu-24.04", "rhel-9", "proxmox-8", "proxmox-9", "linux", "vmware-esxi-8",
  ]

  static let nic = Section(
    path: "hosts.nics", doc: "A network card in every host of the group",
    keys: [
      SiteKey(
        "model", .text, "Model of the card as the catalogue knows it; `any` or nothing to buy one"),
      SiteKey(
        "onboard", .text,
        "An onboard card in words, such as `4x1G base-t`; on the new fabric `2x10G base-t`, "
          + "`2x10G sfp+` or `2x25G sfp28`"),
      SiteKey(
        "ports", .integer(1...16),
        "Ports of the `model`, where the catalogue does not know how many it has"),
      SiteKey(
        "connector", .choice(["rj45", "sfp+", "sfp28", "qsfp+", "qsfp28"]),
        "Socket of the `model`, where the catalogue does not know it"),
      SiteKey(
        "count", .integer(1...8), "How many of it in each host", default: "1",
        because: "one card"),
      SiteKey(
        "attach", .choice(["new-fabric", "existing-lan"]),
        "Where it is plugged in: `new-fabric`, or `existing-lan` to stay where it is",
        default: nil,
        because: "cards go on the new network, onboard ports stay where they are"),
      SiteKey(
        "carries",
        .list(of: .choice(["csv", "live-migration", "storage", "backup", "tenant"]), most: 5),
        "Traffic on it", default: nil,
        because: "all traffic of the site that no other card of the host carries"),
    ])
}
