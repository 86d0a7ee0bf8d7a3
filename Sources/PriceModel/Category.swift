import CatalogModel
import Glibc
import Quantities

/// Parts whose prices follow one formula.
public enum PriceCategory: String, Hashable, Sendable, CaseIterable, Comparable {
  case switchNew = "switch, new"
  case switchUsed = "switch, used"
  case optic = "optic, new"
  /// Twinax and active optical cable.
  case attachedCable = "cable with fixed plugs, new"
  /// Fibre and twisted pair.
  case patchCord = "patch cord, new"
  case nicNew = "network card, new"
  case nicUsed = "network card, used"

  public static func < (left: PriceCategory, right: PriceCategory) -> Bool {
    left.rank < right.rank
  }
  private var rank: Int { PriceCategory.allCases.firstIndex(of: self) ?? 0 }

  /// Whether its prices are of new or of used goods.
  public var condition: Condition {
    self == .switchUsed || self == .nicUsed ? .used : .new
  }

  /// The terms of the formula, the constant first.
  public var terms: [String] { ["constant"] + variables }

  private var variables: [String] {
    switch self {
    case .switchNew:
      [
        "ln(Gbps)", "share of Gbps on ports of 25G and up", "share of Gbps on copper",
        "value maker",
      ]
    case .switchUsed: ["ln(Gbps)", "share of Gbps on ports of 100G", "value maker"]
    case .optic: ["ln(rate)", "long wave", "copper", "sold by a maker of switches"]
    case .attachedCable:
      ["ln(1 + metres)", "ln(rate)", "active", "breakout", "sold by a maker of switches"]
    case .patchCord: ["ln(1 + metres)", "MPO", "LC", "OM4"]
    case .nicNew, .nicUsed: ["ln(ports)", "25G", "40G", "RJ45"]
    }
  }
}

/// Where a part belongs and what the formula reads from it.
struct PartFeatures {
  var category: PriceCategory
  /// Begins with 1 for the constant.
  var row: [Double]

  /// Why a part has no row.
  struct Missing: Error {
    var reason: String
  }

  /// Makers whose switches are made for offices and homes and sold at a fraction of the price of a
  /// data-centre switch of the same ports; of NETGEAR the XS line only. A judgement, written here.
  static let valueMakers: Set<String> = [
    "MikroTik", "QNAP", "TP-Link", "TRENDnet", "Ubiquiti", "Zyxel",
  ]

  /// - Parameter switchMakers: vendors that have a switch in the catalogue.
  init(_ part: Part, condition: Condition, switchMakers: Set<String>) throws(Missing) {
    let brand = switchMakers.contains(part.vendor) ? 1.0 : 0.0
    switch part.spec {
    case .networkSwitch(let spec):
      category = condition == .new ? .switchNew : .switchUsed
      row = try PartFeatures.ports(spec.ports, part, condition)
    case .module(let spec):
      // Taken as a switch of its ports: there are no prices of modules to fit.
      category = condition == .new ? .switchNew : .switchUsed
      row = try PartFeatures.ports(spec.ports, part, condition)
    case .optic(let spec):
      guard condition == .new else { throw Missing(reason: "no prices of used optics") }
      guard let rate = spec.rates.last else { throw Missing(reason: "its rate is not known") }
      let suffix = spec.standard.split(separator: "-").last.map(String.init) ?? ""
      let longWave = suffix.hasPrefix("lr") && suffix != "lrm" || suffix.hasPrefix("er")
      category = .optic
      row = [1, PartFeatures.log10G(rate), longWave ? 1 : 0, suffix == "t" ? 1 : 0, brand]
    case .cable(let spec):
      guard condition == .new else { throw Missing(reason: "too few prices of used cables") }
      let metres = log(1 + Double(spec.length.millimetres) / 1000)
      if spec.family.isAttached {
        guard let lane = spec.rate else { throw Missing(reason: "its rate is not known") }
        let rate = DataRate(bitsPerSecond: lane.bitsPerSecond &* Int64(spec.lanes))
        let active = spec.family == .passiveDAC ? 0.0 : 1.0
        category = .attachedCable
        row = [1, metres, PartFeatures.log10G(rate), active, spec.lanes > 1 ? 1 : 0, brand]
      } else {
        category = .patchCord
        row = [
          1, metres, spec.endA == .mpo12 ? 1 : 0, spec.endA == .lc ? 1 : 0,
          spec.medium == .om4 ? 1 : 0,
        ]
      }
    case .nic(let spec):
      guard let ports = spec.ports else {
        throw Missing(reason: "its number of ports is not known")
      }
      category = condition == .new ? .nicNew : .nicUsed
      row = [
        1, log(Double(ports)), spec.rate == .gigabits(25) ? 1 : 0,
        spec.rate == .gigabits(40) ? 1 : 0, spec.connector == .rj45 ? 1 : 0,
      ]
    case .accessory:
      throw Missing(reason: "no prices of accessories")
    }
  }

  private static func log10G(_ rate: DataRate) -> Double {
    log(Double(rate.bitsPerSecond) / 1e10)
  }

  private static func ports(
    _ groups: [PortGroup], _ part: Part, _ condition: Condition
  ) throws(Missing) -> [Double] {
    var total = 0.0
    var fast = 0.0
    var hundred = 0.0
    var copper = 0.0
    // Shared ports count once: as those of the group that they are shared with.
    for group in groups where group.sharedWith == nil {
      guard let rate = group.rates.last else { continue }
      let gbps = Double(rate.bitsPerSecond) / 1e9 * Double(group.count)
      total += gbps
      if rate >= .gigabits(25) { fast += gbps }
      if rate >= .gigabits(100) { hundred += gbps }
      if group.connector == .rj45 { copper += gbps }
    }
    guard total > 0 else { throw Missing(reason: "its ports are not known") }
    let value =
      valueMakers.contains(part.vendor)
        || (part.vendor == "NETGEAR" && part.model.hasPrefix("XS")) ? 1.0 : 0.0
    return condition == .new
      ? [1, log(total), fast / total, copper / total, value]
      : [1, log(total), hundred / total, value]
  }
}
