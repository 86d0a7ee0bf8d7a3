import Glibc
import Quantities

/// A TCP socket over IPv4 that closes itself. Every call that waits has a limit.
package struct TCPSocket: ~Copyable, Sendable {
  package let descriptor: Int32
  /// What everything goes through; `nil` where bytes go as they are.
  private let tls: TLSSession?

  package init() throws(LoadFailure) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    tls = nil
    guard descriptor >= 0 else { throw .system("cannot make a socket") }
  }

  private init(_ descriptor: Int32, _ tls: TLSSession? = nil) {
    self.descriptor = descriptor
    self.tls = tls
  }

  deinit { close(descriptor) }

  /// Takes an own address, and a port that the system chooses.
  package func bind(to address: IPv4Address) throws(LoadFailure) {
    guard Self.call(address, port: 0, { Glibc.bind(descriptor, $0, $1) }) == 0 else {
      throw .system("cannot use the address \(address)")
    }
  }

  package func listen(_ backlog: Int) throws(LoadFailure) {
    guard Glibc.listen(descriptor, Int32(clamping: backlog)) == 0 else {
      throw .system("cannot listen")
    }
  }

  /// The port that the system chose; 0 when it does not say.
  package var port: Int { ownName.map { Int(UInt16(bigEndian: $0.sin_port)) } ?? 0 }

  /// The own address.
  var ownAddress: IPv4Address? {
    ownName.map { IPv4Address(bits: UInt32(bigEndian: $0.sin_addr.s_addr)) }
  }

  private var ownName: sockaddr_in? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return status == 0 ? address : nil
  }

  /// Whether nothing more will come, though something that came may not be read yet.
  var isClosed: Bool {
    // POLLRDHUP of poll(2), which its header keeps to programs that ask for more than POSIX.
    let otherEnd: Int16 = 0x2000
    let ends = Int16(POLLHUP) | Int16(POLLERR) | otherEnd
    var looked = pollfd(fd: descriptor, events: otherEnd, revents: 0)
    return poll(&looked, 1, 0) > 0 && looked.revents & ends != 0
  }

  /// The next connection; `nil` when none came in time.
  package func accept(within time: Duration) -> TCPSocket? {
    guard wait(for: Int16(POLLIN), time) else { return nil }
    let taken = Glibc.accept(descriptor, nil, nil)
    guard taken >= 0 else {
      // Without descriptors or memory it goes on waiting: whoever asks again at once gains nothing.
      if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { usleep(50_000) }
      return nil
    }
    _ = fcntl(taken, F_SETFD, FD_CLOEXEC)
    return TCPSocket(taken)
  }

  package func connect(to address: IPv4Address, port: Int, within time: Duration)
    throws(LoadFailure)
  {
    setBlocking(false)
    defer { setBlocking(true) }
    let status = Self.call(address, port: UInt16(clamping: port)) {
      Glibc.connect(descriptor, $0, $1)
    }
    if status == 0 { return }
    guard errno == EINPROGRESS else { throw .system("cannot connect to \(address)") }
    guard wait(for: Int16(POLLOUT), time) else {
      throw LoadFailure("\(address) did not answer in time")
    }
    var (code, length) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
    errno = code
    guard code == 0 else { throw .system("cannot connect to \(address)") }
  }

  /// Lets `send` and `receive` return after so long though nothing moved.
  package func limitWaits(_ milliseconds: Int) {
    var limit = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    let length = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
  }

  /// How a transfer went on.
  package enum Moved {
    case bytes(Int)
    /// The other end is done.
    case end
    /// Nothing moved for as long as `limitWaits` says.
    case nothing
    case failed
  }

  /// The same connection once more, which lasts until both are gone.
  func again() throws(LoadFailure) -> TCPSocket { TCPSocket(try duplicate(), tls) }

  private func duplicate() throws(LoadFailure) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .system("cannot keep a connection") }
    return copy
  }

  /// The same connection with TLS 1.3, once both ends have shown that they have the key.
  /// - Parameter key: 32 bytes.
  /// - Returns: `nil` where the other end has not shown it in time.
  /// - Throws: `LoadFailure` when this host cannot.
  func encrypted(
    as role: TLSSession.Role, key: [UInt8], within limit: Duration
  ) throws(LoadFailure) -> TCPSocket? {
    let copy = try duplicate()
    let session: TLSSession
    do throws(LoadFailure) { session = try TLSSession(over: copy, as: role, key: key) } catch {
      close(copy)
      throw error
    }
    let socket = TCPSocket(copy, session)
    guard session.meet(within: limit) else { return nil }
    return socket
  }

  /// Whether bytes go encrypted.
  var isEncrypted: Bool { tls != nil }

  package func receive(into buffer: UnsafeMutableRawBufferPointer, flags: Int32 = 0) -> Moved {
    if let tls { return tls.receive(into: buffer, flags: flags) }
    return Self.moved(recv(descriptor, buffer.baseAddress, buffer.count, flags))
  }

  package func send(_ buffer: UnsafeRawBufferPointer) -> Moved {
    if let tls {
      var piece = iovec(
        iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress), iov_len: buffer.count)
      return withUnsafeMutablePointer(to: &piece) {
        tls.send(UnsafeMutableBufferPointer(start: $0, count: 1))
      }
    }
    return Self.moved(
      Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL)))
  }

  /// What a call says that returns bytes, 0 at the end, or -1.
  static func moved(_ count: Int) -> Moved {
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    return errno == EAGAIN || errno == EINTR ? .nothing : .failed
  }

  /// Exactly so many bytes; `nil` when they do not come in time.
  func read(_ count: Int, within time: Duration) -> [UInt8]? {
    let end = ContinuousClock.now + time
    var bytes = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count, ContinuousClock.now < end {
      let moved = bytes.withUnsafeMutableBytes {
        receive(into: UnsafeMutableRawBufferPointer(rebasing: $0[got...]))
      }
      switch moved {
      case .bytes(let more): got += more
      case .nothing: continue
      case .end, .failed: return nil
      }
    }
    return got == count ? bytes : nil
  }

  /// All of the bytes; `false` when they are not taken in time.
  func write(_ bytes: [UInt8], within time: Duration) -> Bool {
    let end = ContinuousClock.now + time
    var sent = 0
    while sent < bytes.count, ContinuousClock.now < end {
      let moved = bytes.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
      switch moved {
      case .bytes(let more): sent += more
      case .nothing: continue
      case .end, .failed: return false
      }
    }
    return sent == bytes.count
  }

  /// Sends what is written without waiting for more.
  func sendAtOnce() {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Finds out within about 10 s that the other end is gone though nothing is sent (TCP_KEEPIDLE, tcp(7)),
  /// and lets nothing in between forget the connection.
  func keepAlive() {
    let length = socklen_t(MemoryLayout<Int32>.size)
    var (on, idle, pause, tries): (Int32, Int32, Int32, Int32) = (1, 5, 1, 5)
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, length)
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, &idle, length)
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, &pause, length)
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, &tries, length)
  }

  /// Sends no larger segments (TCP_MAXSEG, tcp(7)); to be said before it is connected.
  func limitSegments(to bytes: Int) {
    var bytes = Int32(clamping: bytes)
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, &bytes, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Gives frames a priority of the kernel, 0 to 6 (SO_PRIORITY, socket(7)).
  func prefer(_ priority: Int) {
    var priority = Int32(clamping: priority)
    setsockopt(
      descriptor, SOL_SOCKET, SO_PRIORITY, &priority, socklen_t(MemoryLayout<Int32>.size))
  }

  /// What is left of the pieces, from the first of them on.
  /// - Parameter hasMore: Whether something follows at once.
  func send(_ pieces: UnsafeMutableBufferPointer<iovec>, hasMore: Bool = false) -> Moved {
    if let tls { return tls.send(pieces) }
    var message = msghdr()
    message.msg_iov = pieces.baseAddress
    message.msg_iovlen = pieces.count
    let flags = Int32(MSG_NOSIGNAL) | (hasMore ? Int32(MSG_MORE) : 0)
    return Self.moved(sendmsg(descriptor, &message, flags))
  }

  func receive(into pieces: UnsafeMutableBufferPointer<iovec>) -> Moved {
    if let tls {
      guard let first = pieces.first else { return .nothing }
      return tls.receive(
        into: UnsafeMutableRawBufferPointer(start: first.iov_base, count: first.iov_len), flags: 0)
    }
    var message = msghdr()
    message.msg_iov = pieces.baseAddress
    message.msg_iovlen = pieces.count
    return Self.moved(recvmsg(descriptor, &message, 0))
  }

  /// How far a connection has come, by what the other end's kernel confirmed.
  struct Progress: Hashable {
    /// Bytes since the connection was made.
    var confirmed: UInt64
    /// Whether anything is on its way or waits.
    var hasOutstanding: Bool
    /// Whether more waits than is on its way.
    var hasMore: Bool
  }

  /// `nil` where the kernel does not say it. Places are those of `struct tcp_info` as below: unacked
  /// segments at 24, confirmed bytes at 120, bytes not yet sent at 144.
  var progress: Progress? {
    var info = [UInt8](repeating: 0, count: 148)
    var length = socklen_t(info.count)
    let status = getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &info, &length)
    guard status == 0, length >= 148 else { return nil }
    return info.withUnsafeBytes { info in
      let hasMore = info.loadUnaligned(fromByteOffset: 144, as: UInt32.self) > 0
      return Progress(
        confirmed: info.loadUnaligned(fromByteOffset: 120, as: UInt64.self),
        hasOutstanding: info.loadUnaligned(fromByteOffset: 24, as: UInt32.self) > 0 || hasMore,
        hasMore: hasMore)
    }
  }

  /// Says that nothing more will be sent.
  func finishSending() {
    tls?.finish()
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Segments that were sent again: `tcpi_total_retrans`, at byte 100 of Linux's `struct tcp_info`
  /// (include/uapi/linux/tcp.h), which only grows at its end.
  var retransmissions: Int64 {
    var info = [UInt8](repeating: 0, count: 104)
    var length = socklen_t(info.count)
    let status = getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &info, &length)
    guard status == 0, length >= 104 else { return 0 }
    return Int64(info.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 100, as: UInt32.self) })
  }

  private func wait(for events: Int16, _ time: Duration) -> Bool {
    let end = ContinuousClock.now + time
    while true {
      let left = max(.zero, end - .now)
      var waiting = pollfd(fd: descriptor, events: events, revents: 0)
      let status = poll(&waiting, 1, Int32(clamping: Int64(left / .milliseconds(1)) + 1))
      if status > 0 { return true }
      if status == 0 || errno != EINTR { return false }
    }
  }

  private func setBlocking(_ isBlocking: Bool) {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, isBlocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
  }

  private static func call(
    _ address: IPv4Address, port: UInt16,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr.s_addr = address.bits.bigEndian
    return withUnsafePointer(to: name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}

extension LoadFailure {
  /// A failure with what the system says of it.
  fileprivate static func system(_ what: String) -> LoadFailure {
    let code = errno
    return LoadFailure("\(what): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
  }
}
