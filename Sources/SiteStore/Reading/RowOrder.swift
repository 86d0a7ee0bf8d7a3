/// Where the rows of a room stand: the number of row pitches from the first of them.
struct RowOrder {
  /// How the places of the rows were found.
  enum Basis {
    /// The file lists them in order.
    case stated
    /// All names are single letters.
    case letters
    /// All names end in a number, behind the same text or none.
    case numbers
    /// In the order in which they first appear in the file.
    case appearance
  }
  let basis: Basis
  /// Row pitches from the first row, by name.
  private let places: [String: Int]

  /// Rows further apart than this are not placed by their numbers: `101` and `2001` are no count.
  private static let mostApart = 500

  /// Places rows.
  ///
  /// - Parameters:
  ///   - names: the rows that racks name, once each, in the order of the file.
  ///   - stated: all rows of the room in order, with those that hold no rack of the file; `nil` when
  ///     the file does not say.
  init(_ names: [String], stated: [String]?) {
    if let stated {
      basis = .stated
      places = RowOrder.counted(from: stated + names.filter { !stated.contains($0) })
    } else if let letters = RowOrder.spaced(names, by: RowOrder.letter) {
      basis = .letters
      places = letters
    } else if let numbers = RowOrder.numbered(names) {
      basis = .numbers
      places = numbers
    } else {
      basis = .appearance
      places = RowOrder.counted(from: names)
    }
  }

  /// Row pitches from the first row of all.
  func place(_ name: String) -> Int { places[name] ?? 0 }

  private static func counted(from names: [String]) -> [String: Int] {
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() where places[name] == nil { places[name] = index }
    return places
  }

  /// Places by a number that each name has; `nil` unless every name has one of its own.
  private static func spaced(
    _ names: [String], by number: (String) -> Int?
  ) -> [String: Int]? {
    let numbers = names.compactMap(number)
    guard numbers.count == names.count, Set(numbers).count == names.count,
      let first = numbers.min(), let last = numbers.max(), last - first <= mostApart
    else { return nil }
    var places: [String: Int] = [:]
    for (name, number) in zip(names, numbers) { places[name] = number - first }
    return places
  }

  private static func letter(_ name: String) -> Int? {
    guard let byte = name.utf8.first, name.utf8.count == 1 else { return nil }
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return Int(byte - UInt8(ascii: "a"))
    default: return nil
    }
  }

  private static func numbered(_ names: [String]) -> [String: Int]? {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func digits(_ name: String) -> String {
      String(
        decoding: name.utf8.suffix(name.utf8.reversed().prefix(while: isDigit).count), as: UTF8.self
      )
    }
    func text(_ name: String) -> String {
      String(decoding: name.utf8.dropLast(digits(name).utf8.count), as: UTF8.self)
    }
    guard Set(names.map(text)).count == 1 else { return nil }
    return spaced(names) { Int(digits($0)) }
  }
}

extension RowOrder.Basis {
  /// Why rows stand where they do, for people.
  var reason: String {
    switch self {
    case .stated: "the file lists them"
    case .letters: "rows named by letters stand by the alphabet"
    case .numbers: "rows named by numbers stand by these"
    case .appearance: "rows stand side by side in the order of the file"
    }
  }
}
