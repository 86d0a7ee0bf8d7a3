import CatalogModel
import GRDB
import Glibc
import Quantities

import struct Foundation.Data

/// Keeps read catalogues in an SQLite file, by the hash of the files they were read from.
///
/// Nothing in the cache is trusted: a row counts only if its content has the hash that was stored
/// with it and decodes to the end. Whatever is wrong with the file, or with the directory it should
/// be in, the catalogue is read from its sources again and the file made anew if that is possible;
/// nobody hears of it.
struct CatalogCache {
  /// Changes with `CatalogCodec`, with the checks of the reader and with the price estimates.
  static let formatVersion = 2
  /// Catalogues kept: the shipped one alone and with a few of the user's files.
  static let keptEntries = 4

  let path: String

  init(directory: String) {
    path = directory + (directory.hasSuffix("/") ? "" : "/") + "catalog-cache.sqlite"
  }

  /// The key of a set of files: a hash over their contents and layers, and over the size and date of
  /// the running program, so that no build reads what another one made. Names do not matter.
  static func key(of layers: [[CatalogReader.File]]) -> String {
    var bytes = Array("tenfold catalogue \(formatVersion) \(programStamp)\n".utf8)
    bytes.reserveCapacity(layers.joined().reduce(1000) { $0 + $1.bytes.count + 16 })
    for layer in layers {
      bytes.append(contentsOf: "layer \(layer.count)\n".utf8)
      for file in layer {
        bytes.append(contentsOf: "file \(file.bytes.count)\n".utf8)
        bytes.append(contentsOf: file.bytes)
      }
    }
    return SHA256.hexDigest(bytes)
  }

  private static let programStamp: String = {
    var info = stat()
    guard stat("/proc/self/exe", &info) == 0 else { return "" }
    return "\(info.st_size) \(info.st_mtim.tv_sec) \(info.st_mtim.tv_nsec)"
  }()

  /// The catalogue stored under a key; `nil` when there is none that can be trusted.
  func catalog(_ key: String, detail: CatalogStore.Detail) -> Catalog? {
    guard access(path, R_OK) == 0 else { return nil }
    do {
      var configuration = CatalogCache.configuration
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let columns =
        detail == .full
        ? "planning, planning_hash, details, details_hash" : "planning, planning_hash"
      return try queue.read { database -> Catalog? in
        guard
          let row = try Row.fetchOne(
            database, sql: "SELECT \(columns) FROM entry WHERE key = ?", arguments: [key]),
          let planning = CatalogCache.verified(row, "planning")
        else { return nil }
        var catalog = try CatalogCodec.catalog(planning: planning)
        if detail == .full {
          guard let details = CatalogCache.verified(row, "details") else { return nil }
          try CatalogCodec.add(details: details, to: &catalog)
        }
        return catalog
      }
    } catch {
      return nil
    }
  }

  /// Stores a catalogue; does nothing when the directory cannot be written.
  func store(_ catalog: Catalog, _ key: String) {
    if (try? write(catalog, key)) != nil { return }
    // What is there is damaged, or of another program: once more on an empty place.
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    _ = try? write(catalog, key)
  }

  private func write(_ catalog: Catalog, _ key: String) throws {
    let planning = CatalogCodec.planning(catalog)
    let details = CatalogCodec.details(catalog)
    let queue = try DatabaseQueue(path: path, configuration: CatalogCache.configuration)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS entry (
            key TEXT PRIMARY KEY NOT NULL,
            planning BLOB NOT NULL, planning_hash TEXT NOT NULL,
            details BLOB NOT NULL, details_hash TEXT NOT NULL
          )
          """)
      try database.execute(
        sql: "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)",
        arguments: [
          key, DatabaseBytes(planning), SHA256.hexDigest(planning), DatabaseBytes(details),
          SHA256.hexDigest(details),
        ])
      try database.execute(
        sql: """
          DELETE FROM entry WHERE rowid NOT IN
            (SELECT rowid FROM entry ORDER BY rowid DESC LIMIT \(CatalogCache.keptEntries))
          """)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    // Another run may be writing; waiting long for a cache would defeat it.
    configuration.busyMode = .timeout(0.2)
    configuration.label = "catalogue cache"
    return configuration
  }

  /// The bytes of a column, if they have the hash beside them.
  private static func verified(_ row: Row, _ column: String) -> [UInt8]? {
    guard let value = DatabaseBytes.fromDatabaseValue(row[column]),
      let hash = String.fromDatabaseValue(row[column + "_hash"]),
      SHA256.hexDigest(value.bytes) == hash
    else { return nil }
    return value.bytes
  }
}

/// Bytes as a column of a row.
private struct DatabaseBytes: DatabaseValueConvertible {
  var bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  var databaseValue: DatabaseValue { Data(bytes).databaseValue }
  static func fromDatabaseValue(_ value: DatabaseValue) -> DatabaseBytes? {
    guard case .blob(let data) = value.storage else { return nil }
    return DatabaseBytes([UInt8](data))
  }
}
