import TenfoldTestSupport
import Testing

@Suite("The collector for Windows")
struct WindowsKitTests {
  private let script: String
  private let rows: [[Substring]]

  init() throws {
    script = try #require(Repository.text("templates/kits/windows.ps1"))
    let table = try #require(Repository.text("templates/kits/windows-cmdlets.csv"))
    rows = table.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  /// Lines that PowerShell carries out: no comments, and not the help at the top.
  private var code: [Substring] {
    let body = script.split(separator: "#>").last ?? ""
    return body.split(separator: "\n").filter { line in
      line.first { $0 != " " } != "#"
    }
  }

  @Test("The table of cmdlets says yes, no or nothing of each release, and where that is from")
  func table() {
    #expect(rows.first?.joined(separator: ",") == "cmdlet,module,2012r2,2016,2019,2022,2025,source")
    for row in rows.dropFirst() {
      #expect(row.count == 8, "\(row)")
      #expect(row.dropFirst(2).prefix(5).allSatisfy { ["yes", "no", ""].contains($0) }, "\(row)")
      #expect(row.last?.isEmpty == false, "\(row)")
    }
    let names = rows.map { $0.first ?? "" }
    #expect(Set(names).count == names.count)
  }

  @Test("Every cmdlet that the script names is in the table, or is a function of its own")
  func cmdlets() {
    let known = Set(rows.compactMap(\.first).map(String.init))
    let own = Set(
      code.compactMap { line in
        line.hasPrefix("function ") ? line.split(separator: " ").dropFirst().first : nil
      }.map(String.init))
    var named: Set<String> = []
    for line in code {
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
      for word in words {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.first?.isUppercase == true }) else {
          continue
        }
        named.insert(String(word))
      }
    }
    #expect(named.count > 40)
    #expect(named.subtracting(known).subtracting(own).sorted() == [])
    let unused = known.filter { $0.contains("-") }.subtracting(named)
    #expect(unused == ["cmdlet"] || unused.isEmpty)
  }

  @Test("What not all releases have is asked for before it is called")
  func guards() {
    for row in rows.dropFirst() where row.dropFirst(2).prefix(5).contains(where: { $0 != "yes" }) {
      guard let name = row.first, name.contains("-") else { continue }
      #expect(script.contains("Read-Tool -Command '\(name)"), "\(name)")
    }
  }

  @Test("The script is plain ASCII, which Windows PowerShell reads alike in every language")
  func encoding() {
    #expect(script.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("There is one place for a plan, in a text that nothing of the plan can end")
  func place() {
    let begins = "# tenfold kit: the table of the plan begins\n"
    let ends = "# tenfold kit: the table of the plan ends\n"
    #expect(script.split(separator: begins).count == 2)
    #expect(script.split(separator: ends).count == 2)
    #expect(script.contains("$Table = @'\n\(begins)\(ends)'@\n"))
  }

  @Test("All that the reader looks for is collected")
  func collected() throws {
    let folder = "Sources/Evidence/Windows"
    var sources = ""
    for name in Repository.names(in: folder, ending: ".swift") {
      sources += try #require(Repository.text("\(folder)/\(name)"))
    }
    var commands: Set<Substring> = []
    for part in sources.split(separator: "output(\"").dropFirst() {
      guard let end = part.firstIndex(of: "\"") else { continue }
      commands.insert(part[..<end])
    }
    #expect(commands.count > 30)
    for command in commands where !command.contains("\\(") {
      #expect(script.contains("-Command '\(command)'"), "\(command)")
    }
    // Names that others than this collector give; words of enumerations come beside their numbers.
    let others: Set<Substring> = [
      "VMNetworkAdapterName", "InterfaceIndex", "Bus", "Device", "Function", "Segment",
      "ClientRssCapable",
    ]
    for part in sources.split(separator: "[\"").dropFirst() {
      guard let end = part.range(of: "\"]") else { continue }
      let field = part[..<end.lowerBound]
      guard field.allSatisfy({ $0.isLetter || $0.isNumber }), !others.contains(field),
        field.first?.isUppercase == true, !field.hasSuffix("Text")
      else { continue }
      #expect(script.contains("'\(field)'") || script.contains("\(field) ="), "\(field)")
    }
  }

  @Test("The page about the collector has the same table")
  func page() throws {
    let page = try #require(Repository.text("docs/kit-windows.md"))
    for row in rows.dropFirst() {
      var cells = row.dropLast().map(String.init)
      cells[0] = "`\(cells[0])`"
      #expect(page.contains("| " + cells.joined(separator: " | ") + " |\n"), "\(cells[0])")
    }
  }
}
