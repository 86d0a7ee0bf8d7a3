/// The coordinates of one component among all.
struct Projection {
  /// Place of each coordinate in the component; -1 for those of others.
  let places: [Int]
  /// Coordinates of its parts, then of its marks, ascending.
  let parts: [Int]
  let marks: [Int]
  /// For each part the place of its mark; -1 for none.
  let markOfPart: [Int]
  /// Number of coordinates that are ports of the centre: all or none.
  let ports: Int

  var count: Int { parts.count + marks.count + ports }
  var firstPort: Int { parts.count + marks.count }

  init(_ coordinates: Coordinates, own: [Bool]) {
    let firstMark = coordinates.parts.count
    parts = (0..<firstMark).filter { own[$0] }
    marks = (firstMark..<coordinates.firstPort).filter { own[$0] }
    ports =
      (coordinates.firstPort..<coordinates.count).contains { own[$0] }
      ? coordinates.count - coordinates.firstPort : 0
    var places = [Int](repeating: -1, count: coordinates.count)
    for (place, at) in (parts + marks).enumerated() { places[at] = place }
    let firstPort = parts.count + marks.count
    for port in 0..<ports { places[coordinates.firstPort + port] = firstPort + port }
    self.places = places
    markOfPart = parts.map { at in
      coordinates.marks.firstIndex(of: coordinates.parts[at]).map { places[firstMark + $0] } ?? -1
    }
  }

  /// Counts of the component among those of all.
  func counts(_ all: [Int32]) -> [Int32] {
    var own = [Int32](repeating: 0, count: count)
    for (at, place) in places.enumerated() where place >= 0 { own[place] = all[at] }
    return own
  }

  /// Additions to the component.
  func adds(_ all: [(at: Int, count: Int32)]) -> [(at: Int, count: Int32)] {
    all.map { (places[$0.at], $0.count) }
  }
}
