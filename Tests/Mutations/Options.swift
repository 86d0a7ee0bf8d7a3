import Foundation

/// Arguments of the command.
struct Options {
  /// Seed of the damage; printed, so that a run can be repeated.
  var seed: UInt64 = UInt64(Date().timeIntervalSince1970)
  /// How many files.
  var count = 20_000
  /// Write this one file to standard output instead.
  var only: Int?
  /// Read files `from..<to` and report each; the part of the work that may crash.
  var isWorker = false
  var from = 0
  var to = 0

  /// Reads `--seed N --count N --only N`; says what is wrong and ends for anything else.
  init(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      if name == "--worker" {
        isWorker = true
        continue
      }
      guard let value = rest.popFirst().flatMap(UInt64.init), value <= UInt64(Int64.max) else {
        Options.stop()
      }
      switch name {
      case "--seed": seed = value
      case "--count": count = Int(value)
      case "--only": only = Int(value)
      case "--from": from = Int(value)
      case "--to": to = Int(value)
      default: Options.stop()
      }
    }
  }

  private static func stop() -> Never {
    FileHandle.standardError.write(
      Data("usage: mutations [--seed N] [--count N] [--only N]\n".utf8))
    exit(2)
  }
}
