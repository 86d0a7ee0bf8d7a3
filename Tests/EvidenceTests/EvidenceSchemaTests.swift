import Evidence
import JSONText
import TenfoldTestSupport
import Testing

/// `schemas/evidence.schema.json` against what the decoder takes.
@Suite struct EvidenceSchemaTests {
  private func schema(_ name: String) throws -> (properties: Set<String>, required: Set<String>) {
    let tree = try JSONTree(try Repository.bytes("schemas/evidence.schema.json"))
    let definition = try #require(tree.member("$defs")?.member(name))
    guard case .object(let properties) = definition.member("properties")?.value,
      case .array(let required) = definition.member("required")?.value
    else {
      Issue.record("\(name) is no object")
      return ([], [])
    }
    let names = required.compactMap { element -> String? in
      if case .string(let name) = element.value { name } else { nil }
    }
    return (Set(properties.map(\.name)), Set(names))
  }

  private func names(_ tree: JSONTree) -> [String] {
    guard case .object(let members) = tree.value else { return [] }
    return members.map(\.name)
  }

  @Test("The schema names what recordings hold, and nothing that it requires may be left out")
  func members() throws {
    let (top, output, probe) = (
      try schema("EvidenceFile"), try schema("ToolOutput"), try schema("ProbeColumn")
    )
    for name in LinuxRecorded.names() {
      let bytes = try Repository.bytes("\(LinuxRecorded.folder)/\(name)")
      let tree = try JSONTree(bytes, limits: .tools)
      #expect(top.properties.isSuperset(of: names(tree)))
      #expect(top.required.isSubset(of: names(tree)))
      for (list, schema) in [("outputs", output), ("probes", probe)] {
        guard case .array(let elements) = tree.member(list)?.value else { continue }
        for element in elements {
          #expect(schema.properties.isSuperset(of: names(element)))
          #expect(schema.required.isSubset(of: names(element)))
        }
      }
    }
  }

  @Test("Each member that the schema requires is missed when it is left out")
  func required() throws {
    func text(without name: String) -> String {
      let output = [("command", "\"x\""), ("status", "0")]
      let probe = [
        ("kind", "\"ping\""), ("from", "\"10.0.0.1\""), ("size", "1500"), ("sent", "3"),
        ("to", "[\"10.0.0.2\"]"), ("received", "[3]"),
      ]
      let reach = [("to", "\"dc1\""), ("port", "389"), ("answered", "true")]
      func object(_ members: [(String, String)]) -> String {
        let kept = members.filter { $0.0 != name }
        return "{" + kept.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
      }
      return object([
        ("tenfold-evidence", "1"), ("collector", "\"x\""), ("host", "\"x\""),
        ("system", "\"linux\""), ("plan", "\"\""), ("collected", "\"2026-11-27T01:02:03Z\""),
        ("privileged", "true"), ("outputs", "[\(object(output))]"),
        ("probes", "[\(object(probe))]"), ("reach", "[\(object(reach))]"),
      ])
    }
    func isRead(_ text: String) -> Bool {
      (try? EvidenceJSON.file(from: Array(text.utf8), file: "x.json")) != nil
    }
    #expect(isRead(text(without: "")))
    for definition in ["EvidenceFile", "ToolOutput", "ProbeColumn", "ReachProbe"] {
      for name in try schema(definition).required {
        #expect(!isRead(text(without: name)), "\(name)")
      }
    }
  }

  @Test("What is read and written again is read as the same")
  func roundTrip() throws {
    for name in LinuxRecorded.names() {
      let file = try LinuxRecorded.file(name)
      let again = try EvidenceJSON.file(from: try JSONWriter.bytes(file), file: name)
      #expect(again.probes == file.probes)
      #expect(HostFactsReader.facts(of: again) == HostFactsReader.facts(of: file))
    }
  }
}
