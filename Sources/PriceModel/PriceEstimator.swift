import CatalogModel
import Glibc
import Quantities

/// Estimates prices of parts that no source prices.
///
/// For each category, ln(price) is fitted as a sum of few terms (a hedonic regression) and of an
/// effect of the maker on the sourced prices, brought into US dollars by the catalogue's dated rates: one observation for each
/// part and condition, the median of its prices; prices of kind `historical` and those with VAT in
/// them stay out. The interval holds eight in ten of the prices when each part is left out in turn,
/// widened where a part lies outside what was fitted. Amounts are rounded once, half away from zero,
/// to two significant digits (whole units below ten); the ends of the interval outwards. A stock
/// length between two priced ones of the same maker and build lies on the line between them, and
/// none is estimated above a longer or below a shorter priced one.
///
/// Legacy parts get a price of used goods, current ones of new goods. Where nobody has said, used if
/// the catalogue holds a used price of that maker in that category, else new.
public enum PriceEstimator {
  /// Weight of the penalty on the terms; keeps few observations from bending the formula.
  static let penalty = 0.3
  /// Fewer observations than this are no base for an estimate.
  static let fewest = 6

  /// Estimates for every part of `catalog` without a usable sourced price. Existing estimates in the
  /// catalogue are ignored.
  public static func report(on catalog: Catalog) -> EstimateReport {
    let observations = Observation.all(of: catalog)
    var models: [PriceCategory: FittedCategory] = [:]
    var categories: [EstimateReport.Category] = []
    for category in PriceCategory.allCases {
      let mine = observations.filter { $0.features.category == category }
      let model = FittedCategory(category, mine)
      models[category] = model
      categories.append(summary(category, mine, model))
    }
    let lengths = LengthOrder(catalog)
    var estimates: [Price] = []
    var gaps: [EstimateReport.Gap] = []
    let makers = Observation.switchMakers(of: catalog)
    let priced = Set(catalog.prices.filter { Observation.isUsable($0) }.map(\.part))
    let usedMakers = Set(
      observations.filter { $0.features.category.condition == .used }.map {
        MakerOfUsed(category: $0.features.category, vendor: $0.vendor)
      })
    for part in catalog.parts where !priced.contains(part.id) {
      let condition = condition(of: part, usedMakers)
      do throws(PartFeatures.Missing) {
        let features = try PartFeatures(part, condition: condition, switchMakers: makers)
        guard let model = models[features.category] ?? nil else {
          let reason = "too few prices in the category \"\(features.category.rawValue)\""
          throw PartFeatures.Missing(reason: reason)
        }
        estimates.append(lengths.bounded(model.estimate(part, features), of: part))
      } catch {
        gaps.append(EstimateReport.Gap(part: part.id, reason: error.reason))
      }
    }
    return EstimateReport(categories: categories, estimates: estimates, gaps: gaps)
  }

  /// New or used, by the rule in the type's description.
  private static func condition(of part: Part, _ used: Set<MakerOfUsed>) -> Condition {
    switch part.status {
    case .legacy:
      // Only switches and cards have enough used prices to be estimated as used.
      if case .optic = part.spec { return .new }
      if case .cable = part.spec { return .new }
      return .used
    case .current: return .new
    case .unknown:
      let category: PriceCategory
      switch part.spec {
      case .networkSwitch, .module: category = .switchUsed
      case .nic: category = .nicUsed
      case .optic, .cable, .accessory: return .new
      }
      return used.contains(MakerOfUsed(category: category, vendor: part.vendor)) ? .used : .new
    }
  }

  private static func summary(
    _ category: PriceCategory, _ observations: [Observation], _ model: FittedCategory?
  ) -> EstimateReport.Category {
    EstimateReport.Category(
      category: category, parts: observations.count,
      medianErrorPercent: model.map { Int(($0.medianError * 100).rounded()) },
      factorHundredths: model.map { Int((exp($0.halfWidth) * 100).rounded(.up)) },
      asOf: observations.compactMap(\.latest).max(),
      terms: model.map { model in
        zip(category.terms, model.formula.regression.coefficients).map {
          EstimateReport.Term(name: $0, thousandths: Int(($1 * 1000).rounded()))
        }
      } ?? [])
  }
}

/// A maker with a used price in a category.
private struct MakerOfUsed: Hashable {
  var category: PriceCategory
  var vendor: String
}

/// The median sourced price of a part in one condition.
struct Observation {
  var vendor: String
  var features: PartFeatures
  /// Natural logarithm of the price of one unit in US dollars.
  var logPrice: Double
  var latest: CalendarDate?

  /// Sorted by part, then new before used.
  static func all(of catalog: Catalog) -> [Observation] {
    let rates = RateTable(catalog.exchangeRates)
    let makers = switchMakers(of: catalog)
    var found: [Observation] = []
    var index = 0
    for part in catalog.parts {
      while index < catalog.prices.count, catalog.prices[index].part < part.id { index += 1 }
      var own: [Price] = []
      while index < catalog.prices.count, catalog.prices[index].part == part.id {
        own.append(catalog.prices[index])
        index += 1
      }
      for condition in [Condition.new, .used] {
        let prices = own.filter { isUsable($0) && $0.condition == condition }
        let values = prices.compactMap { rates.value($0.amount) }.filter { $0 > 0 }.sorted()
        guard !values.isEmpty,
          let features = try? PartFeatures(part, condition: condition, switchMakers: makers)
        else { continue }
        let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        found.append(
          Observation(
            vendor: part.vendor, features: features,
            logPrice: log(median / Double(max(1, part.packSize))),
            latest: prices.compactMap(\.asOf).max()))
      }
    }
    return found
  }

  /// Whether a price can stand in a plan.
  static func isUsable(_ price: Price) -> Bool {
    price.kind != .historical && price.kind != .estimate
  }

  static func switchMakers(of catalog: Catalog) -> Set<String> {
    Set(catalog.parts.filter { $0.asSwitch != nil }.map(\.vendor))
  }
}
