import CTransport
import Glibc

/// TLS 1.3 over a socket, with a key that both ends know. One thread uses it.
final class TLSSession: @unchecked Sendable {
  /// Which end of a connection.
  enum Role {
    case client
    case server
  }

  private let handle: OpaquePointer

  /// Why this host cannot; `nil` where it can.
  static var failure: LoadFailure? {
    tenfold_tls_library() == nil
      ? LoadFailure("this host has no OpenSSL 3 to encrypt with (libssl.so.3)") : nil
  }

  /// - Parameters:
  ///   - descriptor: Of a socket that outlives this.
  ///   - key: 32 bytes.
  /// - Throws: `LoadFailure` where the machine has no OpenSSL that does it.
  init(over descriptor: Int32, as role: Role, key: [UInt8]) throws(LoadFailure) {
    if let failure = Self.failure { throw failure }
    guard key.count == Int(TENFOLD_TLS_KEY),
      let made = tenfold_tls_make(descriptor, role == .server ? 1 : 0, key)
    else {
      throw LoadFailure("OpenSSL makes no connection")
    }
    handle = made
  }

  deinit { tenfold_tls_free(handle) }

  /// Both ends show that they have the key.
  /// - Returns: `false` when the other end does not, or not in time.
  func meet(within limit: Duration) -> Bool {
    let end = ContinuousClock.now + limit
    while tenfold_tls_meet(handle) != 0 {
      guard errno == EAGAIN, ContinuousClock.now < end else { return false }
    }
    return true
  }

  func send(_ pieces: UnsafeMutableBufferPointer<iovec>) -> TCPSocket.Moved {
    TCPSocket.moved(tenfold_tls_send(handle, pieces.baseAddress, pieces.count))
  }

  func receive(into buffer: UnsafeMutableRawBufferPointer, flags: Int32) -> TCPSocket.Moved {
    TCPSocket.moved(tenfold_tls_receive(handle, buffer.baseAddress, buffer.count, flags))
  }

  /// Says that nothing more will be sent.
  func finish() { tenfold_tls_finish(handle) }
}
