import Foundation
import TenfoldTestSupport

/// Makes the JSON Schema of plan.json from the sources of the values it holds.
struct PlanSchema {
  /// A type that no declaration describes, or whose JSON form is its own.
  struct UnknownType: Error { var name: String }

  /// JSON values whose members keep their order.
  indirect enum JSON {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([JSON])
    case object([(String, JSON)])
  }

  /// Types that write themselves as one plain value.
  private static let plain: [String: [(String, JSON)]] = [
    "String": [("type", .text("string"))],
    "Int": [("type", .text("integer"))],
    "Int64": [("type", .text("integer"))],
    "Bool": [("type", .text("boolean"))],
    "CalendarDate": pattern(
      "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", "A date, as precise as it is known"),
    "Currency": pattern("[A-Z]{3}", "ISO 4217 code"),
    "IPv4Address": pattern("[0-9]+(\\.[0-9]+){3}", "IPv4 address"),
    "IPv4Subnet": pattern("[0-9]+(\\.[0-9]+){3}/[0-9]+", "IPv4 subnet"),
    "LaneNumbering": pattern(
      "consecutive|slash|colon|block-of-four:[0-9]+", "How the lanes of a split port are named"),
    "PartID": pattern("[a-z0-9.+-]+", "Part of the catalogue"),
    "Rational": pattern("-?[0-9]+(/[0-9]+)?", "An exact fraction in lowest terms"),
    "SwitchOS": pattern(".+", "Operating system of a switch, as templates are named"),
    "DataRate": range(0...10_000_000_000_000, "Bits a second"),
    "Length": range(0...1_000_000_000, "Millimetres"),
    "Power": range(0...10_000_000_000, "Milliwatts"),
    "ByteCount": range(0...1_000_000_000_000_000, "Bytes"),
    "VLANID": range(1...4094, "VLAN (IEEE 802.1Q)"),
    "PriorityCodePoint": range(0...7, "Priority (IEEE 802.1Q)"),
  ]

  private let declarations: SwiftDeclarations
  private var definitions: [String: JSON] = [:]

  /// Reads the sources.
  init() throws {
    var declarations = SwiftDeclarations()
    for folder in ["Quantities", "CatalogModel", "SiteModel", "Fabric"] {
      for name in Repository.names(in: "Sources/\(folder)", ending: ".swift") {
        declarations.read(Repository.text("Sources/\(folder)/\(name)") ?? "")
      }
    }
    self.declarations = declarations
  }

  /// The schema as text.
  static func text() throws -> String {
    var schema = try PlanSchema()
    let root = try schema.reference(to: "Fabric", in: "")
    let members: [(String, JSON)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Tenfold plan.json")),
    ]
    let definitions = schema.definitions.sorted { $0.key < $1.key }
    return write(
      .object(members + root + [("$defs", .object(definitions.map { ($0.key, $0.value) }))]), 0)
      + "\n"
  }

  private mutating func reference(
    to type: String, in outer: String
  ) throws -> [(String, JSON)] {
    if type.hasSuffix("?") { return try reference(to: String(type.dropLast()), in: outer) }
    if type.hasPrefix("[") {
      let item = try reference(to: String(type.dropFirst().dropLast()), in: outer)
      return [("type", .text("array")), ("items", .object(item))]
    }
    if let plain = Self.plain[type] { return plain }
    if type.hasPrefix("Sourced<") {
      let value = try reference(to: String(type.dropFirst("Sourced<".count).dropLast()), in: outer)
      return [
        ("type", .text("object")),
        (
          "properties",
          .object([("value", .object(value)), ("fact", .object([("type", .text("string"))]))])
        ), ("required", .list([.text("value"), .text("fact")])),
        ("additionalProperties", .flag(false)),
      ]
    }
    if type == "ClosedRange<Int>" {
      return [
        ("type", .text("array")), ("items", .object([("type", .text("integer"))])),
        ("minItems", .number(2)), ("maxItems", .number(2)),
      ]
    }
    guard let name = declarations.resolve(type, in: outer) else { throw UnknownType(name: type) }
    if definitions[name] == nil {
      // Before its members, so that a type may hold itself.
      definitions[name] = .flag(true)
      definitions[name] = .object(try definition(name))
    }
    return [("$ref", .text("#/$defs/\(name)"))]
  }

  private mutating func definition(_ name: String) throws -> [(String, JSON)] {
    guard let declaration = declarations.all[name] else { throw UnknownType(name: name) }
    let doc: [(String, JSON)] =
      declaration.doc.isEmpty ? [] : [("description", .text(declaration.doc))]
    if name == "PartSpec" { return doc + (try partSpec()) }
    switch declaration.body {
    case .choice(let names): return doc + [("enum", .list(names.map(JSON.text)))]
    case .structure(let properties):
      var members: [(String, JSON)] = []
      for property in properties {
        let note: [(String, JSON)] =
          property.doc.isEmpty ? [] : [("description", .text(property.doc))]
        // A description of the property takes the place of that of its plain type.
        let form = try reference(to: property.type, in: name)
          .filter { note.isEmpty || $0.0 != "description" }
        members.append((property.name, .object(note + form)))
      }
      let required = properties.filter { !$0.type.hasSuffix("?") }.map { JSON.text($0.name) }
      return doc + [
        ("type", .text("object")), ("properties", .object(members)), ("required", .list(required)),
        ("additionalProperties", .flag(false)),
      ]
    }
  }

  /// One member whose name is the kind.
  private mutating func partSpec() throws -> [(String, JSON)] {
    let kinds = [
      ("switch", "SwitchSpec"), ("module", "ModuleSpec"), ("optic", "OpticSpec"),
      ("cable", "CableSpec"), ("nic", "NICSpec"), ("accessory", "AccessorySpec"),
    ]
    var members: [(String, JSON)] = []
    for (name, type) in kinds {
      members.append((name, .object(try reference(to: type, in: ""))))
    }
    return [
      ("type", .text("object")), ("properties", .object(members)), ("minProperties", .number(1)),
      ("maxProperties", .number(1)), ("additionalProperties", .flag(false)),
    ]
  }

  private static func pattern(_ pattern: String, _ doc: String) -> [(String, JSON)] {
    [
      ("type", .text("string")), ("pattern", .text("^(\(pattern))$")), ("description", .text(doc)),
    ]
  }

  private static func range(_ range: ClosedRange<Int>, _ doc: String) -> [(String, JSON)] {
    [
      ("type", .text("integer")), ("minimum", .number(range.lowerBound)),
      ("maximum", .number(range.upperBound)), ("description", .text(doc)),
    ]
  }

  private static func write(_ json: JSON, _ depth: Int) -> String {
    let inner = String(repeating: "  ", count: depth + 1)
    switch json {
    case .text(let text): return quote(text)
    case .number(let number): return "\(number)"
    case .flag(let flag): return "\(flag)"
    case .list(let items):
      return "[" + items.map { write($0, depth) }.joined(separator: ", ") + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { inner + quote($0.0) + ": " + write($0.1, depth + 1) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + inner.dropLast(2) + "}"
    }
  }

  private static func quote(_ text: String) -> String {
    "\""
      + text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }
}
