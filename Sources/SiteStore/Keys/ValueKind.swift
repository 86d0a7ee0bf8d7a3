/// What may stand behind a key of the site file.
///
/// One table of keys (`SiteKeys`) built from these values is what the reader checks, what the JSON
/// Schema says and what the commented site file of `tenfold init` shows.
indirect enum ValueKind: Sendable {
  /// Letters, digits and hyphens: goes into host names, labels and file names.
  case name
  /// One line of printable text.
  case text
  /// `yes` or `no`.
  case flag
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// An amount in the site's currency.
  case money
  /// A number with a unit; the limits are in the base unit of the dimension.
  case quantity(Dimension, ClosedRange<Int64>)
  /// A percentage from 0 to the limit.
  case percent(most: Int)
  /// `4`, `4:1` or `2.5`: more than 0, at most 100.
  case ratio
  /// A plain positive decimal, such as a rate of exchange.
  case decimal
  /// ISO 4217.
  case currency
  /// ISO 8601.
  case date
  /// IPv4.
  case address
  /// IPv4 in prefix notation.
  case subnet
  /// 2 to 4093 without the reserved ones.
  case vlan
  /// One of these words.
  case choice([String])
  /// A list; `item` for each, at most `most`. One value alone counts as a list of one.
  case list(of: ValueKind, most: Int)
  /// A map with these keys.
  case map(Section)
  /// A map whose keys are names chosen in the file.
  case table(of: ValueKind, most: Int)
  /// As `table`, with a date under the key `on` beside the names.
  case dated(of: ValueKind, most: Int)
  /// This word alone.
  case word(String)
  /// Several short and long forms, the shortest first.
  case forms([ValueKind])
}

/// A physical dimension with the units that a site file may use.
enum Dimension: Sendable {
  case length, power, bytes, rate, months

  /// Unit names with their size in base units: millimetre, milliwatt, byte, bit a second, month.
  var units: [(name: String, size: Int64)] {
    switch self {
    case .length: [("mm", 1), ("cm", 10), ("m", 1000)]
    case .power: [("W", 1000), ("kW", 1_000_000)]
    case .bytes:
      [
        ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
      ]
    case .rate: [("Mbps", 1_000_000), ("Gbps", 1_000_000_000), ("Tbps", 1_000_000_000_000)]
    case .months: [("months", 1), ("month", 1), ("years", 12), ("year", 12)]
    }
  }

  /// Short forms that are read as well, as catalogues print rates: `10G`.
  var shortUnits: [(name: String, size: Int64)] {
    switch self {
    case .rate: [("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000)]
    case .length, .power, .bytes, .months: []
    }
  }

  /// The base unit.
  var baseName: String {
    switch self {
    case .length: "millimetres"
    case .power: "milliwatts"
    case .bytes: "bytes"
    case .rate: "bits a second"
    case .months: "months"
    }
  }

  /// In words, with an example.
  var description: String {
    switch self {
    case .length: "a length such as `1.8 m` or `600 mm`"
    case .power: "a power such as `900 W` or `3.5 kW`"
    case .bytes: "an amount of memory such as `256 GiB`"
    case .rate: "a data rate such as `10 Gbps` or `10G`"
    case .months: "a time such as `24 months` or `2 years`"
    }
  }

  /// A value in the largest unit that gives a short number.
  func text(_ base: Int64) -> String {
    guard base != 0 else { return "0 \(units[0].name)" }
    let best = units.filter { base % $0.size == 0 }.max { $0.size < $1.size } ?? units[0]
    return "\(base / best.size) \(best.name)"
  }
}

/// One key.
struct SiteKey: Sendable {
  /// As written in the file.
  var name: String
  var kind: ValueKind
  /// Taken when the key is missing, as it could be written; `nil` when nothing is taken.
  var fallback: String?
  /// Why this default, or what it means that nothing is stated; empty for keys without either.
  var reason: String
  /// What the key means, one sentence without a full stop.
  var doc: String
  var isRequired: Bool

  /// Makes a key.
  init(
    _ name: String, _ kind: ValueKind, _ doc: String, default fallback: String? = nil,
    because reason: String = "", required: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.fallback = fallback
    self.reason = reason
    self.doc = doc
    self.isRequired = required
  }
}

/// A map of the site file.
struct Section: Sendable {
  /// Path of the section in the file, such as `room.tray`; the top is empty.
  var path: String
  /// What it is, one sentence without a full stop.
  var doc: String
  var keys: [SiteKey]

  /// The key of that name.
  func key(_ name: String) -> SiteKey? { keys.first { $0.name == name } }
}
