import Evidence
import Quantities
import TenfoldTestSupport
import Testing

@Suite("Facts of Windows hosts from recorded objects")
struct WindowsRecordedTests {
  static let folder = "Tests/EvidenceTests/Recorded/windows"
  static let names = Repository.names(in: folder, ending: ".json")

  static func facts(_ name: String) throws -> HostFacts {
    let bytes = try Repository.bytes("\(folder)/\(name)")
    return HostFactsReader.facts(of: try EvidenceJSON.file(from: bytes, file: name))
  }

  @Test("Each recorded host has the facts that its file expects", arguments: names)
  func recorded(_ name: String) throws {
    let text = WindowsFactsText.lines(of: try Self.facts(name))
    let path = "\(Self.folder)/\(name.dropLast(5)).txt"
    let difference = try Repository.difference(
      of: text, from: path, refresh: "WindowsRecordedTests")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("There are hosts of each release, in UTF-8 with and without a mark and in UTF-16")
  func encodings() throws {
    #expect(Self.names.count == 5)
    let starts = try Self.names.map { try Repository.bytes("\(Self.folder)/\($0)").prefix(2) }
    #expect(Set(starts.map { Array($0) }) == [[0xEF, 0xBB], [0xFF, 0xFE], Array("{\n".utf8)])
  }

  @Test("Every value that is known names an output of the file", arguments: names)
  func sources(_ name: String) throws {
    let bytes = try Repository.bytes("\(Self.folder)/\(name)")
    let file = try EvidenceJSON.file(from: bytes, file: name)
    let interfaces = HostFactsReader.facts(of: file).interfaces
    #expect(interfaces.source.map { file.outputs[$0.output].command } == "Get-NetAdapter")
    for interface in interfaces.value ?? [] {
      for source in [interface.mtu.source, interface.rate.source, interface.vlan.source] {
        #expect(source.map { file.outputs.indices.contains($0.output) } ?? true)
      }
    }
  }
}
