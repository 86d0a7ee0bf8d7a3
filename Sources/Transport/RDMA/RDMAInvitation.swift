import CTransport

/// Where a receiver waits for RDMA of one lane, and what the sender must know to be let in: 18 bytes,
/// numbers with the least significant byte first.
struct RDMAInvitation: Hashable {
  static let length = 2 + nonceLength
  static let nonceLength = Int(TENFOLD_RDMA_NONCE)

  /// 0 where it has none.
  var port: UInt16
  var nonce: [UInt8]

  /// One with a nonce of its own.
  init(port: UInt16) {
    self.port = port
    var random = SystemRandomNumberGenerator()
    nonce = (0..<Self.nonceLength).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  init(_ bytes: [UInt8]) {
    port = bytes.prefix(2).reversed().reduce(0) { $0 << 8 | UInt16($1) }
    nonce = Array(bytes.dropFirst(2).prefix(Self.nonceLength))
  }

  var bytes: [UInt8] {
    [UInt8(truncatingIfNeeded: port), UInt8(truncatingIfNeeded: port >> 8)] + nonce
  }
}
