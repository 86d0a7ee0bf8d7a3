import CatalogModel
import Foundation
import Quantities
import Testing

@testable import CatalogStore

@Suite struct CacheTests {
  private let directory: String
  private let shipped = [Shipped.directory.path]

  init() throws {
    directory =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("catalog-cache-\(UUID().uuidString)").path
  }

  private var file: String { directory + "/catalog-cache.sqlite" }
  private func remove() { try? FileManager.default.removeItem(atPath: directory) }

  /// A small catalogue, so that the many damaged ones are read quickly.
  private func smallFile(_ model: String = "M") throws -> String {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let path = directory + "/small.xml"
    try """
    <catalog xmlns="urn:tenfold:catalog:1">
      <source id="s" url="https://example.org" accessed="2026-11-23"/>
      <switch id="x" vendor="V" model="\(model)" sources="s" roles="tor">
        <ports id="p" connector="sfp+" count="4" rates="10G" prefix="SFP+ " first="1"/>
      </switch>
      <price part="x" amount="10" currency="EUR" kind="street" condition="new" source="s"/>
    </catalog>
    """.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("A warm load gives what a cold one gave, at either detail")
  func warm() throws {
    defer { remove() }
    let plain = try CatalogStore.load(shipped: shipped)
    for detail in [CatalogStore.Detail.full, .planning] {
      let cold = try CatalogStore.load(shipped: shipped, cacheDirectory: directory, detail: detail)
      let warm = try CatalogStore.load(shipped: shipped, cacheDirectory: directory, detail: detail)
      #expect(cold == warm)
      #expect(warm == (detail == .full ? plain : CatalogCodec.withoutDetails(plain)))
    }
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test("The cache is used: a row of another catalogue under the key would be believed")
  func used() throws {
    defer { remove() }
    let path = try smallFile()
    let other = try CatalogStore.load(shipped: [path])
    let changed = Catalog(parts: [], prices: other.prices)
    let key = CatalogCache.key(of: try CatalogStore.layers(shipped: [path], overlays: []))
    CatalogCache(directory: directory).store(changed, key)
    #expect(
      try CatalogStore.load(shipped: [path], cacheDirectory: directory, detail: .planning).parts
        .isEmpty)
  }

  @Test("A changed file is read anew")
  func stale() throws {
    defer { remove() }
    let path = try smallFile("old")
    _ = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
    _ = try smallFile("new")
    let catalog = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
    #expect(catalog.parts.map(\.model) == ["new"])
  }

  @Test("A cache with any byte flipped is never believed")
  func flipped() throws {
    defer { remove() }
    let path = try smallFile()
    let expected = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
    let good = try Data(contentsOf: URL(fileURLWithPath: file))
    for offset in stride(from: 0, to: good.count, by: 61) {
      var bad = good
      bad[offset] ^= 0x55
      try bad.write(to: URL(fileURLWithPath: file))
      let catalog = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
      #expect(catalog == expected, "byte \(offset)")
    }
  }

  @Test("A truncated cache is rebuilt", arguments: [0, 1, 100, 4096, 5000])
  func truncated(length: Int) throws {
    defer { remove() }
    let path = try smallFile()
    let expected = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
    let good = try Data(contentsOf: URL(fileURLWithPath: file))
    try good.prefix(length).write(to: URL(fileURLWithPath: file))
    #expect(try CatalogStore.load(shipped: [path], cacheDirectory: directory) == expected)
    let key = CatalogCache.key(of: try CatalogStore.layers(shipped: [path], overlays: []))
    #expect(CatalogCache(directory: directory).catalog(key, detail: .full) == expected)
  }

  @Test("A file of another kind in its place is replaced")
  func foreign() throws {
    defer { remove() }
    let path = try smallFile()
    try "hello".write(toFile: file, atomically: true, encoding: .utf8)
    let expected = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
    let key = CatalogCache.key(of: try CatalogStore.layers(shipped: [path], overlays: []))
    #expect(CatalogCache(directory: directory).catalog(key, detail: .full) == expected)
  }

  @Test("A directory that cannot be made is no error")
  func unwritable() throws {
    defer { remove() }
    let path = try smallFile()
    let expected = try CatalogStore.load(shipped: [path])
    #expect(
      try CatalogStore.load(shipped: [path], cacheDirectory: "/proc/nowhere/cache") == expected)
    #expect(try CatalogStore.load(shipped: [path], cacheDirectory: path) == expected)
  }

  @Test("Only a few catalogues are kept")
  func pruned() throws {
    defer { remove() }
    var keys: [String] = []
    for number in 0..<8 {
      let path = try smallFile("model \(number)")
      _ = try CatalogStore.load(shipped: [path], cacheDirectory: directory)
      keys.append(CatalogCache.key(of: try CatalogStore.layers(shipped: [path], overlays: [])))
    }
    let cache = CatalogCache(directory: directory)
    #expect(keys.filter { cache.catalog($0, detail: .planning) != nil } == Array(keys.suffix(4)))
  }

  @Test("Damaged blobs are refused, not believed and not fatal")
  func blobs() throws {
    let catalog = CatalogStore.withEstimates(try Shipped.catalog.get())
    let bytes = CatalogCodec.planning(catalog)
    #expect(try CatalogCodec.catalog(planning: bytes) == CatalogCodec.withoutDetails(catalog))
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      #expect(throws: BlobReader.Damaged.self) {
        try CatalogCodec.catalog(planning: Array(bytes.prefix(length)))
      }
    }
    for offset in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      var bad = bytes
      bad[offset] ^= 0xFF
      // It may decode to something else: the hash beside it tells. It must not crash.
      _ = try? CatalogCodec.catalog(planning: bad)
    }
  }
}
