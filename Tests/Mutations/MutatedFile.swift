import SiteModel
import SiteStore
import TenfoldTestSupport

/// One damaged file: even numbers are site files, odd ones catalogue files.
struct MutatedFile {
  let format: Mutator.Format
  let bytes: [UInt8]

  /// The same number and seed give the same file.
  init(number: Int, seed: UInt64) {
    format = number % 2 == 0 ? .yaml : .xml
    let samples = format == .yaml ? MutatedFile.sites : MutatedFile.catalogs
    var random = SplitMix64(seed: seed &+ UInt64(number))
    let sample = samples.isEmpty ? [] : random.pick(samples)
    var mutator = Mutator(format, seed: random.next())
    bytes = mutator.damaged(sample)
  }

  private static let sites: [[UInt8]] = {
    let examples = [
      "starter-pair", "medium", "copper", "fibre-rows", "over-budget", "too-many-hosts",
      "rdma-without-dcb",
    ].compactMap { try? Repository.bytes("examples/\($0)/site.yaml") }
    let templates = DesignKind.allCases.map { Array(SiteTemplate.text(kind: $0).utf8) }
    let random = (UInt64(1)...40).map { Array(SiteText.yaml(RandomSite.make(seed: $0)).utf8) }
    return examples + templates + random
  }()

  private static let catalogs: [[UInt8]] = Repository.names(in: "catalogs", ending: ".xml")
    .compactMap { try? Repository.bytes("catalogs/\($0)") }
}
