/// Messages on the wire: four bytes of length, most significant first, then so many bytes.
enum Frame {
  /// Largest request that an agent or an enrolment server takes, in bytes.
  static let largestRequest = 1 << 16
  /// Largest message of an agent, in bytes; evidence comes in several of them.
  static let largestAnswer = 1 << 18
  /// Bytes of evidence in one message.
  static let chunk = 1 << 16
  /// Largest evidence, in bytes; what `EvidenceJSON` reads, too.
  static let largestEvidence = 1 << 26

  static func bytes(_ content: [UInt8]) -> [UInt8] {
    let length = UInt32(clamping: content.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * $0)) } + content
  }
}

/// Takes messages out of bytes as they come. Holds one message at most, and what came behind it.
struct FrameReader: Sendable {
  /// Why what came cannot be read on.
  enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLong(Int, limit: Int)
    case empty

    var description: String {
      switch self {
      case .tooLong(let length, let limit):
        "a message of \(length) bytes, the limit is \(limit)"
      case .empty: "a message of no bytes"
      }
    }
  }

  private let limit: Int
  private var buffer: [UInt8] = []
  /// Where the next message starts.
  private var start = 0

  /// - Parameter limit: Largest message in bytes.
  init(limit: Int) { self.limit = limit }

  /// Whether a message has begun and not ended.
  var isAmidMessage: Bool { start < buffer.count }

  mutating func add(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next whole message; `nil` until there is one. A length over the limit is told before any
  /// byte of such a message is waited for.
  mutating func next() throws(Failure) -> [UInt8]? {
    guard buffer.count - start >= 4 else { return nil }
    let length = buffer[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
    guard length <= limit else { throw .tooLong(length, limit: limit) }
    guard length > 0 else { throw .empty }
    guard buffer.count - start - 4 >= length else { return nil }
    let content = Array(buffer[(start + 4)..<(start + 4 + length)])
    start += 4 + length
    return content
  }
}
