import Quantities

/// Where the keys of a site file stand, for findings about what the keys ask for.
public struct SitePlaces: Sendable {
  private let places: [String: SourcePosition]

  init(_ places: [String: SourcePosition]) { self.places = places }

  /// Where the first of some keys that the file gives stands; `nil` when it gives none of them.
  ///
  /// A key is a path such as `traffic.rdma`; `room.racks[*].airflow` is that of the first rack of
  /// the file that has it.
  public func place(_ keys: [String]) -> SourcePosition? {
    for key in keys {
      if let place = place(key) { return place }
    }
    return nil
  }

  private func place(_ key: String) -> SourcePosition? {
    let pieces = key.split(separator: "*", omittingEmptySubsequences: false)
    guard pieces.count == 2, let head = pieces.first, let tail = pieces.last else {
      return places[key]
    }
    return places.filter { $0.key.hasPrefix(head) && $0.key.hasSuffix(tail) }.map(\.value).min()
  }
}
