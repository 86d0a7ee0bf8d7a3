import Foundation

/// Files of the repository as the tests see them.
public enum Repository {
  /// The top folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether `TENFOLD_UPDATE=1` asks tests to write expected files anew.
  public static var updates: Bool {
    ProcessInfo.processInfo.environment["TENFOLD_UPDATE"] == "1"
  }

  /// The bytes of a file, by its path from the top folder.
  public static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
  }

  /// A text file, by its path from the top folder; `nil` when there is none.
  public static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Writes a text file, by its path from the top folder.
  public static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: root.appendingPathComponent(path))
  }

  /// Names of the files in a folder that end so, sorted.
  public static func names(in folder: String, ending suffix: String) -> [String] {
    let all =
      (try? FileManager.default.contentsOfDirectory(
        atPath: root.appendingPathComponent(folder).path)) ?? []
    return all.filter { $0.hasSuffix(suffix) }.sorted()
  }

  /// What differs between a text and the file of the expected one, with the command that takes the
  /// new text over; `nil` when they are equal, or after the file was written anew.
  public static func difference(
    of found: String, from path: String, refresh filter: String
  ) throws -> String? {
    if updates {
      if text(path) != found { try write(found, to: path) }
      return nil
    }
    guard let expected = text(path) else {
      return "\(path) is missing; TENFOLD_UPDATE=1 swift test --filter \(filter) writes it:\n"
        + found
    }
    return Diff.text(expected: expected, found: found).map {
      "\(path) differs (- expected, + found)\n\($0)\n"
        + "if the new text is right: TENFOLD_UPDATE=1 swift test --filter \(filter)"
    }
  }
}
