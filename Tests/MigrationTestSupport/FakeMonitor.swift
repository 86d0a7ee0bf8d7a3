import Glibc
import JSONText
import Synchronization
import Threads

/// Something that answers at a socket as the monitor of a QEMU does, or does not.
public final class FakeMonitor: Sendable {
  /// What is answered.
  public enum Answer: Sendable {
    /// JSON of a result.
    case result(String)
    /// A refusal.
    case error(String)
    /// These bytes and nothing else.
    case bytes(String)
    /// Nothing.
    case silence
    /// The connection ends.
    case end
  }

  public let path: String
  private let asked = Mutex<[String]>([])
  private let isOver = Atomic(false)

  /// Commands that came, in their order.
  public var commands: [String] { asked.withLock { $0 } }

  /// Listens at a path that nobody has.
  /// - Parameters:
  ///   - greeting: First line.
  ///   - answer: To a command and its arguments; `qmp_capabilities` is answered by itself.
  public init(
    greeting: String = #"{"QMP": {"version": {}, "capabilities": []}}"#,
    _ answer: @escaping @Sendable (_ command: String, _ arguments: String) -> Answer
  ) throws {
    var folder = Array("/tmp/tenfold-qmp.XXXXXX".utf8CString)
    guard mkdtemp(&folder) != nil else { throw QMPSetUpFailure() }
    path = String(decoding: folder.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) + "/s"
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let status = withUnsafePointer(to: name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard listener >= 0, status == 0, listen(listener, 8) == 0 else { throw QMPSetUpFailure() }
    var work = Work()
    _ = work.start { [weak self] in
      defer { close(listener) }
      while self?.isOver.load(ordering: .relaxed) == false {
        var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 50) > 0 else { continue }
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { continue }
        self?.serve(connection, greeting, answer)
        close(connection)
      }
    }
    work.leave()
  }

  deinit {
    unlink(path)
    rmdir(String(path.dropLast(2)))
  }

  /// Ends it.
  public func end() { isOver.store(true, ordering: .relaxed) }

  private func serve(
    _ connection: Int32, _ greeting: String, _ answer: (String, String) -> Answer
  ) {
    func say(_ line: String) -> Bool {
      let bytes = Array((line + "\r\n").utf8)
      return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
    guard say(greeting) else { return }
    var buffer: [UInt8] = []
    while !isOver.load(ordering: .relaxed) {
      var waiting = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 50) > 0 else { continue }
      var room = [UInt8](repeating: 0, count: 4096)
      let count = recv(connection, &room, room.count, 0)
      guard count > 0 else { return }
      buffer += room[..<count]
      // Commands come one at a time: each is answered before the next.
      guard let tree = try? JSONTree(buffer, limits: .tools) else { continue }
      guard case .string(let command)? = tree.member("execute")?.value,
        case .integer(let id)? = tree.member("id")?.value
      else { return }
      let words = String(decoding: buffer, as: UTF8.self)
      buffer = []
      asked.withLock { $0.append(command) }
      let reply =
        command == "qmp_capabilities" ? Answer.result("{}") : answer(command, words)
      // Something happens all the time.
      guard say(#"{"event": "MIGRATION", "data": {"status": "active"}, "timestamp": {}}"#) else {
        return
      }
      switch reply {
      case .result(let json):
        guard say(#"{"return": \#(json), "id": \#(id)}"#) else { return }
      case .error(let words):
        let text = #"{"error": {"class": "GenericError", "desc": "\#(words)"}, "id": \#(id)}"#
        guard say(text) else { return }
      case .bytes(let bytes): guard say(bytes) else { return }
      case .silence: continue
      case .end: return
      }
    }
  }
}

/// The machine gives no socket.
public struct QMPSetUpFailure: Error {}
