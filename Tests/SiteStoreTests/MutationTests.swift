import Foundation
import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

@Suite(.serialized) struct MutationTests {
  /// A sample; `scripts/full-check mutations` runs many more.
  static let count = 1500

  @Test("A damaged site file ends in findings or a site, quickly and in little memory")
  func sample() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["TENFOLD_SEED"] ?? "") ?? 20_261_123
    let samples = SiteSamples.all
    var read = 0
    for number in 0..<MutationTests.count {
      let start = samples[number % samples.count]
      var mutator = Mutator(.yaml, seed: seed &+ UInt64(number))
      let bytes = mutator.damaged(start)
      let before = ThreadTime.now()
      do {
        _ = try SiteReader.read(bytes: bytes, file: "site.yaml", today: today)
        read += 1
      } catch {
        let message: Comment = "seed \(seed), file \(number)"
        #expect(!error.all.isEmpty, message)
        #expect(error.all.allSatisfy { $0.position != nil && !$0.hint.isEmpty }, message)
        #expect(error.all.count <= 101, message)
      }
      // Nothing hangs; the limit for users is measured by `scripts/full-check mutations`.
      #expect(ThreadTime.now() - before < 10, "seed \(seed), file \(number)")
    }
    // Some damage does not matter, most does: else the sample tests nothing.
    #expect((10...(MutationTests.count / 2)).contains(read), "\(read) of them are still valid")
  }
}

/// Files to start from: examples, templates, random sites.
enum SiteSamples {
  static let all: [[UInt8]] = {
    let examples = ["starter-pair", "medium", "copper", "fibre-rows", "over-budget"].compactMap {
      try? Repository.bytes("examples/\($0)/site.yaml")
    }
    let templates = DesignKind.allCases.map { Array(SiteTemplate.text(kind: $0).utf8) }
    let random = (UInt64(1)...12).map { Array(SiteText.yaml(RandomSite.make(seed: $0)).utf8) }
    return examples + templates + random
  }()
}
