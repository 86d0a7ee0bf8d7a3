import Quantities

/// A collector with the table of a plan in it.
struct KitScript {
  private static let begin = "# tenfold kit: the table of the plan begins"
  private static let end = "# tenfold kit: the table of the plan ends"

  private let system: KitCommand.System
  /// Name of its file.
  let name: String
  let bytes: [UInt8]

  /// - Throws: `Failure` when the shipped collector cannot be read.
  init(_ system: KitCommand.System, table: [String]) throws(Failure) {
    self.system = system
    let shipped = system == .linux ? "linux.sh" : "windows.ps1"
    name = system == .linux ? "collect.sh" : "collect.ps1"
    let path = try Home.find() + "/templates/kits/" + shipped
    let text = String(decoding: try Files.read(path, limit: 1 << 22), as: UTF8.self)
    var lines: [Substring] = []
    var isInside = false
    var wasFound = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == Self.end { isInside = false }
      if !isInside { lines.append(line) }
      if line == Self.begin {
        (isInside, wasFound) = (true, true)
        lines += table.map { Substring($0) }
      }
    }
    guard wasFound, !isInside else {
      throw Failure(
        [
          Finding(
            rule: "kit", position: SourcePosition(file: path),
            message: "the place of the plan's table is not marked in the collector")
        ], .machine)
    }
    bytes = Array(lines.joined(separator: "\n").utf8)
  }

  /// What to do with it.
  func advice(_ folder: String) -> String {
    let run =
      system == .linux
      ? "sh \(name) -o NAME.json" : "powershell -ExecutionPolicy Bypass -File \(name)"
    return """
      wrote \(Files.withoutTrailingSlash(folder))/\(name)
      On every host, as administrator where that is allowed:
        \(run)
      Then bring the files into one folder, with what the switches print, and run:
        tenfold validate PLAN --evidence FOLDER

      """
  }
}
