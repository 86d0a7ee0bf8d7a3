import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

/// Files that are made to hurt; each is refused at its place, quickly and in little memory.
enum HostileFile: String, CaseIterable {
  case hundredMegabytes, manyKeys, manyItems, manyCommas, manyEmptyLines, deepFlow, deepBlock
  case deepDashes, deepIndentation, hiddenBrackets, nestedKeys, complexKeys, bomb, aliasChain
  case longLine, longQuote, unclosedQuote, longComment, doubledKeys, manyDoubledKeys, manyRacks
  case longNumber, longKey, allMasks, literalBlock, zeroBytes, unknownKeys

  var bytes: [UInt8] {
    func text(_ unit: String, _ count: Int) -> String { String(repeating: unit, count: count) }
    let start = "tenfold: 1\nname: x\n"
    let body: String =
      switch self {
      case .hundredMegabytes: text("a: b\n", 20_000_000)
      case .manyKeys: (0..<14_000).map { "k\($0): 1\n" }.joined()
      case .manyItems: start + "racks:\n" + (0..<14_000).map { "- r\($0)\n" }.joined()
      case .manyCommas: start + "racks: [" + text("a,", 29_000) + "a]\n"
      case .manyEmptyLines: start + text("\n", 29_000)
      case .deepFlow: text("[", 500_000)
      case .deepBlock: (0..<1000).map { text(" ", $0) + "a:\n" }.joined()
      case .deepDashes: text("- ", 29_000) + "a"
      case .deepIndentation: (0..<50).map { text(" ", $0) + "- \n" }.joined()
      case .hiddenBrackets: start + text("[ \"]\", ", 9000)
      case .nestedKeys: text("{\"}\":1,", 140) + text("}", 140) + ": 1\n"
      case .complexKeys: text("? ", 20_000) + "a"
      case .bomb:
        "a0: &a0 [x]\n"
          + (1..<60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }.joined()
      case .aliasChain:
        "a0: &a0 [x]\n"
          + (1..<9000).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
      case .longLine: start + "racks: " + text("x", 500_000) + "\n"
      case .longQuote: start + "racks: \"" + text("x ", 250_000) + "\"\n"
      case .unclosedQuote: start + "racks: \"" + text("x\n\n", 14_000)
      case .longComment: start + "# " + text("x", 500_000) + "\n"
      case .doubledKeys: start + text("name: x\n", 10_000)
      case .manyDoubledKeys: (0..<7_000).map { "k\($0): 1\nk\($0): 1\n" }.joined()
      case .manyRacks:
        start + "hosts: 1\nracks: ["
          + (0..<10_000).map { "r\($0)" }
          .joined(separator: ",") + "]\n"
      case .longNumber: start + "hosts: " + text("9", 500_000) + "\n"
      case .longKey: start + text("k", 500_000) + ": 1\n"
      case .allMasks: text("&*!?", 125_000)
      case .literalBlock: start + "racks: |\n" + text("  x\n", 29_000)
      case .zeroBytes: text("\0", 1000)
      case .unknownKeys: (0..<7_000).map { "\(text("k", 40))\($0): { a: 1 }\n" }.joined()
      }
    return Array(body.utf8)
  }
}

@Suite(.serialized) struct HostileTests {
  @Test("A hostile file is refused at its place", arguments: HostileFile.allCases)
  func refused(_ kind: HostileFile) throws {
    let bytes = kind.bytes
    ProcessMemory.resetPeak()
    let before = ProcessMemory.resident()
    var found: [Finding] = []
    let start = ThreadTime.now()
    do {
      _ = try SiteReader.read(bytes: bytes, file: "site.yaml", today: today)
    } catch {
      found = error.all
    }
    let time = ThreadTime.now() - start
    let grown = (ProcessMemory.peak() - before) / 1_000_000
    #expect(!found.isEmpty)
    #expect(found.count <= 101)
    // Nothing hangs; the limit for users is measured by `scripts/full-check mutations`.
    #expect(time < 10)
    #expect(grown < 200)
  }
}
