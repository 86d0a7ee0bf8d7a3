import Synchronization

/// What was computed once for each key, for all threads.
///
/// Two threads that ask for the same key at once may both compute it; what the first of them kept
/// counts for all, so that equal keys always get the same value.
public final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline let known = Mutex<[Key: Value]>([:])

  /// Nothing yet.
  @inlinable public init() {}

  /// The value of a key; `make` runs where it is not known, without keeping others from asking.
  @inlinable public func value(_ key: Key, _ make: () -> Value) -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = make()
    return known.withLock { known in
      if let first = known[key] { return first }
      known[key] = value
      return value
    }
  }
}
