import Quantities

/// `.tenfold` in an output folder: says that Tenfold wrote it, and each file with its SHA-256, in the form
/// of `sha256sum`.
///
/// A folder is replaced only when it holds nothing else and nothing was changed by hand, so that
/// neither foreign files nor filled-in secrets are lost.
struct OutputMarker: Equatable {
  static let name = ".tenfold"

  /// One file of the folder.
  struct Entry: Equatable {
    var path: String
    var hash: String
  }
  /// Ascending by path.
  var entries: [Entry]

  /// A marker of entries in any order.
  init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.path.precedesInBytes($1.path) }
  }

  /// Reads a marker back; `nil` when it is none or damaged.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popLast() == "", !lines.isEmpty else { return nil }
    entries = []
    for line in lines {
      let fields = line.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, fields[0].utf8.count == 64, fields[1].hasPrefix(" ") else {
        return nil
      }
      entries.append(Entry(path: String(fields[1].dropFirst()), hash: String(fields[0])))
    }
  }

  var bytes: [UInt8] { Array(entries.map { "\($0.hash)  \($0.path)\n" }.joined().utf8) }
}
