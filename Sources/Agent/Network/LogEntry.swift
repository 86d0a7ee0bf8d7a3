import Synchronization

/// One line of the log of an agent or an enrolment server.
public struct LogEntry: Hashable, Sendable {
  public var kind: LogKind
  /// Address and port of the peer; empty when there is none.
  public var peer: String
  /// Printable ASCII, whatever the peer sent.
  public var message: String

  /// `refused 10.0.0.7:41234: no certificate was shown`.
  public var line: String { "\(kind.rawValue) \(peer.isEmpty ? "" : peer + ": ")\(message)" }
}

/// Takes lines of a log; called from several threads.
public typealias LogSink = @Sendable (LogEntry) -> Void

/// Lets so many lines of a kind through that a flood of strangers fills no disk: 100 at once, and 10
/// a second in the long run. What was left out is counted and told.
final class LogGate: Sendable {
  private struct State {
    var limits: [LogKind: RateLimit] = [:]
    var omitted: [LogKind: Int] = [:]
  }

  private let sink: LogSink
  private let state = Mutex(State())

  init(_ sink: @escaping LogSink) { self.sink = sink }

  func write(_ entry: LogEntry, at now: Duration) {
    let omitted = state.withLock { state -> Int? in
      let isWithin = state.limits[entry.kind, default: RateLimit(burst: 100, perSecond: 10)]
        .take(at: now)
      guard isWithin else {
        state.omitted[entry.kind, default: 0] += 1
        return nil
      }
      return state.omitted.removeValue(forKey: entry.kind) ?? 0
    }
    guard let omitted else { return }
    if omitted > 0 {
      sink(LogEntry(kind: entry.kind, peer: "", message: "\(omitted) lines like this left out"))
    }
    var entry = entry
    entry.message = Plain.text(entry.message, 400)
    sink(entry)
  }
}
