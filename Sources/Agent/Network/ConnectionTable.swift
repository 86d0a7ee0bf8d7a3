import Synchronization

/// How many connections a server holds.
public struct ConnectionLimits: Hashable, Sendable {
  /// All together.
  public var total = 64
  /// From one address.
  public var perSource = 8

  /// The usual ones.
  public init() {}
}

/// The connections of a server. When all places are taken, the oldest connection that has not shown
/// a certificate yet gives way, so that strangers do not keep a coordinator out.
final class ConnectionTable: Sendable {
  /// One place.
  struct Ticket: Hashable, Sendable { fileprivate let number: Int }

  /// What to do about a connection.
  enum Decision: Sendable {
    /// It has a place; `evicting` closes the connection that gave way to it.
    case admit(Ticket, evicting: (@Sendable () -> Void)?)
    case refuse(String)
  }

  private struct Entry {
    var source: String
    var isSecured: Bool
    var close: @Sendable () -> Void
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var perSource: [String: Int] = [:]
    var last = 0

    mutating func remove(_ number: Int) -> Entry? {
      guard let entry = entries.removeValue(forKey: number) else { return nil }
      let left = (perSource[entry.source] ?? 1) - 1
      perSource[entry.source] = left > 0 ? left : nil
      return entry
    }
  }

  private let limits: ConnectionLimits
  private let state = Mutex(State())

  init(_ limits: ConnectionLimits) { self.limits = limits }

  func admit(_ source: String, close: @escaping @Sendable () -> Void) -> Decision {
    state.withLock { state in
      guard state.perSource[source, default: 0] < limits.perSource else {
        return .refuse("more than \(limits.perSource) connections from one address")
      }
      var evicting: (@Sendable () -> Void)?
      if state.entries.count >= limits.total {
        let oldest = state.entries.lazy.filter { !$0.value.isSecured }.map(\.key).min()
        guard let oldest, let entry = state.remove(oldest) else {
          return .refuse("more than \(limits.total) connections")
        }
        evicting = entry.close
      }
      state.last += 1
      state.entries[state.last] = Entry(source: source, isSecured: false, close: close)
      state.perSource[source, default: 0] += 1
      return .admit(Ticket(number: state.last), evicting: evicting)
    }
  }

  /// The peer has shown who it is.
  func secure(_ ticket: Ticket) {
    state.withLock { $0.entries[ticket.number]?.isSecured = true }
  }

  func release(_ ticket: Ticket) { state.withLock { _ = $0.remove(ticket.number) } }

  /// Closes all.
  func closeAll() {
    let all = state.withLock { $0.entries.values.map(\.close) }
    for close in all { close() }
  }

  var count: Int { state.withLock { $0.entries.count } }
}
