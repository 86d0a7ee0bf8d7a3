import Quantities

/// Why a lab could not do what was asked.
public struct LabFailure: Error, Sendable {
  /// Who has to do something about it.
  public enum Kind: Sendable {
    /// A name that does not exist, a plan that cannot be built.
    case usage
    /// Permission, a missing tool, a command that failed.
    case machine
    /// Somebody ended it.
    case stopped
  }
  public var kind: Kind
  public var message: String
  /// What to do; empty when there is nothing to add.
  public var hint: String
  /// Makes a failure.
  public init(_ kind: Kind, _ message: String, hint: String = "") {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  /// The same as a finding.
  public var finding: Finding { Finding(rule: "lab", message: message, hint: hint) }
}
