import CatalogModel
import Fabric
import Foundation

/// The planner in a process of its own, so that a site on which it hangs or crashes is a failure of
/// that site and not the end of the run.
enum PlannerProcess {
  /// Longest time for one site in seconds; most sites take less than one.
  static let limit = 20.0

  /// Plans the random site of a seed.
  /// - Parameter dialect: the one of `DialectPlans`; `nil` for plans made of all parts.
  static func attempt(seed: UInt64, dialect: SwitchOS? = nil) -> Attempt {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tenfold-plan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments =
      ["plan", "--seed", "\(seed)", "--output", file.path]
      + (dialect.map { ["--dialect", $0.rawValue] } ?? [])
    do {
      try process.run()
    } catch {
      return .noAnswer("seed \(seed): \(error)")
    }
    let end = Date() + limit
    while process.isRunning, Date() < end { usleep(5000) }
    guard !process.isRunning else {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      return .noAnswer("seed \(seed): the planner had no answer after \(Int(limit)) s")
    }
    guard process.terminationStatus == 0, let data = try? Data(contentsOf: file),
      let attempt = read([UInt8](data))
    else { return .noAnswer("seed \(seed): the planner ended with \(process.terminationStatus)") }
    return attempt
  }

  /// Plans the random site of a seed and writes what became of it: one line with the kind, then
  /// the name and the plan, or the reason.
  static func answer(seed: UInt64, dialect: String?, file: String) throws {
    var bytes: [UInt8]
    let attempt =
      if let dialect {
        try DialectPlans(of: SwitchOS(rawValue: dialect)).plan(seed: seed)
          .map { Attempt.planned($0) } ?? .unplanned(reason: "no text of \(dialect)")
      } else {
        try PlanMaker().random(seed: seed)
      }
    switch attempt {
    case .planned(let plan):
      bytes = Array("planned\n\(plan.name)\n".utf8) + (try FabricJSON.bytes(plan.fabric))
    case .unplanned(let reason): bytes = Array("unplanned\n\(reason)\n".utf8)
    case .refused(let why), .noAnswer(let why): bytes = Array("refused\n\(why)\n".utf8)
    }
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  private static func read(_ bytes: [UInt8]) -> Attempt? {
    let parts = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let text = String(decoding: parts[1], as: UTF8.self)
    switch String(decoding: parts[0], as: UTF8.self) {
    case "planned":
      return (try? FabricJSON.fabric(from: Array(parts[2]), file: text)).map {
        .planned(PlannedCase(name: text, fabric: $0))
      }
    case "unplanned": return .unplanned(reason: text)
    case "refused": return .refused(text)
    default: return nil
    }
  }
}
