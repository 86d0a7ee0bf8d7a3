import JSONText
import Quantities

/// What is wrong with a piece of evidence, and at which byte.
struct EvidenceError: Error {
  var offset: Int
  var message: String
}

/// Takes a tree of JSON for what the schema says it is.
enum EvidenceDecoder {
  /// A whole file that a tool wrote.
  /// - Parameters:
  ///   - file: Its name as the user wrote it.
  ///   - body: Takes its tree for what it should be.
  /// - Throws: `Findings` with one finding of the rule, where it stops being that.
  static func file<Value>(
    _ bytes: [UInt8], _ file: String, rule: String, hint: String,
    _ body: (JSONTree) throws(EvidenceError) -> Value
  ) throws(Findings) -> Value {
    let text = TextBytes.utf8(bytes)
    do throws(EvidenceError) {
      let tree: JSONTree
      do throws(JSONSyntaxError) { tree = try JSONTree(text, limits: .tools) } catch {
        throw EvidenceError(offset: error.offset, message: error.message)
      }
      return try body(tree)
    } catch {
      let place = TextPlace(of: error.offset, in: text)
      throw Findings([
        Finding(
          rule: rule,
          position: SourcePosition(file: file, line: place.line, column: place.column),
          message: error.message, hint: hint)
      ])
    }
  }

  static func file(_ tree: JSONTree) throws(EvidenceError) -> EvidenceFile {
    let systemText = try text(tree, "system")
    guard let system = HostSystem(rawValue: systemText) else {
      throw EvidenceError(offset: tree.offset, message: "system: \"\(systemText)\" is none of them")
    }
    let collectedText = try text(tree, "collected")
    guard let collected = Timestamp(collectedText) else {
      throw EvidenceError(
        offset: tree.offset, message: "collected: no moment such as 2026-11-27T01:02:03Z")
    }
    var outputs: [ToolOutput] = []
    for element in try list(tree, "outputs") { outputs.append(try output(element)) }
    var probes: [ProbeColumn] = []
    for element in try list(tree, "probes") { probes.append(try probe(element)) }
    var reach: [ReachProbe]?
    if tree.member("reach") != nil {
      var all: [ReachProbe] = []
      for element in try list(tree, "reach") { all.append(try reached(element)) }
      reach = all
    }
    return EvidenceFile(
      collector: try text(tree, "collector"), host: try text(tree, "host"), system: system,
      plan: try text(tree, "plan"), collected: collected,
      isPrivileged: try flag(tree, "privileged"), outputs: outputs, probes: probes,
      reach: reach)
  }

  private static func reached(_ tree: JSONTree) throws(EvidenceError) -> ReachProbe {
    ReachProbe(
      target: try text(tree, "to"), port: try number(tree, "port", in: 1...65_535),
      isReached: try flag(tree, "answered"))
  }

  private static func output(_ tree: JSONTree) throws(EvidenceError) -> ToolOutput {
    ToolOutput(
      command: try text(tree, "command"), status: try number(tree, "status", in: -1...65_535),
      text: try optionalText(tree, "text"), value: tree.member("value"),
      errors: try optionalText(tree, "errors"))
  }

  private static func probe(_ tree: JSONTree) throws(EvidenceError) -> ProbeColumn {
    let kindText = try text(tree, "kind")
    guard let kind = ProbeColumn.Kind(rawValue: kindText) else {
      throw EvidenceError(offset: tree.offset, message: "kind: \"\(kindText)\" is none of them")
    }
    let targets = try list(tree, "to")
    var to: [IPv4Address] = []
    to.reserveCapacity(targets.count)
    for target in targets { to.append(try address(target)) }
    let sent = try number(tree, "sent", in: 1...100_000)
    let received = try numbers(tree, "received", in: -1...Int64(sent))
    let microseconds =
      tree.member("microseconds") == nil
      ? [] : try numbers(tree, "microseconds", in: -1...1_000_000_000)
    guard received.count == to.count, microseconds.isEmpty || microseconds.count == to.count else {
      throw EvidenceError(
        offset: tree.offset, message: "the lists of a probe are not of one length")
    }
    return ProbeColumn(
      kind: kind, from: try address(tree, "from"), interface: try optionalText(tree, "interface"),
      size: try number(tree, "size", in: 28...65_535), sent: sent, to: to, received: received,
      microseconds: microseconds)
  }

  private static func missing(_ name: String, in tree: JSONTree) -> EvidenceError {
    EvidenceError(offset: tree.offset, message: "\"\(name)\" is missing")
  }

  private static func wrong(
    _ name: String, _ tree: JSONTree, _ expected: String
  ) -> EvidenceError {
    EvidenceError(
      offset: tree.offset, message: "\(name): found \(tree.kind), expected \(expected)")
  }

  static func text(_ tree: JSONTree, _ name: String) throws(EvidenceError) -> String {
    guard let member = tree.member(name) else { throw missing(name, in: tree) }
    guard case .string(let value) = member.value else { throw wrong(name, member, "a text") }
    return value
  }

  private static func optionalText(
    _ tree: JSONTree, _ name: String
  ) throws(EvidenceError) -> String {
    tree.member(name) == nil ? "" : try text(tree, name)
  }

  private static func flag(_ tree: JSONTree, _ name: String) throws(EvidenceError) -> Bool {
    guard let member = tree.member(name) else { throw missing(name, in: tree) }
    guard case .bool(let value) = member.value else { throw wrong(name, member, "true or false") }
    return value
  }

  private static func list(_ tree: JSONTree, _ name: String) throws(EvidenceError) -> [JSONTree] {
    guard let member = tree.member(name) else { throw missing(name, in: tree) }
    guard case .array(let elements) = member.value else { throw wrong(name, member, "a list") }
    return elements
  }

  /// What becomes of each element of a list.
  static func each<Element>(
    _ tree: JSONTree, _ name: String,
    _ read: (JSONTree) throws(EvidenceError) -> Element
  ) throws(EvidenceError) -> [Element] {
    var elements: [Element] = []
    for element in try list(tree, name) { elements.append(try read(element)) }
    return elements
  }

  static func number(
    _ tree: JSONTree, _ name: String, in range: ClosedRange<Int64>
  ) throws(EvidenceError) -> Int {
    guard let member = tree.member(name) else { throw missing(name, in: tree) }
    return try number(member, called: name, in: range)
  }

  private static func number(
    _ tree: JSONTree, called name: String, in range: ClosedRange<Int64>
  ) throws(EvidenceError) -> Int {
    guard case .integer(let value) = tree.value, range.contains(value) else {
      throw wrong(name, tree, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(value)
  }

  private static func numbers(
    _ tree: JSONTree, _ name: String, in range: ClosedRange<Int64>
  ) throws(EvidenceError) -> [Int] {
    let elements = try list(tree, name)
    var values: [Int] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try number(element, called: name, in: range)) }
    return values
  }

  static func address(_ tree: JSONTree, _ name: String) throws(EvidenceError) -> IPv4Address {
    guard let member = tree.member(name) else { throw missing(name, in: tree) }
    return try address(member)
  }

  private static func address(_ tree: JSONTree) throws(EvidenceError) -> IPv4Address {
    guard case .string(let text) = tree.value, let address = IPv4Address(text) else {
      throw EvidenceError(offset: tree.offset, message: "an IPv4 address was expected")
    }
    return address
  }
}
