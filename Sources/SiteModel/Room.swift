import Quantities

/// A rack.
public struct Rack: Hashable, Sendable, Codable {
  public var name: String
  /// Place of its row, counted in row pitches from the first row of the room.
  public var row: Int
  /// The row's name.
  public var rowName: String
  /// Place in the row, counted in rack widths.
  public var position: Int
  /// Height in rack units of 44.45 mm (EIA-310).
  public var units: Int
  /// Units still free; `nil` when not stated (not checked, on the list to confirm).
  public var freeUnits: Int?
  /// Power that may be added on each feed; with two feeds the whole load must fit on one alone.
  /// `nil` when not stated.
  public var freePower: Power?
  /// Rated power of the rack; `nil` when not stated. Informative.
  public var power: Power?
  /// Independent power feeds.
  public var feeds: Int
  /// Required airflow by the raw value of the catalogue's airflow; `nil` when it does not matter.
  public var airflow: String?
  /// Outlet type of the PDU, such as `C13`; `nil` when not stated.
  public var outlet: String?

  /// Makes a rack.
  public init(
    name: String, row: Int, rowName: String, position: Int, units: Int = 42,
    freeUnits: Int? = nil, freePower: Power? = nil, power: Power? = nil, feeds: Int = 1,
    airflow: String? = nil, outlet: String? = nil
  ) {
    self.name = name
    self.row = row
    self.rowName = rowName
    self.position = position
    self.units = units
    self.freeUnits = freeUnits
    self.freePower = freePower
    self.power = power
    self.feeds = feeds
    self.airflow = airflow
    self.outlet = outlet
  }
}

/// Cabling that is in place already between two racks (or within one, when both are the same):
/// links over it need a patch cord at each end and no new long cable.
public struct ExistingCabling: Hashable, Sendable, Codable {
  /// By raw value of the catalogue's media, such as `cat6a` or `om3`.
  public var medium: String
  public var rackA: String
  public var rackB: String
  /// Installed length, panel to panel.
  public var length: Length
  /// Makes an entry.
  public init(medium: String, rackA: String, rackB: String, length: Length) {
    self.medium = medium
    self.rackA = rackA
    self.rackB = rackB
    self.length = length
  }
}

/// The room.
public struct Room: Hashable, Sendable, Codable {
  /// Distance between the centre lines of two rows.
  public var rowPitch: Length
  public var rackWidth: Length
  /// Height of the cable tray above the racks.
  public var trayHeight: Length
  /// Added to every routed length.
  public var slack: Rational
  /// In the order of the file.
  public var racks: [Rack]
  public var existingCabling: [ExistingCabling]

  /// Makes a room.
  public init(
    rowPitch: Length, rackWidth: Length, trayHeight: Length, slack: Rational, racks: [Rack],
    existingCabling: [ExistingCabling] = []
  ) {
    self.rowPitch = rowPitch
    self.rackWidth = rackWidth
    self.trayHeight = trayHeight
    self.slack = slack
    self.racks = racks
    self.existingCabling = existingCabling
  }
}

extension Room {
  /// The rows in the order in which they stand, and how far each lies from the first; `nil` for a
  /// room with a single row.
  public static func rowWords(of racks: [Rack]) -> (order: String, distances: String)? {
    var rows: [(name: String, place: Int)] = []
    for rack in racks where !rows.contains(where: { $0.name == rack.rowName }) {
      rows.append((rack.rowName, rack.row))
    }
    rows.sort { ($0.place, $0.name) < ($1.place, $1.name) }
    guard let first = rows.first, rows.count > 1 else { return nil }
    let distances = rows.dropFirst().map { row in
      "\(row.name) lies \(Format.count(row.place - first.place, "row pitch", "row pitches")) from"
        + " \(first.name)"
    }
    return (rows.map(\.name).joined(separator: ", "), distances.joined(separator: ", "))
  }
}
