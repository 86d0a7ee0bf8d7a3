import Quantities
import Transport

/// All that an agent can answer.
enum Answer: Hashable, Sendable {
  case hello(Hello)
  /// It is collecting, or not.
  case status(isCollecting: Bool)
  /// Evidence follows: so many bytes in messages of their own, with this SHA-256 in hexadecimal.
  case evidence(size: Int, hash: String)
  /// It waits for a sender at this port.
  case listening(port: Int)
  /// It waits for a guest at these ports, by the addresses that it was asked to wait at.
  case waiting(ports: [Int])
  /// What became of a guest that it gave away.
  case moved(MigrationAnswer)
  /// What a sender's receiver counted.
  case loaded(LoadResult)
  /// A request is not done; the text says why.
  case refused(String)

  init(_ bytes: [UInt8]) throws(MessageError) {
    let fields = try Fields(bytes, limit: Frame.largestRequest)
    let type = try fields.text("type", upTo: 20)
    switch type {
    case "hello": self = .hello(try Hello(fields))
    case "status":
      try fields.allow("collecting")
      self = .status(isCollecting: try fields.flag("collecting"))
    case "evidence":
      try fields.allow("size", "sha256")
      self = .evidence(
        size: try fields.number("size", in: 1...Frame.largestEvidence),
        hash: try fields.text("sha256", upTo: 64))
    case "listening":
      try fields.allow("port")
      self = .listening(port: try fields.number("port", in: 1...65_535))
    case "waiting":
      try fields.allow("ports")
      self = .waiting(
        ports: try fields.numbers("ports", in: 1...65_535, atMost: TakeRequest.mostAddresses))
    case "moved":
      try fields.allow(MigrationAnswer.names)
      self = .moved(try MigrationAnswer(fields))
    case "loaded":
      try fields.allow(["bytes", "microseconds", "retransmissions"] + Delays.names)
      // A second of 100 Tbps is less than 2^44 bytes.
      self = .loaded(
        LoadResult(
          bytes: Int64(try fields.number("bytes", in: 0...(1 << 50))),
          microseconds: Int64(try fields.number("microseconds", in: 1...100_000_000)),
          retransmissions: Int64(try fields.number("retransmissions", in: 0...(1 << 40))),
          delays: fields.has("delays") ? try Delays(fields) : nil))
    case "refused":
      try fields.allow("reason")
      self = .refused(try fields.text("reason", upTo: 1024))
    default: throw MessageError("an unknown type \(Plain.text(type))")
    }
  }
}

extension Answer: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, collecting, size, sha256, reason, port, ports, bytes, microseconds, retransmissions
    case delays, median, p99, p999, longest
  }
  func encode(to encoder: any Encoder) throws {
    if case .hello(let hello) = self { return try hello.encode(to: encoder) }
    if case .moved(let answer) = self { return try answer.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .hello, .moved: break
    case .waiting(let ports):
      try container.encode("waiting", forKey: .type)
      try container.encode(ports, forKey: .ports)
    case .status(let isCollecting):
      try container.encode("status", forKey: .type)
      try container.encode(isCollecting, forKey: .collecting)
    case .evidence(let size, let hash):
      try container.encode("evidence", forKey: .type)
      try container.encode(size, forKey: .size)
      try container.encode(hash, forKey: .sha256)
    case .listening(let port):
      try container.encode("listening", forKey: .type)
      try container.encode(port, forKey: .port)
    case .loaded(let result):
      try container.encode("loaded", forKey: .type)
      try container.encode(result.bytes, forKey: .bytes)
      try container.encode(result.microseconds, forKey: .microseconds)
      try container.encode(result.retransmissions, forKey: .retransmissions)
      guard let delays = result.delays else { break }
      try container.encode(delays.count, forKey: .delays)
      try container.encode(delays.median, forKey: .median)
      try container.encode(delays.p99, forKey: .p99)
      try container.encode(delays.p999, forKey: .p999)
      try container.encode(delays.longest, forKey: .longest)
    case .refused(let reason):
      try container.encode("refused", forKey: .type)
      try container.encode(reason, forKey: .reason)
    }
  }

  /// With its length before it.
  var frame: [UInt8] { message(self) }
}
