import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

@Suite struct ExampleTests {
  @Test(
    "Every example is read without an error and is named like its folder",
    arguments: [
      "starter-pair", "medium", "copper", "fibre-rows", "over-budget", "too-many-hosts",
      "rdma-without-dcb",
    ])
  func reads(_ name: String) throws {
    let bytes = try Repository.bytes("examples/\(name)/site.yaml")
    let site = try site(String(decoding: bytes, as: UTF8.self))
    #expect(site.name == name)
    #expect(site.hosts.allSatisfy { !$0.placements.isEmpty })
  }
}
