import CatalogModel

/// Sorts devices into classes of those that accept the same media (model, M3).
struct MediaClasses {
  private let catalog: Catalog
  private let thirdParty: Bool
  /// Parts that are media.
  private let media: [Int]
  /// By medium: id and vendor of the part.
  private let ids: [PartID]
  private let vendors: [String]
  /// By medium: what rules that name no single part tell media apart by.
  private let kindOf: [Int]
  private let isPluggable: [Bool]
  private let kinds: Int
  /// By part its place among the media; -1 for all others.
  let mediaIndex: [Int]
  /// By class, then by medium.
  private(set) var verdicts: [[CompatibilityRule.Verdict]] = []
  private(set) var vendorOf: [String] = []
  /// By part its class; `LinkSolver.noClass` for those that are no devices of a plan.
  private(set) var classOfPart: [Int]

  /// What tells devices apart for media: which they accept, and their vendor for third-party marks.
  private struct MediaClass: Hashable {
    var vendor: String
    var verdicts: [CompatibilityRule.Verdict]
  }

  /// Vendor and form of a medium.
  private struct Kind: Hashable {
    var vendor: String
    var isTwinax: Bool
    var isPluggable: Bool
  }

  /// - Parameters:
  ///   - media: parts that are cables or transceivers.
  ///   - thirdParty: whether switches may hold what another vendor made.
  ///   - devices: switches and cards.
  init(catalog: Catalog, media: [Int], thirdParty: Bool, devices: [Int]) {
    self.catalog = catalog
    self.media = media
    ids = media.map { catalog.parts[$0].id }
    vendors = media.map { catalog.parts[$0].vendor }
    self.thirdParty = thirdParty
    var mediaIndex = [Int](repeating: -1, count: catalog.parts.count)
    var numbers: [Kind: Int] = [:]
    var kindOf: [Int] = []
    var isPluggable: [Bool] = []
    for (place, part) in media.enumerated() {
      mediaIndex[part] = place
      let family = catalog.parts[part].asCable?.family
      let kind = Kind(
        vendor: catalog.parts[part].vendor,
        isTwinax: family == .passiveDAC || family == .activeDAC,
        isPluggable: family?.isAttached ?? true)
      let number = numbers[kind] ?? numbers.count
      numbers[kind] = number
      kindOf.append(number)
      isPluggable.append(kind.isPluggable)
    }
    self.mediaIndex = mediaIndex
    self.kindOf = kindOf
    self.isPluggable = isPluggable
    kinds = numbers.count
    classOfPart = Array(repeating: LinkSolver.noClass, count: catalog.parts.count)
    var classes: [MediaClass: Int] = [:]
    for part in devices where classOfPart[part] == LinkSolver.noClass {
      let device = catalog.parts[part]
      let key = MediaClass(vendor: device.vendor, verdicts: row(device))
      let number = classes[key] ?? verdicts.count
      if number == verdicts.count {
        verdicts.append(key.verdicts)
        vendorOf.append(device.vendor)
        classes[key] = number
      }
      classOfPart[part] = number
    }
  }

  /// What a device says to each medium.
  private func row(_ device: Part) -> [CompatibilityRule.Verdict] {
    let acceptance = DeviceAcceptance(device, in: catalog)
    let wantsOwn = !thirdParty && device.asSwitch != nil
    var answers = [CompatibilityRule.Verdict?](repeating: nil, count: kinds)
    return media.indices.map { place in
      if wantsOwn, isPluggable[place], vendors[place] != device.vendor { return .no }
      // Where no rule names the medium itself, all of its kind have one answer.
      if acceptance.names(ids[place]) { return acceptance.verdict(of: catalog.parts[media[place]]) }
      if let known = answers[kindOf[place]] { return known }
      let verdict = acceptance.verdict(of: catalog.parts[media[place]])
      answers[kindOf[place]] = verdict
      return verdict
    }
  }
}
