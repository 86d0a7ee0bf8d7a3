import CatalogModel
import DialectTestSupport
import PlanProblem
import Quantities
import SiteModel
import TenfoldTestSupport
import Testing

@testable import Planner
@testable import SiteStore

@Suite("What would help")
struct RelaxationTests {
  /// A site that has every requirement of the list.
  static let strict = """
    tenfold: 1
    budget: 1000
    prices: { kinds: [street, list], used-parts: no, exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r1, free-units: 1, free-power: 100 W, airflow: port-to-psu, outlet: C13 }
        - { name: r2, free-units: 1, free-power: 100 W }
    hosts:
      - name: hv
        racks: { r1: 4, r2: 4 }
        nics:
          - { model: X520-DA2, carries: [csv, live-migration] }
          - { onboard: 2x10G base-t, attach: new-fabric, carries: [tenant] }
    traffic: { rdma: preferred, backup: via-core, tenant-vlans: [20], north-south: 15 Gbps }
    requirements:
      designs: [standalone-pair]
      third-party-optics: no
      power-supplies: { spine: 2, tor: 2 }
      spine-models: [S4810]
      tor-models: [N4032F]
      configurations: required
      unknowns: refuse
      free-ports: 2
    core: { uplinks: 4, ports: [Te1/1, Te1/2, Te1/3, Te1/4] }
    management: { rack: r2, free-ports: 1 }
    """

  /// Every path of the table of keys, with its kind; items of lists stand under the list's path.
  static let known: [String: ValueKind] = {
    var found: [String: ValueKind] = [:]
    func walk(_ kind: ValueKind, _ path: String) {
      switch kind {
      case .map(let section):
        for key in section.keys {
          let inner = path.isEmpty ? key.name : path + "." + key.name
          found[inner] = key.kind
          walk(key.kind, inner)
        }
      case .list(let item, _): walk(item, path)
      case .forms(let forms): for form in forms { walk(form, path) }
      default: break
      }
    }
    walk(.map(SiteKeys.site), "")
    return found
  }()

  /// The keys that a sentence names: words with points in them, and what stands before a colon, or
  /// alone, in parentheses; with the value after the colon.
  static func keys(in words: String) -> [(key: String, value: String?)] {
    var found: [(String, String?)] = []
    func isKey(_ word: Substring) -> Bool {
      !word.isEmpty
        && word.utf8.allSatisfy {
          UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-")
            || $0 == UInt8(ascii: ".")
        }
    }
    for piece in words.split(separator: "(").dropFirst() {
      let inside = piece.prefix { $0 != ")" }
      for part in inside.split(separator: ",") {
        let fields = part.split(separator: ":", maxSplits: 1)
        guard let head = fields.first?.split(separator: " ").first, isKey(head) else { continue }
        // A sentence in parentheses is no key.
        let isAlone = fields[0].split(separator: " ").count == 1
        guard isAlone || head.contains(".") else { continue }
        let value = fields.count > 1 ? fields[1].split(separator: " ").first.map(String.init) : nil
        found.append((String(head), value))
      }
    }
    for word in words.split(whereSeparator: { " (),:;".contains($0) })
    where word.contains(".") && isKey(word) {
      found.append((String(word), nil))
    }
    return found
  }

  @Test("Every key that a requirement or a change names is one of the site file")
  func keys() throws {
    let site = try Built.site(Self.strict)
    let diagnosis = Diagnosis(
      site: site, catalog: try Built.catalog.get(),
      options: PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all))
    let leaves = Set(Self.known.keys.compactMap { $0.split(separator: ".").last.map(String.init) })
    for relaxation in Relaxation.all(site) {
      for key in relaxation.keys {
        let plain = key.split(separator: "[").enumerated().map { index, piece in
          index == 0 ? String(piece) : String(piece.drop { $0 != "]" }.dropFirst())
        }.joined()
        #expect(Self.known[plain] != nil, "\(relaxation.id): \(key)")
      }
      let sentences =
        [relaxation.requirement(diagnosis)] + relaxation.changes(site).map { $0.words(nil) }
      for words in sentences {
        for (key, value) in Self.keys(in: words) {
          let kind = Self.known[key]
          #expect(kind != nil || leaves.contains(key), "\(relaxation.id) names \(key): \(words)")
          guard let value, let kind else { continue }
          #expect(Self.takes(kind, value), "\(relaxation.id): \(key) takes no \(value)")
        }
      }
    }
  }

  private static func takes(_ kind: ValueKind, _ value: String) -> Bool {
    switch kind {
    case .choice(let words): words.contains(value)
    case .word(let word): word == value
    case .flag: value == "yes" || value == "no"
    case .integer(let limits): Int(value).map(limits.contains) ?? false
    case .forms(let forms): forms.contains { takes($0, value) }
    default: true
    }
  }

  @Test("The site of these tests has every requirement of the list")
  func complete() throws {
    let site = try Built.site(Self.strict)
    let missing = Relaxation.all(site).filter { relaxation in
      var copy = site
      return !relaxation.drop(&copy)
    }.map(\.id)
    // One design is allowed, and a switch is bought or exists.
    #expect(missing == ["design-standalone-pair", "management-switch"])
  }
}
