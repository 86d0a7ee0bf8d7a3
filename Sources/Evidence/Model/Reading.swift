/// A value that somebody looked for on a host: found, or the reason why nobody can tell.
///
/// Nothing here is ever a default: a check that meets `unknown` cannot pass.
public enum Reading<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Read, and where.
  case known(Value, Source)
  /// Looked for in vain.
  case unknown(Unknown)

  /// The value; `nil` when unknown.
  public var value: Value? { if case .known(let value, _) = self { value } else { nil } }

  /// Where it was read; `nil` when unknown.
  public var source: Source? { if case .known(_, let source) = self { source } else { nil } }

  /// The reason; `nil` when known.
  public var unknown: Unknown? { if case .unknown(let reason) = self { reason } else { nil } }

  /// The same reading of something that follows from it.
  public func map<Other: Hashable & Sendable>(_ change: (Value) -> Other) -> Reading<Other> {
    switch self {
    case .known(let value, let source): .known(change(value), source)
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// Nobody looked.
  public static var notCollected: Reading { .unknown(Unknown(.notCollected)) }
}

/// The output that a value was read from: its place in `EvidenceFile.outputs`.
public struct Source: Hashable, Sendable {
  public var output: Int
  /// Makes a source.
  public init(output: Int) { self.output = output }
}

/// Why a value is not known.
public struct Unknown: Hashable, Sendable {
  /// The kinds of reasons.
  public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
    /// The evidence holds no output of a tool that says it.
    case notCollected = "not-collected"
    /// The tool is not installed on the host.
    case toolMissing = "tool-missing"
    /// The collector was not allowed to look.
    case notPermitted = "not-permitted"
    /// The driver, or the release of the tool, does not say it.
    case notSupported = "not-supported"
    /// There is an output, and nobody can make sense of it.
    case notUnderstood = "not-understood"
  }
  public var reason: Reason
  /// What was seen instead, one line; empty when there is nothing to add.
  public var detail: String
  /// Makes a reason.
  public init(_ reason: Reason, _ detail: String = "") {
    self.reason = reason
    self.detail = detail
  }
}
