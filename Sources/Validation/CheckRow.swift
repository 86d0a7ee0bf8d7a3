/// How a check of one thing ended. No data is never a pass.
public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
  case pass
  case fail
  /// Does not apply, or was not asked for.
  case skipped
  /// Looked, and could not tell.
  case unknown
}

/// One check of one thing.
public struct CheckRow: Hashable, Sendable, Codable {
  public var check: CheckID
  public var host: String
  /// Port, network or team of the host; empty for the host itself.
  public var place: String
  public var outcome: Outcome
  /// What was seen; for skipped and unknown, why.
  public var found: String
  /// What the plan wants; empty where `found` says it all.
  public var expected: String
  /// Output that it was read from; empty where there is none.
  public var source: String
  /// Places of the planned ports that it is about, for whoever looks for causes.
  var ports: [Int] = []

  private enum CodingKeys: String, CodingKey {
    case check, host, place, outcome, found, expected, source
  }

  /// Makes a row.
  public init(
    check: CheckID, host: String, place: String = "", outcome: Outcome, found: String,
    expected: String = "", source: String = ""
  ) {
    self.check = check
    self.host = host
    self.place = place
    self.outcome = outcome
    self.found = found
    self.expected = expected
    self.source = source
  }
}

/// Rows of one host while its checks run.
struct Sheet {
  let host: String
  private(set) var rows: [CheckRow] = []
  private let commands: [String]

  init(host: String, commands: [String]) {
    self.host = host
    self.commands = commands
  }

  /// Places of the planned ports that the rows to come are about.
  var ports: [Int] = []

  mutating func add(
    _ check: CheckID, _ place: String, _ outcome: Outcome, _ found: String, expected: String = "",
    output: Int? = nil
  ) {
    let source = output.flatMap { commands.indices.contains($0) ? commands[$0] : nil } ?? ""
    var row = CheckRow(
      check: check, host: host, place: place, outcome: outcome, found: found, expected: expected,
      source: source)
    row.ports = ports
    rows.append(row)
  }
}
