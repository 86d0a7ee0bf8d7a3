import Quantities

/// Where the values of a site file stand.
public struct SitePlaces: Sendable {
  private let places: [String: SourcePosition]

  init(_ places: [String: SourcePosition]) { self.places = places }

  /// Where the value of a path such as `budget.starter` stands, or of what encloses it; `nil` when
  /// the file gives neither.
  public func place(_ path: String) -> SourcePosition? {
    var path = path[...]
    while true {
      if let place = places[String(path)] { return place }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<cut]
    }
  }
}
