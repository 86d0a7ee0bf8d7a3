/// The JSON Schema (draft 2020-12) of `plan.json`, made from tables that stand beside the code.
///
/// A table names a shape with its members; a member is `name type: description`. `?` marks a member
/// that may be absent, `[]` a list.
public enum PlanSchema {
  /// The schema, pretty printed, ending in a line feed.
  public static func json() -> String {
    let output = JSONOutput(capacity: 1 << 16)
    output.begin(array: false)
    output.member("$schema", "https://json-schema.org/draft/2020-12/schema")
    output.member("title", "plan.json of Tenfold, format version \(Fabric.formatVersion)")
    output.member("$ref", "#/$defs/Fabric")
    output.object("$defs") {
      for basic in basics { write(basic, to: output) }
      for line in lines(of: words) { writeWords(line, to: output) }
      writePartSpec(to: output)
      for table in [network, site, catalog] { write(table: table, to: output) }
    }
    return String(decoding: output.finish(), as: UTF8.self)
  }

  // MARK: Plain values

  private struct Basic {
    var name: String
    var type: String
    var text: String
    var pattern: String?
    var range: ClosedRange<Int64>?
  }

  private static let basics: [Basic] = [
    Basic(name: "text", type: "string", text: "A text."),
    Basic(name: "flag", type: "boolean", text: "Yes or no."),
    Basic(
      name: "count", type: "integer", text: "A count, index or number.",
      range: -JSONTreeDecoder.largestCount...JSONTreeDecoder.largestCount),
    Basic(
      name: "CalendarDate", type: "string", text: "A date of which month or day may be unknown.",
      pattern: "^[0-9]{4}(-[0-9]{2}){0,2}$"),
    Basic(
      name: "Currency", type: "string", text: "An ISO 4217 code.", pattern: "^[A-Z]{3}$"),
    Basic(
      name: "Rational", type: "string", text: "A fraction in lowest terms, such as 4 or 5/2.",
      pattern: "^-?[0-9]+(/[0-9]+)?$"),
    Basic(
      name: "IPv4Address", type: "string", text: "An IPv4 address.",
      pattern: "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$"),
    Basic(
      name: "IPv4Subnet", type: "string", text: "An IPv4 subnet in prefix notation.",
      pattern: "^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$"),
    Basic(
      name: "LaneNumbering", type: "string", text: "How the lanes of a split port are numbered.",
      pattern: "^(consecutive|slash|colon|block-of-four:[0-9]+)$"),
    Basic(name: "DataRate", type: "integer", text: "Bits a second.", range: 0...10_000_000_000_000),
    Basic(name: "Length", type: "integer", text: "Millimetres.", range: 0...1_000_000_000),
    Basic(name: "Power", type: "integer", text: "Milliwatts.", range: 0...10_000_000_000),
    Basic(name: "ByteCount", type: "integer", text: "Bytes.", range: 0...1_000_000_000_000_000),
    Basic(name: "VLANID", type: "integer", text: "A VLAN id.", range: 1...4094),
    Basic(name: "PriorityCodePoint", type: "integer", text: "An 802.1Q priority.", range: 0...7),
    Basic(
      name: "minorUnits", type: "integer", text: "Cents, or what the currency has.",
      range: -1_000_000_000_000...1_000_000_000_000),
  ]

  private static let more = """
    Money: An amount of money.
      minorUnits minorUnits:
      currency Currency:
    SourcePosition: A place in a text file.
      file text:
      line count:
      column count:
    """

  private static func write(_ basic: Basic, to output: JSONOutput) {
    output.object(basic.name) {
      output.member("type", basic.type)
      output.member("description", basic.text)
      if let pattern = basic.pattern { output.member("pattern", pattern) }
      if let range = basic.range {
        output.member("minimum", range.lowerBound)
        output.member("maximum", range.upperBound)
      }
    }
  }

  private static func writeWords(_ line: String, to output: JSONOutput) {
    let sides = line.split(separator: "=", maxSplits: 1).map { trim($0) }
    guard sides.count == 2 else { return }
    output.object(sides[0]) {
      output.name("enum")
      output.begin(array: true)
      let depth = output.depth
      for word in sides[1].split(separator: "|") { output.string(trim(word)) }
      output.close(to: depth - 1)
    }
  }

  /// The one value that is told apart by the name of its only member.
  private static func writePartSpec(to output: JSONOutput) {
    let kinds = [
      ("switch", "SwitchSpec"), ("module", "ModuleSpec"), ("optic", "OpticSpec"),
      ("cable", "CableSpec"), ("nic", "NICSpec"), ("accessory", "AccessorySpec"),
    ]
    output.object("PartSpec") {
      output.member("description", "What a part is: exactly one member.")
      output.member("type", "object")
      output.object("properties") {
        for (name, shape) in kinds { output.object(name) { output.member("$ref", ref(shape)) } }
      }
      output.member("additionalProperties", false)
      output.member("minProperties", 1)
      output.member("maxProperties", 1)
    }
  }

  // MARK: Shapes

  private struct Member {
    var name: String
    var type: String
    var text: String
  }

  private static func write(table: String, to output: JSONOutput) {
    var shape = ("", "")
    var members: [Member] = []
    func finish() {
      if !members.isEmpty { write(shape.0, shape.1, members, to: output) }
      members = []
    }
    for line in lines(of: table == network ? more + "\n" + table : table) {
      let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let head = sides[0].split(separator: " ").map(String.init)
      let text = sides.count > 1 ? trim(sides[1]) : ""
      if line.hasPrefix(" "), head.count == 2 {
        members.append(Member(name: head[0], type: head[1], text: text))
      } else if let name = head.first {
        finish()
        shape = (name, text)
      }
    }
    finish()
  }

  private static func write(
    _ name: String, _ text: String, _ members: [Member], to output: JSONOutput
  ) {
    output.object(name) {
      if !text.isEmpty { output.member("description", text) }
      output.member("type", "object")
      output.object("properties") {
        for member in members { write(member, to: output) }
      }
      output.name("required")
      output.begin(array: true)
      let depth = output.depth
      for member in members where !member.type.hasSuffix("?") { output.string(member.name) }
      output.close(to: depth - 1)
      output.member("additionalProperties", false)
    }
  }

  private static func write(_ member: Member, to output: JSONOutput) {
    let type = member.type.hasSuffix("?") ? String(member.type.dropLast()) : member.type
    output.object(member.name) {
      if !member.text.isEmpty { output.member("description", member.text) }
      if type.hasSuffix("[]") {
        output.member("type", "array")
        output.object("items") { output.member("$ref", ref(String(type.dropLast(2)))) }
      } else {
        output.member("$ref", ref(type))
      }
    }
  }

  private static func ref(_ name: String) -> String { "#/$defs/" + name }

  private static func lines(of table: String) -> [String] {
    table.split(separator: "\n").map(String.init)
  }

  private static func trim(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension JSONOutput {
  fileprivate func member(_ name: String, _ value: String) {
    self.name(name)
    string(value)
  }
  fileprivate func member(_ name: String, _ value: Int64) {
    self.name(name)
    integer(value)
  }
  fileprivate func member(_ name: String, _ value: Bool) {
    self.name(name)
    literal(value ? "true" : "false")
  }
  fileprivate func object(_ name: String, _ content: () -> Void) {
    self.name(name)
    let before = depth
    begin(array: false)
    content()
    close(to: before)
  }
}
