import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

@Suite struct RoundTripTests {
  @Test("A site that is written out is read as the same site")
  func roundTrip() throws {
    for seed in UInt64(1)...200 {
      let made = RandomSite.make(
        seed: seed, limits: RandomSite.Limits(racks: 1...(seed % 10 == 0 ? 40 : 6)))
      let text = SiteText.yaml(made)
      let read: Site
      do {
        read = try site(text)
      } catch {
        Issue.record("seed \(seed): \(error)\n\(text)")
        continue
      }
      let difference = Diff.text(expected: text, found: SiteText.yaml(read))
      if let difference { Issue.record("seed \(seed):\n\(difference)") }
      #expect(bare(read) == made, "seed \(seed)")
      let taken = read.defaults.filter { $0.value != "not stated" && $0.key != "core" }
      #expect(taken.isEmpty, "seed \(seed): \(taken.map(\.key))")
    }
  }

  @Test("The same seed gives the same site, another seed another")
  func seeds() {
    #expect(RandomSite.make(seed: 7) == RandomSite.make(seed: 7))
    #expect(RandomSite.make(seed: 7) != RandomSite.make(seed: 8))
  }

  /// Without places and defaults.
  private func bare(_ site: Site) -> Site {
    var site = site
    site.defaults = []
    for group in site.hosts.indices {
      site.hosts[group].position = nil
      for nic in site.hosts[group].nics.indices {
        site.hosts[group].nics[nic].position = nil
      }
    }
    return site
  }
}
