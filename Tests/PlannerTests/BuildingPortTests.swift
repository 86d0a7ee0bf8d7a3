import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@testable import PlanProblem
@testable import Planner

@Suite struct BuildingPortTests {
  private func group(
    _ id: String, _ count: Int, prefix: String, split: SplitSpec? = nil, sharedWith: String? = nil
  ) -> PortGroup {
    PortGroup(
      id: id, connector: .sfpPlus, rates: [.gigabits(10)], count: count,
      naming: PortNaming(prefix: prefix, first: 1), split: split, sharedWith: sharedWith)
  }

  private func split(disables: Int = 0, maxPorts: Int? = nil) -> SplitSpec {
    SplitSpec(
      lanes: 4, laneRate: .gigabits(10), laneConnector: .sfpPlus, maxPorts: maxPorts,
      disables: disables, lanePrefix: "L", laneNumbering: .slash)
  }

  private func pool(_ groups: [PortGroup]) -> PortPool {
    PortPool(SwitchSpec(roles: [.tor], ports: groups))
  }

  @Test("Hosts go up from the first port and uplinks down from the last")
  func twoEnds() {
    var ports = pool([group("sfp", 4, prefix: "Te")])
    #expect(ports.takeLowest(0).map(ports.name) == "Te1")
    #expect(ports.takeHighest(0, count: 2).map(ports.name) == ["Te4", "Te3"])
    #expect(ports.takeLowest(0).map(ports.name) == "Te2")
    #expect(ports.takeLowest(0) == nil)
    #expect(ports.takeHighest(7) == nil)
  }

  @Test("Lanes come from split ports at the top end and stand in their place")
  func lanes() {
    var ports = pool([group("qsfp", 4, prefix: "Fo", split: split())])
    let taken = ports.takeLanes(0, links: 6)
    #expect(taken.map(ports.name) == ["L4/1", "L4/2", "L4/3", "L4/4", "L3/1", "L3/2"])
    #expect(taken.map(ports.wholeName) == ["Fo4", "Fo4", "Fo4", "Fo4", "Fo3", "Fo3"])
    #expect(
      ports.devicePorts().map(\.name)
        == ["Fo1", "Fo2"] + (3...4).flatMap { port in (1...4).map { "L\(port)/\($0)" } })
    #expect(ports.splitIntents().map(\.port) == ["Fo3", "Fo4"])
    #expect(ports.hasSplitPort)
  }

  @Test("The neighbours above a split port are out of use where splitting disables them")
  func disabledNeighbours() {
    var ports = pool([group("qsfp", 5, prefix: "Fo", split: split(disables: 1))])
    let taken = ports.takeLanes(0, links: 5)
    #expect(taken.map(ports.wholeName) == ["Fo4", "Fo4", "Fo4", "Fo4", "Fo2"])
    let lost = ports.devicePorts().filter { !$0.usable }.map(\.name)
    #expect(lost == ["Fo3", "Fo5"])
    #expect(ports.takeLanes(0, links: 1).isEmpty)
    #expect(ports.takeLowest(0).map(ports.name) == "Fo1")
  }

  @Test(
    "Sockets that two groups share are given out last, so that whatever fits by count fits",
    arguments: 0...2)
  func combo(_ sfp: Int) {
    let groups = [
      group("sfp", 2, prefix: "SFP", sharedWith: "copper"), group("copper", 6, prefix: "RJ"),
    ]
    // Either group first.
    for copperFirst in [true, false] {
      var ports = pool(groups)
      func takeCopper() -> Int { ports.takeHighest(1, count: 6 - sfp).count }
      func takeSFP() -> Int { ports.takeHighest(0, count: sfp).count }
      let first = copperFirst ? takeCopper() : takeSFP()
      let second = copperFirst ? takeSFP() : takeCopper()
      #expect([first, second] == (copperFirst ? [6 - sfp, sfp] : [sfp, 6 - sfp]))
      #expect(ports.devicePorts().filter { !$0.usable }.count == 2)
    }
  }

  @Test("Modules are called as their bay calls them")
  func bays() {
    let module = group("m", 1, prefix: "Te1/1/", split: split())
    let odd = group("n", 1, prefix: "port ")
    let variant = SwitchVariant(
      part: 0, modules: [1, 1, 2], spec: SwitchSpec(roles: [.tor], ports: []),
      groups: [
        VariantGroup(id: "bay1/m", group: module), VariantGroup(id: "bay2/m", group: module),
        VariantGroup(id: "bay3/n", group: odd),
      ], key: "", height: 2, draw: 0, drawIsKnown: true, lagLimit: 8, requires: [])
    let ports = PortPool(variant).devicePorts()
    #expect(ports.map(\.name) == ["Te1/1/1", "Te1/2/1", "port bay3/1"])
    #expect(ports.map(\.group) == ["bay1/m", "bay2/m", "bay3/n"])
  }

  @Test("Names of switches are host names, and no name is given twice")
  func names() {
    var book = NameBook(taken: ["R1-tor-a"])
    #expect(book.claim("r1", suffix: "-tor-a") == "r1-2-tor-a")
    #expect(book.claim("r1", suffix: "-tor-b") == "r1-tor-b")
    #expect(book.claim("7", suffix: "-tor-a") == "x7-tor-a")
    let long = String(repeating: "a", count: 40)
    #expect(book.claim(long, suffix: "-tor-a").utf8.count == 32)
    #expect(book.claim(long, suffix: "-tor-a").hasSuffix("-2-tor-a"))
  }

  @Test("The core's ports are dealt so that each node reaches every box of an MLAG")
  func coreDealing() {
    func core(_ kind: CoreKind, _ boxes: [String]) -> Core {
      Core(
        name: "core", kind: kind, rack: "r1",
        spanningTree: CoreSpanningTree(mode: .rstp, priority: 4096),
        ports: boxes.enumerated().map { index, box in
          Core.Port(name: "p\(index + 1)", connector: "sfp+", rate: .gigabits(10), box: box)
        }, uplinks: boxes.count, carries: [])
    }
    func dealt(_ kind: CoreKind, _ boxes: [String], perNode: Int) -> [[String]] {
      core(kind, boxes).dealtPorts(perNode: perNode).map { $0.map(\.name) }
    }
    #expect(dealt(.mlag, ["l", "l", "r", "r"], perNode: 2) == [["p1", "p3"], ["p2", "p4"]])
    #expect(dealt(.mlag, ["l", "r", "l", "r"], perNode: 1) == [["p1"], ["p2"]])
    #expect(dealt(.mlag, ["l", "l", "r", "r"], perNode: 1) == [["p1"], ["p3"]])
    #expect(dealt(.separate, ["l", "l", "r", "r"], perNode: 1) == [["p1"], ["p3"]])
    #expect(dealt(.separate, ["l", "l"], perNode: 1) == [["p1"], []])
    #expect(dealt(.separate, ["l", "r", "l", "r"], perNode: 2) == [["p1", "p3"], ["p2", "p4"]])
    #expect(dealt(.chassis, ["", "", ""], perNode: 1) == [["p1"], ["p2"]])
    #expect(dealt(.stack, [], perNode: 1) == [[], []])
  }
}
