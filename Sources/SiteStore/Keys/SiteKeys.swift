/// The keys of a site file, in the order in which documents show them.
enum SiteKeys {
  /// Most racks of a site.
  static let mostRacks = 200
  /// Most hosts in one rack.
  static let mostHostsInRack = 200
  /// Most hosts of a site.
  static let mostHosts = 5000
  /// The top of the file.
  static let site = Section(
    path: "", doc: "A site: what there is, what is wanted, and what may be spent",
    keys: [
      SiteKey(
        "tenfold", .integer(1...1), "Version of this file format, always 1", required: true),
      SiteKey(
        "name", .name, "Name of the site; part of switch names and reports", default: "site",
        because: "the file gives no name"),
      SiteKey(
        "currency", .currency, "Currency of every amount, as its ISO 4217 code", default: "EUR",
        because: "amounts without a currency are read as euros"),
      SiteKey(
        "budget", .forms([.money, .map(budget)]),
        "What may be spent, gross; one number is the total", default: nil,
        because: "no limit: the cheapest plan is shown whatever it costs"),
      SiteKey("prices", .map(prices), "Which prices count and how they are converted"),
      SiteKey("room", .map(room), "The room: racks, distances and cabling"),
      SiteKey(
        "racks", racks,
        "Short form of `room.racks`: a number, a list of names, or a list of maps"),
      SiteKey(
        "hosts", hosts,
        "A number of hosts spread evenly, one group of equal hosts, or a list of groups",
        required: true),
      SiteKey("traffic", .map(traffic), "What the network carries"),
      SiteKey("requirements", .map(requirements), "What the plan must meet"),
      SiteKey(
        "core", .forms([.map(core), .word("none")]),
        "The existing network, left as it is; leave out for an island",
        because: "the new network is not connected to an existing one"),
      SiteKey("management", .map(management), "The out-of-band management network"),
      SiteKey("addressing", .map(addressing), "VLANs and subnets of the storage-class traffic"),
    ])

  static let budget = Section(
    path: "budget", doc: "What may be spent, freight and VAT included",
    keys: [
      SiteKey(
        "total", .money, "For everything", because: "no limit: the cheapest plan is shown"),
      SiteKey("starter", .money, "For the first phase, which must work by itself"),
    ])

  static let prices = Section(
    path: "prices", doc: "Which prices count and how they become the site's money",
    keys: [
      SiteKey(
        "kinds",
        .list(
          of: .choice([
            "contract", "estimate", "historical", "list", "quote", "refurbished", "secondary",
            "street",
          ]), most: 8),
        "Kinds of price that may be used",
        default: "[contract, quote, street, list, refurbished, estimate]",
        because: "every kind that can be bought at today; estimates are marked in every report"),
      SiteKey(
        "used-parts", .flag, "Whether used and refurbished parts may be bought", default: "yes",
        because: "used parts are often the cheapest; each order line says new or used"),
      SiteKey(
        "discounts", .table(of: .percent(most: 99), most: 100),
        "Discount by vendor on list and contract prices"),
      SiteKey(
        "exchange", .dated(of: .decimal, most: 50),
        "Rates of exchange: units of the site's currency for one unit of the other, with their day "
          + "as `on`"),
      SiteKey(
        "stale-after", .quantity(.months, 1...600), "Prices older than this are marked",
        default: "24 months", because: "street prices of network parts move within two years"),
      SiteKey(
        "freight-and-vat", .percent(most: 100), "Freight and VAT on the sum of all goods",
        default: "0 %",
        because:
          "without a rate every amount is net, while a budget holds freight and VAT: confirm the "
          + "rate"),
      SiteKey(
        "direct-order", .percent(most: 50), "Discount of ordering directly from the vendor",
        default: "0 %", because: "nothing is known of a direct order"),
    ])

  static let requirements = Section(
    path: "requirements", doc: "What the plan must meet",
    keys: [
      SiteKey(
        "oversubscription", .ratio,
        "Host bandwidth over uplink bandwidth of each top-of-rack switch, everything working",
        default: "4:1", because: "4:1 is common for virtualisation hosts"),
      SiteKey(
        "after-any-failure", .ratio,
        "The same after the loss of any one link, optic, cable or spine switch", default: nil,
        because: "twice `oversubscription`: half of the uplinks are lost with one spine switch"),
      SiteKey(
        "designs", .list(of: .choice(["standalone-pair", "vlt-pair", "spine-leaf"]), most: 3),
        "Designs that may be chosen", default: "[standalone-pair, vlt-pair, spine-leaf]",
        because: "the cheapest one that meets everything is chosen"),
      SiteKey("spares", .map(spares), "Spare parts: needed times rate, rounded up by part"),
      SiteKey(
        "third-party-optics", .flag,
        "Whether transceivers and cables of other makers may be bought where the switch takes them",
        default: "yes", because: "they cost a fraction; a few are bought first and tested"),
      SiteKey(
        "test-first", .integer(0...1000),
        "At least this many of each third-party transceiver are bought and come first",
        default: "2", because: "one link needs two"),
      SiteKey("power-supplies", .map(powerSupplies), "Power supplies in each switch"),
      SiteKey(
        "spine-models", .list(of: .text, most: 50),
        "Models that may be spine or central switches; leave out for all"),
      SiteKey(
        "tor-models", .list(of: .text, most: 50),
        "Models that may be top-of-rack switches; leave out for all"),
      SiteKey(
        "spine-racks", .list(of: .name, most: 2),
        "Racks of the two spine, or central, switches; leave out to place them by rule"),
      SiteKey(
        "configurations", .choice(["required", "optional"]),
        "Whether every switch must be one whose configuration can be written", default: "required",
        because: "a plan is more useful with its configurations"),
      SiteKey(
        "unknowns", .choice(["allow", "refuse"]),
        "Whether a plan may rest on facts that nobody has confirmed", default: "allow",
        because: "each one stands on the list to confirm before anything is ordered"),
      SiteKey(
        "free-ports", .integer(0...1000), "Ports to keep free on each switch for growth",
        default: "0", because: "growth is not paid for unless asked"),
    ])

  static let spares = Section(
    path: "requirements.spares", doc: "Spare rates by kind of part",
    keys: [
      SiteKey(
        "optics", .percent(most: 100), "Spare transceivers", default: "5 %",
        because: "at least one of each is at hand"),
      SiteKey(
        "cables", .percent(most: 100), "Spare cables", default: "5 %",
        because: "at least one of each is at hand"),
      SiteKey(
        "switches", .percent(most: 100), "Spare switches", default: "0 %",
        because: "every switch has a partner that carries its load"),
      SiteKey(
        "nics", .percent(most: 100), "Spare network cards", default: "0 %",
        because: "a host with a dead card can be drained"),
    ])

  static let powerSupplies = Section(
    path: "requirements.power-supplies", doc: "Power supplies in each switch",
    keys: [
      SiteKey(
        "spine", .integer(1...4), "In each spine, or central, switch", default: "1",
        because: "as the switch ships: the other one of the pair carries on when a supply fails"),
      SiteKey(
        "tor", .integer(1...4), "In each top-of-rack switch", default: "1",
        because: "the other switch of the rack carries its load"),
    ])
}
