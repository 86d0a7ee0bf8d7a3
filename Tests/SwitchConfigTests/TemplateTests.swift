import CatalogModel
import Fabric
import Quantities
import TemplateText
import Testing

@testable import SwitchConfig

@Suite("Templates")
struct TemplateTests {
  private func messages(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let findings as Findings {
      return findings.all.map {
        "\($0.position?.file ?? ""):\($0.position?.line ?? 0) \($0.message)"
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("A later directory replaces single files of a dialect and adds facts")
  func override() throws {
    let own = [
      TemplateFile(path: "os9/head.mustache", text: "! ours, {{hostname}} ## OUR-1\n"),
      TemplateFile(path: "os9/facts.tsv", text: "OUR-1\tD\t\t\t\tourselves\tour own head\n"),
    ]
    let set = try TemplateSet(layers: [Shipped.files(), own])
    let config = try SwitchConfigRenderer(templates: set).render(
      Golden.tor, header: Shipped.header("S4810"))
    #expect(config.line(1)?.text == "! ours, tor-r1-a")
    #expect(config.line(1)?.facts == ["OUR-1"])
    #expect(Shipped.read(config.text, os: .os9, file: "x").intent == Golden.tor)
  }

  @Test("A directory can add a dialect of its own")
  func dialect() throws {
    let own = [
      TemplateFile(
        path: "vos/switch.mustache", text: "hostname {{hostname}}\n{{{portBlocks}}}end\n"),
      TemplateFile(
        path: "vos/port.mustache",
        text: "interface {{name}}{{#description}} ({{.}}){{/description}}\n"),
    ]
    let set = try TemplateSet(layers: [Shipped.files(), own])
    #expect(set.names == Shipped.dialects.map(\.rawValue) + ["vos"])
    var intent = Golden.tor
    intent.os = SwitchOS(rawValue: "vos")
    intent.ports = Array(intent.ports[5...8])
    let config = try SwitchConfigRenderer(templates: set).render(
      intent, header: Shipped.header(""))
    #expect(
      config.text == """
        hostname tor-r1-a
        interface TenGigabitEthernet 0/5 (hv-r1-06 nic1-p1)
        interface TenGigabitEthernet 0/6 (hv-r1-01 nic2-p1)
        interface TenGigabitEthernet 0/7 (hv-r1-02 nic2-p1)
        interface TenGigabitEthernet 0/8
        end

        """)
  }

  @Test("Mistakes in templates and facts are named with file and line")
  func mistakes() throws {
    func set(_ files: [TemplateFile]) -> [String] {
      messages { _ = try TemplateSet(layers: [files]) }
    }
    let port = TemplateFile(path: "x/port.mustache", text: "")
    #expect(
      set([port, TemplateFile(path: "x/switch.mustache", text: "some long text\n{{#a}}\n{{/b}}\n")])
        == ["x/switch.mustache:3 sectionCloseNameIncorrect"])
    #expect(set([port]) == [":0 dialect x has no switch.mustache"])
    #expect(
      set([port, TemplateFile(path: "x/switch.mustache", text: "a\u{1}b")])
        == ["x/switch.mustache:0 holds a control character"])
    let facts = "# a comment\nA-1\tM\tconfig\n\nA-2\tX\t\t\t\ts\tm\nA-3\tM\t\t\t\t\tm\r\n"
    #expect(
      set([
        port, TemplateFile(path: "x/switch.mustache", text: ""),
        TemplateFile(path: "x/facts.tsv", text: facts),
      ]) == [
        "x/facts.tsv:2 3 columns, expected 7",
        "x/facts.tsv:4 unknown grade \"X\", expected M, V, C, D or U",
        "x/facts.tsv:5 a fact needs an id, a source and a meaning",
      ])
  }

  @Test("A template that names an unknown fact makes no text")
  func unknownFact() throws {
    let own = [TemplateFile(path: "os9/head.mustache", text: "! x ## OS9-999\n")]
    let set = try TemplateSet(layers: [Shipped.files(), own])
    #expect(
      messages {
        _ = try SwitchConfigRenderer(templates: set).render(
          Golden.tor, header: Shipped.header(""))
      } == [":0 a template names fact \"OS9-999\" that facts.tsv lacks"])
  }

  @Test("A switch system without templates is named beside those that have some")
  func noTemplates() {
    var intent = Golden.tor
    intent.os = SwitchOS(rawValue: "vos")
    #expect(
      messages { _ = try Shipped.render(intent) } == [
        ":0 there are no templates for switch system \"vos\""
      ])
  }

  @Test("An out-of-band port without a gateway has a line of its own form")
  func noGateway() throws {
    var intent = Golden.n4032
    intent.management?.gateway = nil
    let config = try Shipped.render(intent, model: "N4032F")
    let line = try #require(config.lines.first { $0.text.hasPrefix("ip address") })
    #expect(line.text == "ip address 192.0.2.22 255.255.255.0")
    #expect(line.facts.first == "OS6-12a" && line.grade == .derived)
    let matcher = try FactMatcher(try Shipped.renderer.get().facts(.os6), os: .os6)
    #expect(matcher.accepts(line.text, in: "management", fact: "OS6-12a"))
    #expect(Shipped.read(config.text, os: .os6, file: "x").intent == intent)
  }

  @Test("An out-of-band port of OS9 stops asking for an address before it gets its own")
  func noDHCP() throws {
    for golden in try Golden.all() where golden.intent.os == .os9 {
      let lines = try golden.render().lines.map(\.text)
      let place = try #require(lines.firstIndex { $0.hasPrefix("interface Management") })
      #expect(lines[place + 1] == " no ip address dhcp", "\(golden.name)")
      #expect(lines[place + 2].hasPrefix(" ip address "), "\(golden.name)")
    }
  }

  @Test("No text holds a secret, telnet or a web server, and none writes a VLAN on a peer link")
  func safety() throws {
    for golden in try Golden.all() {
      let (name, intent) = (golden.name, golden.intent)
      let text = try golden.render().text
      // Onyx says in a line of its own what an account may do.
      let users = text.split(separator: "\n").filter {
        ($0.hasPrefix("username") || $0.hasPrefix("/user ")) && !$0.contains(" capability ")
      }
      // Fields of an account in JSON.
      if intent.os == .sonic {
        #expect(
          text.components(separatedBy: "\"<FILL IN SECRET>\"").count == intent.users.count + 1)
        #expect(!text.contains("telnet"))
        continue
      }
      #expect(users.count == intent.users.count, "\(name)")
      #expect(users.allSatisfy { $0.contains("<FILL IN SECRET>") }, "\(name)")
      // EOS has telnet off until somebody switches it on.
      let words = [
        SwitchOS.os9: "no ip telnet server enable", .os6: "ip telnet server disable",
        .nxos: "no feature telnet", .os10: "no ip telnet server enable",
        .netgear: "no ip telnet server enable",
        .onyx: "no telnet-server enable",
        .routeros: "/ip/service set telnet disabled=yes",
      ]
      #expect(words[intent.os].map { text.contains($0) } ?? !text.contains("telnet"), "\(name)")
    }
    let spine = try Shipped.render(Golden.spine, model: "S4810").text
    #expect(!spine.contains("agged Port-channel 10-128") && !spine.contains("Port-channel 128,"))
    // The isolated VLAN 711 is on no LAG to the core (10).
    #expect(
      spine.contains(
        "interface Vlan 711\n name SMB-A\n no ip address\n tagged Port-channel 11-14\n no"))
  }

  @Test("No line asks for the help of a switch, which acts on a question mark at once")
  func noQuestionMark() throws {
    for golden in try Golden.all() {
      let text = try golden.render().text
      #expect(!text.contains("?"), "\(golden.name)")
    }
    // Each unverified fact may become a comment, on one model or another.
    for os in Shipped.dialects {
      for fact in try Shipped.renderer.get().facts(os).facts {
        #expect(!fact.meaning.contains("?"), "\(fact.id)")
      }
    }
  }

  @Test("A port of OS9 joins its LAG before anything else is said of it but its MTU")
  func membersFirst() throws {
    for golden in try Golden.all() where golden.intent.os == .os9 {
      let lines = try golden.render().lines.map(\.text)
      for (place, line) in lines.enumerated() where line == " port-channel-protocol LACP" {
        let start = try #require(lines[..<place].lastIndex { $0.hasPrefix("interface ") })
        let before = lines[(start + 1)..<place].map { $0.split(separator: " ").first ?? "" }
        #expect(before.allSatisfy { ["description", "no", "mtu"].contains($0) }, "\(lines[start])")
      }
    }
  }

  @Test("OS6 gets an enable password that somebody must fill in, and it is read")
  func enablePassword() throws {
    let config = try Shipped.render(Golden.n4032, model: "N4032F")
    let line = try #require(config.lines.first { $0.text.hasPrefix("enable password") })
    #expect(line.text == "enable password <FILL IN SECRET>" && line.grade == .unverified)
    let filled = config.text.replacing("<FILL IN SECRET>", with: "word")
    let read = Shipped.read(filled, os: .os6, file: "x")
    #expect(read.intent == Golden.n4032)
    #expect(read.unknown == [])
    #expect(read.findings == [])
  }

  @Test("A group of a pair waits for the core, one of a ToR does not")
  func waitingGroups() throws {
    for golden in try Golden.all() where golden.intent.os == .os9 {
      let lines = try golden.render().lines.map(\.text)
      guard let place = lines.firstIndex(where: { $0.hasPrefix("uplink-state-group") }) else {
        continue
      }
      #expect((lines[place + 1] == " no enable") == (golden.intent.pair != nil), "\(golden.name)")
    }
  }
}
