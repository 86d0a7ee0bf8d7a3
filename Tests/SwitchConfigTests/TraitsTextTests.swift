import CatalogModel
import DialectTestSupport
import Foundation
import Quantities
import SwitchConfig
import TemplateText
import TenfoldTestSupport
import Testing

@Suite("traits.txt")
struct TraitsTextTests {
  private static let good = Repository.text("templates/os9/traits.txt") ?? ""

  /// Findings about the shipped text with a line changed, as `LINE: MESSAGE`.
  private func findings(_ old: String, _ new: String) throws -> [String] {
    try #require(Self.good.contains(old))
    let text = Self.good.replacingOccurrences(of: old, with: new)
    do throws(Findings) {
      _ = try TraitsText.traits(.os9, text, file: "traits.txt")
      return []
    } catch {
      return error.all.map { "\($0.position?.line ?? 0): \($0.message)" }
    }
  }

  @Test("The shipped values are read with their facts")
  func shipped() throws {
    let (os9, os6) = (ShippedTraits.os9, ShippedTraits.os6)
    #expect(os9.linkMTU == Sourced(594...9216, "OS9-18"))
    #expect(os9.pair?.kind == Sourced(.vlt, "OS9-103"))
    #expect(os9.qos?.queueOfPriority?.value == [0, 0, 0, 1, 2, 3, 3, 3])
    #expect(os9.managementInterfaces.value.count == 24)
    #expect(os9.managementInterfaces.value.first == "ManagementEthernet 0/0")
    #expect(os9.managementInterfaces.value.last == "ManagementEthernet 11/1")
    #expect(os6.pair == nil && os6.mtuScope.value == .system)
    #expect(os6.qos?.losslessNeedsTagged == Sourced(true, "OS6-3a"))
    #expect(os6.hostname == NameRule(.host, maxLength: 32, fact: "OS6-15"))
  }

  @Test("Ports stand in the order of the device, whatever their kinds count")
  func ports() throws {
    func ranks(_ names: [String], _ traits: DialectTraits) -> [PortRank?] {
      names.map { PortRank($0, kinds: traits.portKinds) }
    }
    let os6 = ranks(["Te1/0/48", "Fo1/0/1", "Fo1/0/2", "Fo1/1/1", "Te1/1/5"], ShippedTraits.os6)
      .compactMap { $0 }
    #expect(os6.count == 5)
    #expect(zip(os6, os6.dropFirst()).allSatisfy { $0 < $1 })
    let os9 = ranks(
      ["TenGigabitEthernet 0/47", "TenGigabitEthernet 0/49/2", "fortyGigE 0/52"], ShippedTraits.os9
    ).compactMap { $0 }
    #expect(os9.count == 3)
    #expect(zip(os9, os9.dropFirst()).allSatisfy { $0 < $1 })
    let strange = ["Te1/0", "Te1/0/01", "Te1/0/1/1", "Te 1/0/1", "Fo1/0/9999999", "Po1", "", "Te"]
    #expect(ranks(strange, ShippedTraits.os6).allSatisfy { $0 == nil })
    #expect(PortRank.kind(of: "fortyGigE 0/52", among: ShippedTraits.os9.portKinds)?.lanes == 4)
  }

  @Test(
    "What cannot be understood is told at its line",
    arguments: [
      (
        "lag-members 16 OS9-15", "lag-members OS9-15", "\"lag-members\" lacks its value or its fact"
      ),
      ("lag-members 16 ", "lag-members many ", "\"lag-members\" is \"many\""),
      ("lag-numbers 1-128", "lag-numbers 128-1", "\"lag-numbers\" is \"128-1\""),
      ("lag-numbers 1-128", "lag-numbers 1", "\"lag-numbers\" is \"1\""),
      ("mtu-scope port", "mtu-scope some", "\"mtu-scope\" is \"some\""),
      ("bridge-priority ", "bridge-prio ", "\"bridge-prio\" is no trait"),
      ("hostname host 32", "hostname host", "\"hostname\" is \"host\""),
      ("unit/port/lane lanes 4", "unit/lane/port", "the kind of port cannot be understood"),
      ("unit/port/lane lanes 4", "unit/port lanes", "the kind of port cannot be understood"),
      ("{0-11}/{0-1}", "{0-11/{0-1}", "the management interface cannot be understood"),
      ("{0-11}/{0-1}", "{0-999}/{0-9}", "the management interface cannot be understood"),
      ("0,0,0,1,2,3,3,3", "0,0,0,1", "\"queue-of-priority\" is \"0,0,0,1\""),
      ("pair vlt", "pair both", "\"pair\" is \"both\""),
      (
        "vlan-name word 32 OS9-4", "vlan-name word 32 OS9-4\nvlan-name word 31 OS9-4",
        "\"vlan-name\" stands twice"
      ),
    ])
  func wrong(_ old: String, _ new: String, _ message: String) throws {
    let found = try findings(old, new)
    #expect(found.contains { $0.hasSuffix(": " + message) && !$0.hasPrefix("0:") }, "\(found)")
  }

  @Test("What a dialect must say is missed when it is left out")
  func missing() throws {
    #expect(try findings("link-mtu 594-9216 OS9-18\n", "") == ["0: there is no \"link-mtu\""])
    #expect(
      try findings("pair-domains 1-1000 OS9-103\n", "") == ["0: there is no \"pair-domains\""])
  }

  @Test("A fact that the table lacks is told")
  func facts() throws {
    let files = Repository.names(in: "templates/os9", ending: "").map { name in
      var text = Repository.text("templates/os9/\(name)") ?? ""
      if name == "traits.txt" { text = text.replacingOccurrences(of: "OS9-117", with: "OS9-9999") }
      return TemplateFile(path: "os9/\(name)", text: text)
    }
    let error = #expect(throws: Findings.self) { try TemplateSet(layers: [files]) }
    #expect(error?.all.map(\.message).contains("facts.tsv has no fact \"OS9-9999\"") == true)
  }
}
