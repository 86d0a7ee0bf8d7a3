import CatalogModel
import Foundation
import Quantities

@testable import CatalogStore

/// The catalogue files that ship with the product.
enum Shipped {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let directory = root.appendingPathComponent("catalogs")

  static func files() throws -> [(name: String, bytes: [UInt8])] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try names.filter { $0.hasSuffix(".xml") }.sorted().map { name in
      (name, [UInt8](try Data(contentsOf: directory.appendingPathComponent(name))))
    }
  }

  /// Read once for all tests.
  static let catalog = Result {
    do { return try CatalogReader.read(files: try files()) } catch let findings as Findings {
      throw Unreadable(sentences: findings.all.map(sentence))
    }
  }
}

struct Unreadable: Error { var sentences: [String] }

/// A finding as the command prints it.
func sentence(_ finding: Finding) -> String {
  let place = finding.position.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
  return place + finding.message + (finding.hint.isEmpty ? "" : " | " + finding.hint)
}
