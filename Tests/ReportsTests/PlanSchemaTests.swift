import ReportTestSupport
import Testing

@testable import Fabric

/// As much of JSON Schema as the schema of plans uses.
private struct Validator {
  let definitions: JSONTree

  func complaints(_ value: JSONTree, _ schema: JSONTree, _ path: String) -> [String] {
    var found: [String] = []
    if case .string(let reference)? = schema.member("$ref")?.value {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let target = definitions.member(name) else { return ["\(path): no shape \(name)"] }
      found += complaints(value, target, path)
    }
    if case .array(let words)? = schema.member("enum")?.value {
      let allowed = words.compactMap { word -> String? in
        if case .string(let text) = word.value { text } else { nil }
      }
      guard case .string(let text) = value.value, allowed.contains(text) else {
        return found + ["\(path): not one of \(allowed)"]
      }
    }
    guard case .string(let type)? = schema.member("type")?.value else { return found }
    switch (type, value.value) {
    case ("string", .string(let text)):
      if case .string(let pattern)? = schema.member("pattern")?.value,
        (try? Regex(pattern).wholeMatch(in: text)) == nil
      {
        found.append("\(path): \(text) does not match \(pattern)")
      }
    case ("boolean", .bool): break
    case ("integer", .integer(let number)):
      if case .integer(let least)? = schema.member("minimum")?.value, number < least {
        found.append("\(path): below \(least)")
      }
      if case .integer(let most)? = schema.member("maximum")?.value, number > most {
        found.append("\(path): above \(most)")
      }
    case ("array", .array(let elements)):
      guard let items = schema.member("items") else { return found + ["\(path): no items"] }
      for (index, element) in elements.enumerated() {
        found += complaints(element, items, "\(path)[\(index)]")
      }
    case ("object", .object(let members)):
      for member in members {
        if let inner = schema.member("properties")?.member(member.name) {
          found += complaints(member.value, inner, "\(path).\(member.name)")
        } else {
          found.append("\(path): the schema has no \(member.name)")
        }
      }
      if case .array(let required)? = schema.member("required")?.value {
        for case .string(let name) in required.map(\.value) where value.member(name) == nil {
          found.append("\(path): lacks \(name)")
        }
      }
    default: found.append("\(path): \(value.kind) is not of type \(type)")
    }
    return found
  }
}

@Suite("Schema of plan.json")
struct PlanSchemaTests {
  private func schema() throws -> JSONTree {
    try JSONReader.tree(of: Array(PlanSchema.json().utf8))
  }

  private func complaints(_ fabric: Fabric) throws -> [String] {
    let schema = try schema()
    let definitions = try #require(schema.member("$defs"))
    let plan = try JSONReader.tree(of: FabricJSON.bytes(fabric))
    return Validator(definitions: definitions).complaints(plan, schema, "plan")
  }

  @Test("Plans that Tenfold writes are valid")
  func valid() throws {
    #expect(try complaints(SampleFabric.spineLeaf(racks: 3)) == [])
    #expect(try complaints(SampleFabric.standalonePair()) == [])
  }

  @Test("Every shape that is referred to exists, and every one is used")
  func complete() throws {
    let text = PlanSchema.json()
    guard case .object(let shapes)? = try schema().member("$defs")?.value else {
      Issue.record("no shapes")
      return
    }
    let names = shapes.map(\.name)
    let referred = Set(text.matches(of: /#\/\$defs\/(\w+)/).map { String($0.1) })
    #expect(referred.subtracting(names) == [])
    #expect(Set(names).subtracting(referred) == [])
  }
}
