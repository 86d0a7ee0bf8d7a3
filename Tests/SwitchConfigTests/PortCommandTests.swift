import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import TemplateText
import Testing

@testable import SwitchConfig

@Suite("Commands that mend a port")
struct PortCommandTests {
  /// A golden switch after lines were typed on it.
  private func after(_ lines: [String], _ golden: GoldenSwitch) throws -> SwitchIntent {
    var all = try golden.render().text.split(separator: "\n").map(String.init)
    // Such a text closes configuration mode at its end.
    if golden.intent.os == .os6 || golden.intent.os == .netgear {
      let end = try #require(all.lastIndex(of: "exit"))
      all.insert(contentsOf: lines + ["exit"], at: end)
    } else {
      // Elsewhere a configuration shows by indentation what belongs to a block.
      let isIndented = all.contains { $0.hasPrefix(" ") }
      let openers = ["interface ", "no interface ", "/"]
      all += lines.map { line in
        isIndented && !openers.contains(where: line.hasPrefix) ? " " + line : line
      }
    }
    let reader = try #require(try Shipped.reader(golden.intent.os))
    let read = reader.read(
      Array((all.joined(separator: "\n") + "\n").utf8), file: golden.name)
    #expect(read.unknown.map(\.text) == [], "\(golden.name) \(lines)")
    return try #require(read.intent, "\(golden.name) \(lines): \(read.findings.map(\.message))")
  }

  /// Dialects whose lines are typed as they stand in a configuration, by their switches.
  private func goldens() throws -> [(golden: GoldenSwitch, traits: DialectTraits)] {
    try Golden.all().filter { $0.intent.os != .sonic }.map {
      golden -> (GoldenSwitch, DialectTraits) in
      (golden, try #require(ShippedTraits.of(golden.intent.os)))
    }
  }

  private func typed(
    _ task: OperatorTask, _ port: PortIntent, _ traits: DialectTraits, mtu: String = "",
    vlans: [Int] = []
  ) -> [String]? {
    let link = port.lag.map(traits.lagName) ?? port.name
    return traits.command(task)?.lines(port: port.name, link: link, mtu: mtu, vlans: vlans)
  }

  @Test("A port that is shut is enabled by them")
  func open() throws {
    var tried: Set<SwitchOS> = []
    for (golden, traits) in try goldens() {
      // Where an enabled port needs a VLAN a port that is opened alone is no whole intent.
      guard let shut = golden.intent.ports.last(where: { !$0.enabled && $0.lag == nil }) else {
        continue
      }
      let lines = try #require(typed(.openPort, shut, traits), "\(golden.name)")
      let intent = try after(lines, golden)
      #expect(intent.ports.first { $0.name == shut.name }?.enabled == true, "\(golden.name)")
      tried.insert(golden.intent.os)
    }
    #expect(tried.count == 8)
  }

  @Test("A port, or what has its MTU, gets another")
  func mtu() throws {
    var tried: Set<SwitchOS> = []
    for (golden, traits) in try goldens() {
      guard let port = golden.intent.ports.first(where: \.enabled) else { continue }
      let lines = try #require(typed(.setMTU, port, traits, mtu: "2500"), "\(golden.name)")
      let intent = try after(lines, golden)
      #expect(intent.ports.first { $0.name == port.name }?.mtu == 2500, "\(golden.name)")
      tried.insert(golden.intent.os)
    }
    #expect(tried.count == 8)
  }

  @Test("VLANs join a trunk and leave it, and the others stay")
  func vlans() throws {
    var tried: Set<SwitchOS> = []
    for (golden, traits) in try goldens() {
      let intent = golden.intent
      for port in intent.ports where port.enabled {
        let lag = intent.lags.first { $0.number == port.lag }
        let own = lag?.membership ?? port.membership
        guard lag?.isPeerLink != true, own.tagged.count >= 2, own.untagged == nil else { continue }
        let numbers = own.tagged.map(\.number)
        guard let out = typed(.removeVLANs, port, traits, vlans: Array(numbers.dropLast())) else {
          continue
        }
        func tagged(_ intent: SwitchIntent) -> [Int]? {
          (intent.lags.first { $0.number == port.lag }?.membership
            ?? intent.ports.first { $0.name == port.name }?.membership)?.tagged.map(\.number)
        }
        #expect(tagged(try after(out, golden)) == Array(numbers.suffix(1)), "\(golden.name) \(out)")
        let back = try #require(
          typed(.addVLANs, port, traits, vlans: Array(numbers.dropLast())), "\(golden.name)")
        #expect(tagged(try after(out + back, golden)) == numbers, "\(golden.name) \(back)")
        tried.insert(intent.os)
        break
      }
    }
    #expect(tried == [.os9, .os6, .os10, .eos, .nxos, .netgear])
  }

  @Test("A line that needs a name the system does not have is not made")
  func unnamed() throws {
    let command = OperatorCommand(
      task: .setMTU, lines: ["interface <LINK>", "mtu <MTU>"], sign: "", fact: "X-1")
    #expect(command.lines(port: "p1", link: nil, mtu: "9216") == [])
    #expect(
      command.lines(port: "p1", link: "po 3", mtu: "9216") == ["interface po 3", "mtu 9216"])
    #expect(ShippedTraits.of(.onyx)?.lagName(3) == nil)
    #expect(ShippedTraits.of(.os9)?.lagName(3) == "Port-channel 3")
  }
}
