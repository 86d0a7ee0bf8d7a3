import Quantities
import SiteModel
import SiteStore
import Testing

@Suite struct ShortFormTests {
  @Test("A number of racks and a number of hosts are a site, spread evenly")
  func numbers() throws {
    let site = try site("tenfold: 1\nracks: 3\nhosts: 8\n")
    #expect(site.name == "site")
    #expect(site.room.racks.map(\.name) == ["r1", "r2", "r3"])
    #expect(site.hosts.map(\.name) == ["hv"])
    #expect(site.hosts[0].placements.map(\.count) == [3, 3, 2])
    #expect(site.budget.total == nil)
    #expect(site.core == nil)
  }

  @Test("A rate may be written as catalogues print it")
  func rates() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 1
      hosts: 2
      core: { uplinks: 4, ports: [{ name: a, rate: 1G }, { name: b, rate: 1 G }, { name: c, rate: 1000M }, { name: d, rate: 1 Gbps }] }
      """)
    #expect(site.core?.ports.map(\.rate) == Array(repeating: .gigabits(1), count: 4))
  }

  @Test("VLANs of the core that the file leaves out are the tenants', said once")
  func coreVLANs() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 1
      hosts: { count: 2, nics: [{ carries: [csv, live-migration, tenant] }] }
      traffic: { tenant-vlans: [20, 21] }
      core: { ports: [a, b] }
      """)
    let taken = site.defaults.filter { $0.key == "core.carries" }
    #expect(taken.map(\.value) == ["[20, 21]"])
    #expect(taken.map(\.reason) == ["the tenant VLANs"])
  }

  @Test("Racks without hosts hold no switches that need an address")
  func addresses() throws {
    let start = """
      tenfold: 1
      racks: [a, b, c, d]
      management: { subnet: 10.0.0.0/29, first-address: 1 }
      hosts: { nics: [any], racks:
      """
    #expect(try site(start + " { a: 2, b: 2 } }\n").room.racks.count == 4)
    #expect(throws: (any Error).self) { try site(start + " { a: 2, b: 2, c: 2 } }\n") }
  }

  @Test("One group needs no list, and a count needs no racks")
  func group() throws {
    let site = try site("tenfold: 1\nracks: [a, b]\nhosts: { count: 3, nics: [X520-DA2] }\n")
    #expect(site.hosts[0].placements.map(\.count) == [2, 1])
    #expect(site.hosts[0].nics.map(\.model) == ["X520-DA2"])
    #expect(site.hosts[0].nics.map(\.carries) == [[.csv, .liveMigration]])
  }

  @Test("Racks without a position stand behind the one before in their row")
  func positions() throws {
    let site = try site(
      """
      tenfold: 1
      racks: [ { name: a, row: X, position: 4 }, { name: b, row: X }, { name: c, row: Y }, d ]
      hosts: 4
      """)
    #expect(site.room.racks.map(\.position) == [4, 5, 1, 1])
    #expect(site.room.racks.map(\.row) == [23, 23, 24, 0])
  }

  @Test("A card without `carries` takes what no other card of the host carries")
  func rest() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 2
      hosts: { count: 4, nics: [ { model: A, carries: tenant }, B ] }
      traffic: { tenant-vlans: 20, storage: yes }
      """)
    #expect(site.hosts[0].nics.map(\.carries) == [[.tenant], [.csv, .liveMigration, .storage]])
  }

  @Test("Without cards, Windows Server 2012 R2 gets one for guests and one for RDMA")
  func bought() throws {
    let start = "tenfold: 1\nracks: 2\nhosts: { count: 4, os: windows-server-2012r2 }\n"
    let two = try site(start + "traffic: { tenant-vlans: 20 }\n")
    #expect(two.hosts[0].nics.map(\.carries) == [[.csv, .liveMigration], [.tenant]])
    let one = try site(start + "traffic: { tenant-vlans: 20, rdma: none }\n")
    #expect(one.hosts[0].nics.map(\.carries) == [[.csv, .liveMigration, .tenant]])
  }

  @Test("The RDMA default does not contradict hosts that cannot use it")
  func rdma() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 2
      hosts:
        count: 4
        os: windows-server-2012r2
        nics: [ { model: A, carries: [csv, live-migration, tenant] } ]
      traffic: { tenant-vlans: 20 }
      """)
    #expect(site.traffic.rdma == .none)
    #expect(site.defaults.contains { $0.key == "traffic.rdma" && $0.value == "none" })
  }

  @Test("What a card carries decides what the site carries when the file does not say")
  func carried() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 2
      hosts: { count: 4, nics: [ { model: A, carries: [live-migration, backup] } ] }
      """)
    #expect(!site.traffic.csv)
    #expect(site.traffic.liveMigration)
    #expect(site.traffic.backup == .eastWest)
    #expect(site.addressing.entries.map(\.traffic) == [.backup, .liveMigration])
  }

  @Test("Defaults go round every VLAN and subnet that the file uses")
  func dodge() throws {
    let site = try site(
      """
      tenfold: 1
      racks: 2
      hosts: 8
      traffic: { tenant-vlans: [99, 666, 711, 712, 713, 721] }
      management: { subnet: 10.71.4.0/24 }
      """)
    #expect(site.addressing.entries.map { $0.vlanA.number } == [714, 722])
    #expect(site.addressing.entries.map { $0.vlanB.number } == [715, 723])
    #expect(site.addressing.entries[0].subnetA.description != "10.71.4.0/24")
    #expect(site.addressing.nativeVLAN.number == 667)
    #expect(site.management.vlan.number == 100)
  }

  @Test("Default subnets are large enough for many hosts and many racks")
  func large() throws {
    let site = try site("tenfold: 1\nracks: 200\nhosts: 5000\n")
    #expect(site.addressing.entries[0].subnetA.usableAddresses >= 5000)
    #expect(site.management.subnet.usableAddresses >= 412)
  }

  @Test("The ratio after a failure is twice the ratio before it, unless the file says")
  func ratios() throws {
    let start = "tenfold: 1\nracks: 2\nhosts: 8\n"
    let doubled = try site(start + "requirements: { oversubscription: 5:2 }\n")
    #expect(doubled.requirements.oversubscription == Rational(5, over: 2))
    #expect(doubled.requirements.oversubscriptionAfterFailure == Rational(5))
    let given = try site(start + "requirements: { after-any-failure: 6.5 }\n")
    #expect(given.requirements.oversubscriptionAfterFailure == Rational(13, over: 2))
  }

  @Test("Units are converted exactly")
  func units() throws {
    let site = try site(
      """
      tenfold: 1
      budget: 12000.5
      room: { row-pitch: 2.345 m, rack-width: 80 cm, racks: [ { name: r1, free-power: 0.9 kW } ] }
      hosts: { racks: { r1: 2 }, memory: 1.5 TiB }
      prices: { stale-after: 2 years, freight-and-vat: 19 % }
      """)
    #expect(site.budget.total?.minorUnits == 1_200_050)
    #expect(site.room.rowPitch.millimetres == 2345)
    #expect(site.room.rackWidth.millimetres == 800)
    #expect(site.room.racks[0].freePower == .watts(900))
    #expect(site.hosts[0].memory?.bytes == 3 << 39)
    #expect(site.prices.staleAfterMonths == 24)
    #expect(site.prices.freightAndVAT == .percent(19))
  }

  @Test("A byte-order mark, comments, JSON and CRLF line ends are read")
  func encodings() throws {
    let plain = try site("tenfold: 1\nname: x\nracks: 2\nhosts: 8\n")
    let marked = try site("\u{FEFF}tenfold: 1 # one\r\nname: x\r\nracks: 2\r\nhosts: 8\r\n")
    let json = try site("{ \"tenfold\": 1, \"name\": \"x\", \"racks\": 2, \"hosts\": 8 }")
    for other in [marked, json] {
      #expect(other.room == plain.room)
      #expect(other.hosts.map(\.placements) == plain.hosts.map(\.placements))
    }
  }

  @Test("An unknown spanning tree counts as the default priority, on the list of defaults")
  func spanningTree() throws {
    let site = try site("tenfold: 1\nracks: 2\nhosts: 8\ncore: { ports: [Te1/1, Te1/2] }\n")
    let core = try #require(site.core)
    #expect(core.spanningTree == CoreSpanningTree(mode: .rstp, priority: 32768))
    #expect(core.rack == "r1")
    #expect(site.management.rack == "r1")
    #expect(site.defaults.contains { $0.key == "core.spanning-tree.priority" })
    #expect(site.defaults.contains { $0.key == "core.ports[*].type" })
  }
}
