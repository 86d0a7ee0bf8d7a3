import CatalogModel
import Foundation
import Quantities
import Testing

@testable import CatalogStore

/// `Tables/rows.tsv` holds one line for each row of the tables of facts that the catalogue was made
/// from, with the values that plans rest on. It was written when they were taken over and guards
/// against losing one.
@Suite struct CarriedOverTests {
  private let catalog: Catalog
  private let rows: [[String]]

  init() throws {
    catalog = try Shipped.catalog.get()
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Tables/rows.tsv")
    rows = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func rows(_ kind: String) -> [[String]] { rows.filter { $0[0] == kind } }

  @Test(
    "No row of the tables was left out",
    arguments: [
      ("switches", 153), ("nic", 39), ("optic", 29), ("standard", 15), ("cable", 24),
      ("cable-rule", 20), ("compat", 33), ("switch-prices", 109), ("media-prices", 111),
    ])
  func counts(kind: String, count: Int) {
    #expect(rows(kind).count == count)
  }

  @Test("Every switch has the ports and facts of its row")
  func switches() throws {
    for row in rows("switches") {
      let spec = try #require(catalog.part(PartID(row[1]))?.asSwitch, "\(row[1])")
      func ports(_ connector: Connector) -> String {
        let groups = spec.ports.filter {
          $0.connector == connector && !$0.id.hasPrefix("combo") && $0.rates != [.gigabits(1)]
        }
        return groups.isEmpty ? "" : String(groups.reduce(0) { $0 + $1.count })
      }
      for (column, connector) in [
        (2, Connector.sfpPlus), (3, .rj45), (4, .qsfpPlus), (5, .sfp28), (6, .qsfp28),
      ] {
        #expect(ports(connector) == (row[column] == "0" ? "" : row[column]), "\(row[1])")
      }
      #expect(keeps(spec.maxMTU.map(String.init) ?? "", row[7]), "\(row[1])")
      #expect((spec.multiChassis == .unknown ? "" : spec.multiChassis.rawValue) == row[8])
      for (value, column) in [(spec.pfc, 9), (spec.ets, 10), (spec.dcbx, 11)] {
        #expect((value == .unknown ? "" : value.rawValue) == row[column], "\(row[1])")
      }
      #expect(watts(spec.maxPower) == row[12], "\(row[1])")
      #expect(watts(spec.typicalPower) == row[13], "\(row[1])")
      let units = spec.halfRackUnits.map { Format.trimmed(Int64($0 * 5), decimals: 1) } ?? ""
      #expect(keeps(units, row[14] == "0" ? "" : row[14]), "\(row[1])")
      #expect(status(row[1]) == row[15], "\(row[1])")
    }
  }

  @Test("Every card has the ports and abilities of its row")
  func cards() throws {
    for row in rows("nic") {
      let spec = try #require(catalog.part(PartID(row[1]))?.asNIC, "\(row[1])")
      #expect(spec.ports.map(String.init) ?? "" == row[2], "\(row[1])")
      #expect(spec.rate == .gigabits(Int(row[3]) ?? 0), "\(row[1])")
      #expect(
        (spec.rdma == .unknown ? "" : spec.rdma.rawValue)
          == row[4].replacingOccurrences(of: "_", with: "-"), "\(row[1])")
      #expect((spec.dcb == .unknown ? "" : spec.dcb.rawValue) == row[5], "\(row[1])")
      #expect((spec.sriov == .unknown ? "" : spec.sriov.rawValue) == row[6], "\(row[1])")
      #expect(spec.maxMTU.map(String.init) ?? "" == row[7], "\(row[1])")
      #expect(watts(spec.maxPower) == row[8], "\(row[1])")
    }
  }

  @Test("Every optic and every reach of a standard is there")
  func optics() throws {
    for row in rows("optic") {
      let spec = try #require(catalog.part(PartID(row[1]))?.asOptic, "\(row[1])")
      #expect(spec.standard == row[2])
      let reach = spec.reach.map { "\($0.medium.rawValue)=\($0.length.millimetres / 1000)" }
      #expect(reach.joined(separator: " ") == row[3], "\(row[1])")
      #expect(watts(spec.power) == decimal(row[4]), "\(row[1])")
    }
    for row in rows("standard") {
      #expect(
        catalog.references.standards.contains {
          $0.standard == row[1] && $0.medium.rawValue == row[2]
            && $0.reach == .metres(Int(row[3]) ?? 0)
        }, "\(row)")
    }
  }

  @Test("Every cable and every rule about cables is there")
  func cables() throws {
    for row in rows("cable") {
      let spec = try #require(catalog.part(PartID(row[1]))?.asCable, "\(row[1])")
      #expect(spec.length == .metres(Int(row[2]) ?? 0), "\(row[1])")
      let rate = spec.rate?.wholeGigabits ?? 0
      #expect(String(rate * spec.lanes) == row[3], "\(row[1])")
      #expect(millimetres(spec.diameter) == roundedUp(row[4]), "\(row[1])")
      #expect(millimetres(spec.bendRadius) == roundedUp(row[5]), "\(row[1])")
      #expect(watts(spec.powerPerEnd) == decimal(row[6]), "\(row[1])")
    }
    for row in rows("cable-rule") {
      let rule = try #require(
        catalog.references.cableRules.first { $0.subject == row[1] }, "\(row[1])")
      #expect(rule.maxLength.map { String($0.millimetres / 1000) } ?? "" == row[2], "\(row[1])")
      #expect(millimetres(rule.diameter) == roundedUp(row[3]), "\(row[1])")
      #expect(millimetres(rule.bendRadius) == roundedUp(row[4]), "\(row[1])")
      #expect(watts(rule.powerPerEnd) == decimal(row[5]), "\(row[1])")
    }
  }

  @Test("Every price is there: amount, currency, kind, date, condition, and whether it counts")
  func prices() throws {
    for row in rows("switch-prices") + rows("media-prices") {
      let currency = try #require(Currency(rawValue: row[3]))
      let amount = try #require(Money(decimal: row[2], currency: currency), "\(row)")
      let date = CalendarDate(iso: row[5])
      let counted = catalog.prices.contains {
        $0.part.rawValue == row[1] && $0.amount == amount && $0.kind.rawValue == row[4]
          && $0.asOf == date && $0.condition.rawValue == row[6]
      }
      let reference = catalog.references.prices.contains {
        ($0.part?.rawValue ?? $0.subject) == row[1] && $0.amount == amount
          && $0.kind.rawValue == row[4] && $0.asOf == date && $0.condition.rawValue == row[6]
      }
      #expect(row[7] == "yes" ? counted : reference, "\(row)")
    }
  }

  @Test("Every row on compatibility is a rule or a note")
  func compatibility() {
    for row in rows("compat") {
      if row[6] == "rule" {
        #expect(
          catalog.compatibility.contains {
            $0.device == row[1] && $0.medium == row[2] && $0.verdict.rawValue == row[3]
              && $0.command == row[4]
          }, "\(row)")
      } else {
        #expect(
          catalog.references.compatibility.contains {
            $0.device == row[1] && $0.medium == row[2] && $0.verdict.rawValue == row[3]
              && $0.command == row[4]
          }, "\(row)")
      }
    }
  }

  @Test("Every fact names a source that is defined, with an address and a date")
  func sources() {
    let known = Set(catalog.sources.map(\.id))
    for part in catalog.parts {
      #expect(!part.facts.isEmpty, "\(part.id)")
      let own = Set(part.sources.map(\.id))
      for fact in part.facts {
        #expect(!fact.sources.isEmpty, "\(part.id) \(fact.name)")
        #expect(own.isSuperset(of: fact.sources), "\(part.id) \(fact.name)")
      }
      #expect(known.isSuperset(of: own))
    }
    #expect(catalog.sources.allSatisfy { !$0.url.isEmpty && $0.accessed.day != nil })
  }

  /// Whether the catalogue says what the row says; where the row is silent it may say more.
  private func keeps(_ value: String, _ row: String) -> Bool { row.isEmpty || value == row }
  private func watts(_ power: Power?) -> String {
    power.map { Format.trimmed($0.milliwatts, decimals: 3) } ?? ""
  }
  private func decimal(_ text: String) -> String {
    text.contains(".")
      ? (Rational(decimal: text).map { Format.decimal($0, places: 3) } ?? "") : text
  }
  private func millimetres(_ length: Length?) -> String {
    length.map { String($0.millimetres) } ?? ""
  }
  private func roundedUp(_ text: String) -> String {
    Rational(decimal: text)?.timesRoundedUp(1).map { String($0) } ?? ""
  }
  private func status(_ id: String) -> String {
    let status = catalog.part(PartID(id))?.status ?? .unknown
    return status == .unknown ? "" : status.rawValue
  }
}
