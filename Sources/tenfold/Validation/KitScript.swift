import Quantities

/// A script of a kit with the table of a plan in it.
struct KitScript {
  private static let begin = "# tenfold kit: the table of the plan begins"
  private static let end = "# tenfold kit: the table of the plan ends"

  /// Name of its file.
  let name: String
  let bytes: [UInt8]

  /// The collector of a system.
  /// - Throws: `Failure` when the shipped script cannot be read.
  static func collector(
    _ system: KitCommand.System, table: [String]
  ) throws(Failure) -> KitScript {
    switch system {
    case .linux: try KitScript("linux.sh", as: "collect.sh", table)
    case .windows: try KitScript("windows.ps1", as: "collect.ps1", table)
    }
  }

  /// All scripts for a system, the collector first.
  static func all(
    _ system: KitCommand.System, table: [String]
  ) throws(Failure) -> [KitScript] {
    let collector = try collector(system, table: table)
    guard system == .windows else { return [collector] }
    return [collector, try KitScript("move.ps1", as: "move.ps1", table)]
  }

  /// - Throws: `Failure` when the shipped script cannot be read.
  private init(_ shipped: String, as name: String, _ table: [String]) throws(Failure) {
    self.name = name
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

  /// What to do with those of a system.
  static func advice(_ system: KitCommand.System, _ folder: String) -> String {
    let folder = Files.withoutTrailingSlash(folder)
    switch system {
    case .linux:
      return """
        wrote \(folder)/collect.sh
        On every host, as administrator where that is allowed:
          sh collect.sh -o NAME.json
        \(afterwards)
        """
    case .windows:
      return """
        wrote \(folder)/collect.ps1 and \(folder)/move.ps1
        On every host, as administrator where that is allowed:
          powershell -ExecutionPolicy Bypass -File collect.ps1
        \(afterwards)
        To measure live migration, move.ps1 moves guests to another host and back: see its -Help.

        """
    }
  }

  private static let afterwards = """
    Then bring the files into one folder, with what the switches print, and run:
      tenfold validate PLAN --evidence FOLDER

    """
}
