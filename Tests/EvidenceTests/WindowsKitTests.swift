import TenfoldTestSupport
import Testing

@Suite("The scripts for Windows")
struct WindowsKitTests {
  /// A script, with the table of the cmdlets that it may call.
  enum Kit: String, CaseIterable {
    /// The collector.
    case windows
    /// What measures migrations.
    case move

    func script() throws -> String {
      try #require(Repository.text("templates/kits/\(rawValue).ps1"))
    }

    func rows() throws -> [[Substring]] {
      let table = try #require(Repository.text("templates/kits/\(rawValue)-cmdlets.csv"))
      return table.split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false)
      }
    }

    /// Lines that PowerShell carries out: no comments, and not the help at the top.
    func code() throws -> [Substring] {
      let body = try script().split(separator: "#>").last ?? ""
      return body.split(separator: "\n").filter { line in
        line.first { $0 != " " } != "#"
      }
    }

    /// The part of the page that has the table.
    var heading: String {
      switch self {
      case .windows: "\n## Where the words come from\n"
      case .move: "\n## Measuring migrations\n"
      }
    }

    /// Cmdlets that change something, or ask the user.
    var changing: [Substring] {
      switch self {
      case .windows: []
      case .move: ["Move-VM", "Read-Host", "Remove-Job", "Set-VMHost"]
      }
    }
  }

  @Test(
    "The table of cmdlets says yes, no or nothing of each release, and where that is from",
    arguments: Kit.allCases)
  func table(_ kit: Kit) throws {
    let rows = try kit.rows()
    #expect(rows.first?.joined(separator: ",") == "cmdlet,module,2012r2,2016,2019,2022,2025,source")
    for row in rows.dropFirst() {
      #expect(row.count == 8, "\(row)")
      #expect(row.dropFirst(2).prefix(5).allSatisfy { ["yes", "no", ""].contains($0) }, "\(row)")
      #expect(row.last?.isEmpty == false, "\(row)")
    }
    let names = rows.map { $0.first ?? "" }
    #expect(Set(names).count == names.count)
  }

  @Test(
    "Every cmdlet that a script names is in its table, or is a function of its own",
    arguments: Kit.allCases)
  func cmdlets(_ kit: Kit) throws {
    let code = try kit.code()
    let known = Set(try kit.rows().compactMap(\.first).map(String.init))
    let own = Set(
      code.compactMap { line in
        line.hasPrefix("function ") ? line.split(separator: " ").dropFirst().first : nil
      }.map(String.init))
    var named: Set<String> = []
    for line in code {
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
      for word in words where word != "Hyper-V" {
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

  @Test(
    "What not all releases have is asked for before it is called", arguments: Kit.allCases)
  func guards(_ kit: Kit) throws {
    let script = try kit.script()
    for row in try kit.rows().dropFirst()
    where row.dropFirst(2).prefix(5).contains(where: { $0 != "yes" }) {
      guard let name = row.first, name.contains("-") else { continue }
      #expect(
        script.contains("Read-Tool -Command '\(name)")
          || script.contains("Test-Cmdlet -Name '\(name)'"), "\(name)")
    }
  }

  @Test(
    "A script is plain ASCII, which Windows PowerShell reads alike in every language",
    arguments: Kit.allCases)
  func encoding(_ kit: Kit) throws {
    #expect(try kit.script().utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(
    "There is one place for a plan, in a text that nothing of the plan can end",
    arguments: Kit.allCases)
  func place(_ kit: Kit) throws {
    let script = try kit.script()
    let begins = "# tenfold kit: the table of the plan begins\n"
    let ends = "# tenfold kit: the table of the plan ends\n"
    #expect(script.split(separator: begins).count == 2)
    #expect(script.split(separator: ends).count == 2)
    #expect(script.contains("$Table = @'\n\(begins)\(ends)'@\n"))
  }

  @Test(
    "Only what measures migrations may change a host, by cmdlets that are named here",
    arguments: Kit.allCases)
  func changes(_ kit: Kit) throws {
    let harmless: Set<Substring> = [
      "ForEach-Object", "New-Object", "Set-StrictMode", "Sort-Object", "Start-Sleep",
      "Where-Object", "Write-Host", "Write-Progress", "Write-Warning",
    ]
    let names = try kit.rows().dropFirst().compactMap(\.first).filter { name in
      name.contains("-") && !name.hasPrefix("Get-") && !harmless.contains(name)
    }
    #expect(names.sorted() == kit.changing)
  }

  @Test("Migrations ask nobody in the middle, fail where they are called, and leave storage alone")
  func moves() throws {
    let code = try Kit.move.code()
    let calls = code.filter { line in
      ["Move-VM -VM", "Set-VMHost @"].contains { line.contains($0) }
    }
    #expect(calls.count == 4)
    for line in calls {
      #expect(line.contains("-Confirm:$false"), "\(line)")
      #expect(line.contains("-ErrorAction Stop"), "\(line)")
    }
    #expect(!code.contains { $0.contains("-IncludeStorage") })
  }

  @Test("Settings and guests are put back whatever ends the runs")
  func restored() throws {
    let code = try Kit.move.code()
    let start = try #require(code.lastIndex(of: "try {"))
    let end = try #require(code.lastIndex(of: "} finally {"))
    #expect(code[end + 1] == "  Restore-Order")
    // What changes something is called between the two alone.
    for (index, line) in code.enumerated()
    where ["Set-Both", "Measure-Run", "Test-WayBack"].contains(where: { line.contains($0) }) {
      #expect((start..<end).contains(index) || line.hasPrefix("function "), "\(line)")
    }
  }

  @Test("All that the reader looks for is collected")
  func collected() throws {
    let script = try Kit.windows.script()
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

  @Test("The page about the scripts has the same tables", arguments: Kit.allCases)
  func page(_ kit: Kit) throws {
    let page = try #require(Repository.text("docs/kit-windows.md"))
    let start = try #require(page.range(of: kit.heading))
    let part = page[start.upperBound...].split(separator: "\n## ").first ?? ""
    let lines = part.split(separator: "\n").filter { $0.split(separator: "|").count > 6 }
    let expected = try kit.rows().dropFirst().map { row in
      var cells = row.dropLast().map(String.init)
      cells[0] = "`\(cells[0])`"
      return "| " + cells.joined(separator: " | ") + " |"
    }
    #expect(lines.dropFirst(2).map(String.init) == expected)
  }
}
