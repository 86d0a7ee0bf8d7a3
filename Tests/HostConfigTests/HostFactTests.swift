import Foundation
import Quantities
import TemplateText
import TenfoldTestSupport
import Testing

@testable import HostConfig

/// Every line of the golden files rests on facts that allow it.
@Suite("Facts of host files")
struct HostFactTests {
  private static func table(_ kind: String) throws -> FactTable {
    let path = "templates/hosts/\(kind)/facts.tsv"
    return try FactTable(String(decoding: Repository.bytes(path), as: UTF8.self), file: path)
  }

  @Test(
    "Every cmdlet of the Windows scripts is one that its facts allow on that release"
  )
  func windows() throws {
    let facts = PowerShellFacts(try Self.table("windows"))
    var used: Set<String> = []
    for golden in GoldenHosts.all where golden.os.hasPrefix("windows-server-") {
      let release = String(golden.os.dropFirst("windows-server-".count))
      let scripts = try golden.files().filter { $0.path.hasSuffix(".ps1") }
      #expect(scripts.count == 2)
      for file in scripts {
        for line in file.lines {
          let complaints = facts.complaints(line, release: release, used: &used)
          #expect(complaints.isEmpty, "\(golden.name) \(file.path):\(line.number): \(complaints)")
        }
      }
    }
    // Forms that no golden text shows are forms that nobody has looked at.
    let known = try Self.table("windows").facts.flatMap { fact in
      fact.lines.map { "\(fact.id) \($0.pattern.split(separator: " ")[0])" }
    }
    #expect(Set(known).subtracting(used).sorted() == [])
  }

  @Test(
    "The check of cmdlets finds an unknown one, a parameter too many, a release too old")
  func checkWorks() throws {
    let facts = PowerShellFacts(try Self.table("windows"))
    func complaints(_ text: String, _ facts: PowerShellFacts, _ ids: [String], _ release: String)
      -> Int
    {
      var used: Set<String> = []
      let line = ConfigLine(number: 1, text: text, facts: ids, grade: .manual, subject: "")
      return facts.complaints(line, release: release, used: &used).count
    }
    #expect(
      complaints("Set-NetAdapter -Name $a -VlanID 7 -Confirm:$false", facts, ["WIN-18"], "2012r2")
        == 0)
    #expect(
      complaints("Set-NetAdapter -Name $a -VlanID 7 -Confirm:$false", facts, ["WIN-1"], "2012r2")
        == 1)
    #expect(complaints("Set-NetAdapter -Name $a -Vlan 7", facts, ["WIN-18"], "2012r2") == 1)
    #expect(
      complaints("x { Set-NetAdapter -Name $a -Vlan 7 } $y", facts, ["WIN-18"], "2012r2") == 1)
    #expect(complaints("Get-VMSwitchTeam -Name $a", facts, ["WIN-48"], "2012r2") == 1)
    #expect(complaints("Get-VMSwitchTeam -Name $a", facts, ["WIN-48"], "2016") == 0)
    #expect(complaints("\"$((Get-VMSwitchTeam -Foo $a).X)\"", facts, ["WIN-48"], "2016") == 1)
  }

  @Test("Every line of the Linux settings has the form that its first fact allows")
  func linuxSettings() throws {
    let table = try Self.table("linux")
    let golden = try #require(GoldenHosts.all.first { $0.os == "linux" })
    var used: Set<String> = []
    for file in try golden.files() {
      let kind = ["netplan", "networkd", "ifupdown2", "libvirt", "sysctl"].first {
        file.path.contains("/\($0)/") || file.path.contains("/\($0).d/")
      }
      guard let kind else { continue }
      for line in file.lines {
        let text = line.text.trimmingCharacters(in: .whitespaces)
        if text.isEmpty || text.hasPrefix("#") { continue }
        let forms = line.facts.first.flatMap { table.fact($0) }?.lines ?? []
        let fitting = try forms.filter {
          try $0.context == kind && text.wholeMatch(of: Regex(Self.pattern($0.pattern))) != nil
        }
        #expect(!fitting.isEmpty, "\(file.path):\(line.number): \(text) by \(line.facts)")
        for form in fitting { used.insert("\(kind) \(form.pattern)") }
      }
    }
    let known = table.facts.flatMap(\.lines).filter { !["script", "nmcli"].contains($0.context) }
    #expect(Set(known.map { "\($0.context) \($0.pattern)" }).subtracting(used).sorted() == [])
  }

  private static func pattern(_ form: String) -> String {
    var result = NSRegularExpression.escapedPattern(for: form)
    for (name, value) in [
      ("name", "[A-Za-z0-9./_-]+"), ("names", "[A-Za-z0-9._-]+(?:, [A-Za-z0-9._-]+)*"),
      ("n", "[0-9]+"),
      ("words", "[A-Za-z0-9._-]+(?: [A-Za-z0-9._-]+)*"), ("ip", #"\d{1,3}(?:\.\d{1,3}){3}"#),
    ] {
      result = result.replacingOccurrences(of: "\\{\(name)\\}", with: value)
    }
    return result
  }

  @Test(
    "Every command of the Linux scripts stands on a line with a fact that names it and its words")
  func linuxScripts() throws {
    let table = try Self.table("linux")
    let golden = try #require(GoldenHosts.all.first { $0.os == "linux" })
    let tools = [
      "dcb", "lldptool", "ethtool", "nmcli", "ip link", "networkctl", "netplan", "ifreload",
      "systemctl is-active",
    ]
    var checked = 0
    for file in try golden.files() where file.path.hasSuffix(".sh") {
      for line in file.lines {
        let text = line.text.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("#") || text.contains("usage") || text.contains(">&2\n") { continue }
        for tool in tools {
          let call = try Regex(
            "(?:^|[;|(!] *|\\$run |use='|check='|then |if |do )\(tool) ([^|;)>&']*)")
          for match in text.matches(of: call) {
            let words = String(match.output[1].substring ?? "").split(separator: " ").map(
              String.init
            )
            .filter { $0.hasPrefix("-") }
            let forms = line.facts.compactMap(table.fact).flatMap(\.lines).filter {
              $0.pattern.hasPrefix(tool.split(separator: " ")[0])
            }
            let isGood = forms.contains { form in
              let known = Set(form.pattern.split(separator: " ").map(String.init))
              return words.allSatisfy { known.contains($0) }
            }
            #expect(isGood, "\(file.path):\(line.number): \(text) by \(line.facts)")
            checked += 1
          }
        }
      }
    }
    #expect(checked > 20, "\(checked)")
  }

  @Test(
    "Every fact names its source, and no id stands in two tables with two grades")
  func tables() throws {
    var grades: [String: FactGrade] = [:]
    for kind in HostTemplates.kinds {
      for fact in try Self.table(kind).facts {
        #expect(grades[fact.id, default: fact.grade] == fact.grade, "\(fact.id)")
        grades[fact.id] = fact.grade
        #expect(!fact.source.isEmpty && !fact.meaning.isEmpty, "\(fact.id)")
      }
    }
  }
}
