import GRDB
import Quantities
import Validation

/// All validations of all plans in one SQLite file: when, with which evidence, and what came of it.
public struct ValidationHistory {
  private let queue: DatabaseQueue

  /// Opens the file, or makes it.
  /// - Throws: `HistoryError` when it cannot be opened, or was written by a later version.
  public init(path: String) throws(HistoryError) {
    do {
      var configuration = Configuration()
      // Two runs may end at the same time.
      configuration.busyMode = .timeout(10)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let migrator = HistorySchema.migrator
      let isNewer = try queue.read { try migrator.hasBeenSuperseded($0) }
      guard !isNewer else {
        throw HistoryError(path: path, message: "it was written by a later version of Tenfold")
      }
      try migrator.migrate(queue)
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(path: path, message: HistoryError.words(error))
    }
  }

  /// Writes down a run, whole or not at all.
  /// - Returns: its number.
  /// - Throws: `HistoryError`.
  @discardableResult
  public func add(_ run: ValidationRun) throws(HistoryError) -> Int64 {
    try within { try $0.write { try HistoryRows.insert(run, $0) } }
  }

  /// The latest runs, newest first.
  /// - Parameter plan: SHA-256 of a plan, or the name of its site; `nil` for all.
  /// - Throws: `HistoryError`.
  public func runs(of plan: String? = nil, limit: Int = 50) throws(HistoryError) -> [RunSummary] {
    try within { try $0.read { try HistoryRows.summaries($0, plan, limit) } }
  }

  /// Everything about one run; `nil` when there is none with this number.
  /// - Throws: `HistoryError`.
  public func run(_ number: Int64) throws(HistoryError) -> ValidationRun? {
    try within { try $0.read { try HistoryRows.run(number, $0) } }
  }

  /// How a link did in the latest runs of its plan, newest first.
  /// - Throws: `HistoryError`.
  public func trend(
    host: String, port: String, plan: String, limit: Int = 20
  ) throws(HistoryError) -> [LinkTrend] {
    try within { try $0.read { try HistoryRows.trend($0, host, port, plan, limit) } }
  }

  private func within<Value>(
    _ body: (DatabaseQueue) throws -> Value
  ) throws(HistoryError) -> Value {
    do { return try body(queue) } catch {
      throw HistoryError(path: queue.path, message: HistoryError.words(error))
    }
  }
}

/// Why the history cannot be read or written.
public struct HistoryError: Error, Sendable {
  /// The file.
  public var path: String
  /// What was wrong, one sentence without a full stop.
  public var message: String

  static func words(_ error: any Error) -> String {
    (error as? DatabaseError).map { $0.message ?? "SQLite error \($0.resultCode.rawValue)" }
      ?? "\(error)"
  }
}
