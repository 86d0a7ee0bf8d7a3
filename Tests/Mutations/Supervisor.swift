import Foundation

/// Runs workers over all files and adds up what they tell; a worker that dies is a failure of the
/// file it was reading, and the next one goes on behind it.
enum Supervisor {
  /// Most seconds and bytes for one file.
  static let mostSeconds = 0.5
  static let mostBytes = 200_000_000

  /// Whether all files passed.
  static func run(_ options: Options) -> Bool {
    var tally = Tally()
    var next = 0
    while next < options.count {
      let end = min(options.count, next + 2000)
      next = batch(from: next, to: end, seed: options.seed, into: &tally)
      FileHandle.standardError.write(Data("\r\(next) of \(options.count) ".utf8))
    }
    FileHandle.standardError.write(Data("\n".utf8))
    print("seed \(options.seed), \(options.count) files, \(tally.failures.count) failures")
    print(
      "slowest \(tally.slowest.microseconds / 1000) ms of processor time (file "
        + "\(tally.slowest.number), limit \(Int(mostSeconds * 1000)) ms); most memory "
        + "\(tally.largest.bytes / 1_000_000) MB (file \(tally.largest.number), limit "
        + "\(mostBytes / 1_000_000) MB)")
    for failure in tally.failures.prefix(20) {
      print("file \(failure.number): \(failure.reason)")
      print(
        "  write it: scripts/full-check mutations --seed \(options.seed) --only \(failure.number) > damaged"
      )
    }
    return tally.failures.isEmpty && tally.read == options.count
  }

  /// What was found so far.
  private struct Tally {
    var read = 0
    var slowest = (number: 0, microseconds: 0)
    var largest = (number: 0, bytes: 0)
    var failures: [(number: Int, reason: String)] = []
  }

  /// Runs one worker; the number of the first file that is still to be read.
  private static func batch(from: Int, to: Int, seed: UInt64, into tally: inout Tally) -> Int {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments.first ?? "mutations")
    process.arguments = [
      "--worker", "--seed", String(seed), "--from", String(from), "--to", String(to),
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    do {
      try process.run()
    } catch {
      tally.failures.append((from, "the worker could not be started: \(error)"))
      return to
    }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var open: Int?
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let numbers = fields.dropFirst().compactMap { Int($0) }
      switch fields.first {
      case ">": open = numbers.first
      case "<" where numbers.count == 3:
        open = nil
        add(number: numbers[0], microseconds: numbers[1], bytes: numbers[2], to: &tally)
      default: tally.failures.append((open ?? from, String(line)))
      }
    }
    if let open {
      tally.read += 1
      let reason =
        process.terminationStatus == SIGALRM
        ? "hangs for more than \(Worker.hang) s"
        : "ends the process with signal \(process.terminationStatus)"
      tally.failures.append((open, reason))
      return open + 1
    }
    if process.terminationStatus != 0 {
      tally.failures.append((from, "the worker ends with \(process.terminationStatus)"))
    }
    return to
  }

  private static func add(number: Int, microseconds: Int, bytes: Int, to tally: inout Tally) {
    tally.read += 1
    if microseconds > tally.slowest.microseconds { tally.slowest = (number, microseconds) }
    if bytes > tally.largest.bytes { tally.largest = (number, bytes) }
    if Double(microseconds) > mostSeconds * 1_000_000 {
      tally.failures.append((number, "takes \(microseconds / 1000) ms"))
    }
    if bytes > mostBytes { tally.failures.append((number, "takes \(bytes / 1_000_000) MB")) }
  }
}
