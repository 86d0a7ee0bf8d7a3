import JSONText
import Quantities
import Transport

/// What is wrong with a message.
struct MessageError: Error, Hashable, Sendable, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// The members of one message: read by name, within ranges, and none beside those that are known.
struct Fields {
  private let members: [JSONTree.Member]

  /// Reads a message. Numbers are whole, names stand once, nesting and the count of values are
  /// bounded.
  init(_ bytes: [UInt8], limit: Int) throws(MessageError) {
    var limits = JSONLimits()
    (limits.size, limits.depth, limits.values) = (limit, 4, 20_000)
    let tree: JSONTree
    do throws(JSONSyntaxError) { tree = try JSONTree(bytes, limits: limits) } catch {
      throw MessageError("no JSON: \(error.message)")
    }
    guard case .object(let members) = tree.value else { throw MessageError("no object") }
    self.members = members
  }

  /// Refuses members that no reader asks for.
  func allow(_ names: String...) throws(MessageError) { try allow(names) }

  func allow(_ names: [String]) throws(MessageError) {
    for member in members where member.name != "type" && !names.contains(member.name) {
      throw MessageError("an unknown member \(Plain.text(member.name, 40))")
    }
  }

  private func member(_ name: String) throws(MessageError) -> JSONTree.Value {
    guard let member = members.first(where: { $0.name == name }) else {
      throw MessageError("\(name) is missing")
    }
    return member.value.value
  }

  func has(_ name: String) -> Bool { members.contains { $0.name == name } }

  func text(_ name: String, upTo limit: Int) throws(MessageError) -> String {
    guard case .string(let text) = try member(name), text.utf8.count <= limit else {
      throw MessageError("\(name) is no text of at most \(limit) bytes")
    }
    return text
  }

  func flag(_ name: String) throws(MessageError) -> Bool {
    guard case .bool(let value) = try member(name) else {
      throw MessageError("\(name) is not true or false")
    }
    return value
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws(MessageError) -> Int {
    guard case .integer(let value) = try member(name), let number = Int(exactly: value),
      range.contains(number)
    else {
      throw MessageError("\(name) is no number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A list of whole numbers.
  func numbers(
    _ name: String, in range: ClosedRange<Int>, atMost limit: Int
  ) throws(MessageError) -> [Int] {
    guard case .array(let elements) = try member(name), elements.count <= limit else {
      throw MessageError("\(name) is no list of at most \(limit) numbers")
    }
    var numbers: [Int] = []
    numbers.reserveCapacity(elements.count)
    for element in elements {
      guard case .integer(let value) = element.value, let number = Int(exactly: value),
        range.contains(number)
      else {
        throw MessageError(
          "\(name) holds what is no number from \(range.lowerBound) to \(range.upperBound)")
      }
      numbers.append(number)
    }
    return numbers
  }

  func secret() throws(MessageError) -> TransferSecret {
    guard let secret = TransferSecret(try text("secret", upTo: TransferSecret.longest)) else {
      throw MessageError("secret is none")
    }
    return secret
  }

  func address(_ name: String) throws(MessageError) -> IPv4Address {
    guard case .string(let text) = try member(name), let address = IPv4Address(text) else {
      throw MessageError("\(name) is no IPv4 address")
    }
    return address
  }

  func addresses(_ name: String, atMost limit: Int) throws(MessageError) -> [IPv4Address] {
    guard case .array(let elements) = try member(name), elements.count <= limit else {
      throw MessageError("\(name) is no list of at most \(limit) addresses")
    }
    var addresses: [IPv4Address] = []
    addresses.reserveCapacity(elements.count)
    for element in elements {
      guard case .string(let text) = element.value, let address = IPv4Address(text) else {
        throw MessageError("\(name) holds what is no IPv4 address")
      }
      addresses.append(address)
    }
    return addresses
  }

  func targets(_ name: String, atMost limit: Int) throws(MessageError) -> [ReachTarget] {
    guard case .array(let elements) = try member(name), elements.count <= limit else {
      throw MessageError("\(name) is no list of at most \(limit) services")
    }
    var targets: [ReachTarget] = []
    for element in elements {
      guard case .string(let text) = element.value, let target = ReachTarget(text: text) else {
        throw MessageError("\(name) holds what is no service")
      }
      targets.append(target)
    }
    return targets
  }

  func plan() throws(MessageError) -> PlanHash {
    guard let plan = PlanHash(try text("plan", upTo: 64)) else {
      throw MessageError("plan is no SHA-256")
    }
    return plan
  }

  func host() throws(MessageError) -> HostName {
    guard let host = HostName(try text("host", upTo: 64)) else {
      throw MessageError("host is no name of a host")
    }
    return host
  }

  func clock() throws(MessageError) -> Timestamp {
    guard let clock = Timestamp(seconds: Int64(try number("clock", in: 0...32_503_679_999))) else {
      throw MessageError("clock is no moment")
    }
    return clock
  }
}

/// Texts of strangers, made fit for one line of a log or a terminal.
enum Plain {
  /// Printable ASCII as it stands, all else as `\xHH` a byte; cut at `limit` bytes. What was made
  /// plain stays as it is, so that each side may do it.
  static func text(_ text: some StringProtocol, _ limit: Int = 200) -> String {
    bytes(text.utf8, limit)
  }

  static func bytes(_ bytes: some Collection<UInt8>, _ limit: Int = 200) -> String {
    var text = ""
    for byte in bytes.prefix(limit) {
      if (0x20...0x7E).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return bytes.count > limit ? text + "..." : text
  }
}
