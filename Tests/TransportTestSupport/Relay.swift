import Glibc
import Quantities
import Synchronization
import Threads
import Transport

/// A way over which connections of the loopback go, and which can be cut: then nothing passes any more,
/// as when a cable is pulled, and nobody is told.
public final class Relay: Sendable {
  private struct State {
    var isCut = false
    var isOver = false
    /// Bytes that pass before all connections end.
    var budget: Int?
    /// How often all connections were ended.
    var endings = 0
  }

  private final class Socket: Sendable {
    let socket: TCPSocket
    init(_ socket: consuming TCPSocket) { self.socket = socket }
  }

  public static let loopback = IPv4Address(bits: 0x7F00_0001)

  public let port: Int
  private let target: Int
  private let listener: Socket
  private let state = Mutex(State())
  /// Bytes a second that pass; 0 for all that come.
  private let rate: Int

  /// Sees what passes, and may alter it.
  private let watch: (@Sendable (UnsafeMutableRawBufferPointer) -> Void)?

  public init(
    to target: Int, rate: Int = 0,
    watch: (@Sendable (UnsafeMutableRawBufferPointer) -> Void)? = nil
  ) throws {
    self.watch = watch
    let socket = try TCPSocket()
    try socket.bind(to: Self.loopback)
    try socket.listen(16)
    port = socket.port
    listener = Socket(socket)
    self.target = target
    self.rate = rate
    var work = Work()
    _ = work.start { self.serve() }
    work.leave()
  }

  /// Cuts the way, or joins it again.
  public func set(isCut: Bool) { state.withLock { $0.isCut = isCut } }

  /// Ends all connections after so many bytes more, once.
  public func breakAfter(_ bytes: Int) { state.withLock { $0.budget = bytes } }

  /// Ends all connections that there are.
  public func breakNow() { state.withLock { $0.endings += 1 } }

  /// Cuts the way after so many milliseconds.
  public func cut(after milliseconds: Int) {
    var work = Work()
    _ = work.start {
      usleep(useconds_t(milliseconds * 1000))
      self.set(isCut: true)
    }
    work.leave()
  }

  public func end() { state.withLock { $0.isOver = true } }

  private var isOver: Bool { state.withLock { $0.isOver } }
  private var isCut: Bool { state.withLock { $0.isCut } }

  private func serve() {
    while !isOver {
      // Over a cut way no connection is made either.
      guard !isCut, let near = listener.socket.accept(within: .milliseconds(20)) else {
        usleep(5000)
        continue
      }
      guard let far = try? TCPSocket(),
        (try? far.connect(to: Self.loopback, port: target, within: .seconds(1))) != nil
      else { continue }
      let (one, other) = (Socket(near), Socket(far))
      for (from, to) in [(one, other), (other, one)] {
        var work = Work()
        _ = work.start { self.pass(from, to, isCounted: from === one) }
        work.leave()
      }
    }
  }

  private var endings: Int { state.withLock { $0.endings } }

  private func pass(_ from: Socket, _ to: Socket, isCounted: Bool) {
    let endings = endings
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    from.socket.limitWaits(10)
    to.socket.limitWaits(10)
    defer {
      shutdown(from.socket.descriptor, Int32(SHUT_RDWR))
      shutdown(to.socket.descriptor, Int32(SHUT_RDWR))
    }
    while !isOver, self.endings == endings {
      guard !isCut else {
        usleep(2000)
        continue
      }
      var count = 0
      switch buffer.withUnsafeMutableBytes({ from.socket.receive(into: $0) }) {
      case .bytes(let more): count = more
      case .nothing: continue
      case .end, .failed: return
      }
      if isCounted {
        let isBroken = state.withLock { state in
          guard let budget = state.budget else { return false }
          state.budget = budget > count ? budget - count : nil
          return budget <= count
        }
        if isBroken { return }
        if rate > 0 { usleep(useconds_t(count * 1_000_000 / rate)) }
      }
      if let watch {
        buffer.withUnsafeMutableBytes { bytes in
          watch(UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        }
      }
      var sent = 0
      while sent < count, !isOver {
        if isCut {
          usleep(2000)
          continue
        }
        let moved = buffer.withUnsafeBytes {
          to.socket.send(UnsafeRawBufferPointer(rebasing: $0[sent..<count]))
        }
        switch moved {
        case .bytes(let more): sent += more
        case .nothing: continue
        case .end, .failed: return
        }
      }
    }
  }
}
