import CatalogModel
import Fabric
import Foundation
import Testing

@testable import SwitchConfig

/// The golden texts: `Golden/NAME.txt` holds, a line each, the facts with their grades and the line
/// of the configuration. `UPDATE_GOLDEN=1 swift test --filter GoldenTests` writes them anew; read
/// the difference against the facts before it is committed.
@Suite("Golden texts")
struct GoldenTests {
  private static let folder = "Tests/SwitchConfigTests/Golden"

  /// One line of a golden file: `FACT:GRADE FACT:GRADE | line`.
  private func annotated(_ config: RenderedConfig, model: String) throws -> String {
    let table = try Shipped.renderer.get().facts(config.os)
    var text = ""
    for line in config.lines {
      let facts = line.facts.map { id in
        "\(id):\(table.fact(id)?.grade(onModel: model).rawValue ?? "?")"
      }.joined(separator: " ")
      text += facts + String(repeating: " ", count: max(0, 28 - facts.count)) + "|" + line.text
      text += "\n"
    }
    return text
  }

  @Test("Each golden text is rendered to the byte, with the same facts on each line")
  func same() throws {
    for golden in try Golden.all() {
      let config = try golden.render()
      let found = try annotated(config, model: golden.model)
      let path = "\(GoldenTests.folder)/\(golden.name).txt"
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
        try found.write(
          to: Shipped.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
        continue
      }
      let wanted = try Shipped.text(path)
      let pairs = zip(found.split(separator: "\n"), wanted.split(separator: "\n"))
      for (number, (left, right)) in pairs.enumerated() where left != right {
        Issue.record("\(path):\(number + 1): found \(left), expected \(right)")
        break
      }
      #expect(found == wanted, "\(path): UPDATE_GOLDEN=1 writes it anew")
      #expect(config.text == config.lines.map { $0.text + "\n" }.joined())
      #expect(config.lines.map(\.number) == Array(1...config.lines.count))
    }
  }

  @Test("Each line of the golden texts has the form that its fact allows in its block")
  func forms() throws {
    var seen: Set<String> = []
    for golden in try Golden.all() {
      let (name, intent) = (golden.name, golden.intent)
      let table = try Shipped.renderer.get().facts(intent.os)
      let matcher = try FactMatcher(table, os: intent.os)
      var follower = BlockFollower(intent.os)
      let annotated = try Shipped.text("\(GoldenTests.folder)/\(name).txt")
      for (index, row) in annotated.split(separator: "\n").enumerated() {
        let bar = try #require(row.firstIndex(of: "|"))
        let facts = row[..<bar].split(separator: " ").map { $0.split(separator: ":") }
        let (context, text) = follower.next(String(row[row.index(after: bar)...]))
        let place = "\(name):\(index + 1): \(context): \(text)"
        guard let first = facts.first else {
          if context == "comment" && intent.os == .sonic { continue }
          #expect(
            text == "!" || text.hasPrefix("! ") || text == "#" || text.hasPrefix("# "),
            "no fact for \(place)")
          continue
        }
        let isGood = matcher.accepts(text, in: context, fact: String(first[0]))
        #expect(isGood, "\(first[0]), \(place)")
        seen.formUnion(facts.map { String($0[0]) })
      }
      #expect(follower.isClosed, "\(name)")
    }
    // Forms that no golden text shows are forms that nobody has looked at. Facts that no template
    // names are for readers of other people's texts.
    let named = try Set(
      Shipped.files().filter { $0.path.hasSuffix(".mustache") }.flatMap { file in
        file.text.split(separator: "\n").flatMap { line in
          line.split(separator: " ## ").last?.split(separator: ",").map(String.init) ?? []
        }
      })
    for os in Shipped.dialects {
      let table = try Shipped.renderer.get().facts(os)
      for fact in table.facts
      where !fact.lines.isEmpty && named.contains(fact.id)
        && !GoldenTests.elsewhere.contains(fact.id)
      {
        #expect(seen.contains(fact.id), "no golden text shows \(fact.id)")
      }
    }
  }

  /// Facts whose lines only other tests show: an address without a gateway, no spanning tree, a
  /// LAG that carries no VLAN.
  private static let elsewhere: Set<String> = [
    "OS6-12a", "OS10-5b", "EOS-13c", "NXOS-16d", "ONYX-5b",
  ]

  @Test("Each line with an unverified fact has a mark above its run, and only those have")
  func marks() throws {
    for golden in try Golden.all() {
      let (name, model) = (golden.name, golden.model)
      let config = try golden.render()
      let table = try Shipped.renderer.get().facts(golden.intent.os)
      var marked = ""
      // JSON has its marks in one place, one a fact.
      if golden.intent.os == .sonic {
        let open = Set(
          config.unverified.compactMap { line in
            line.facts.first { table.fact($0)?.grade(onModel: model) == .unverified }
          })
        for fact in open {
          #expect(config.lines.count { $0.text.contains("\"UNVERIFIED (\(fact)): ") } == 1)
        }
        #expect(config.lines.count { $0.text.contains("\"UNVERIFIED (") } == open.count)
        continue
      }
      for line in config.lines {
        if line.text.dropFirst().hasPrefix(" UNVERIFIED (") {
          marked = String(line.text.dropFirst(14).prefix { $0 != ")" })
          continue
        }
        let open = line.facts.first { table.fact($0)?.grade(onModel: model) == .unverified } ?? ""
        if line.grade == .unverified {
          #expect(open == marked, "\(name):\(line.number)")
        } else {
          #expect(open.isEmpty, "\(name):\(line.number)")
          marked = ""
        }
      }
    }
    let tor = try Shipped.render(Golden.n4032, model: "N4032F")
    // Four lines on each of ten lossless ports, two native VLANs, one uplink group, one password.
    let doubts = [
      "PFC stands in a block", "VLAN of untagged frames", "the spelling of the interface",
      "over SSH the default list",
    ]
    #expect(
      doubts.map { doubt in tor.unverified.count { $0.doubt.hasPrefix(doubt) } } == [40, 2, 9, 1])
    #expect(tor.unverified.count == 52)
    #expect(tor.lines.allSatisfy { $0.doubt.isEmpty == ($0.grade != .unverified) })
    #expect(
      tor.lines.filter { $0.text.hasPrefix("! UNVERIFIED") }.map(\.text).count == 14)
  }

  @Test("A fact that holds for other models only is unverified on this one")
  func models() throws {
    let known = try Shipped.render(Golden.spine, model: "S4810")
    let open = try Shipped.render(Golden.spine, model: "Dell Force10 Z9000")
    #expect(known.unverified.map { $0.facts.last } == ["OS9-121a", "OS9-120a"])
    #expect(open.unverified.count == 3)
    #expect(open.unverified[1].text == "stack-unit 0 port 48 portmode quad no-confirm")
    #expect(open.text.contains("! UNVERIFIED (OS9-101): "))
  }

  @Test("Each line names the part of the intent that it says")
  func subjects() throws {
    let config = try Shipped.render(Golden.spine, model: "S4810")
    func subject(_ text: String) -> String? { config.lines.first { $0.text == text }?.subject }
    #expect(subject("hostname spine-1") == "hostname")
    #expect(subject(" unit-id 0") == "pair")
    #expect(subject(" vlt-peer-lag port-channel 12") == "port-channel 12")
    #expect(subject(" tagged Port-channel 11-14") == "vlan 711")
    #expect(subject("  port-channel 11 mode active") == "port TenGigabitEthernet 0/0")
    #expect(subject("stack-unit 0 port 48 portmode quad no-confirm") == "split fortyGigE 0/48")
    #expect(subject("ip ssh server enable") == "")
  }
}
