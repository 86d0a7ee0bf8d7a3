import CatalogModel
import Fabric
import JSONText
import Quantities

/// `bom.csv` and `bom.json`: the order lines for a spreadsheet and for other programs.
enum BillFiles {
  /// Columns of `bom.csv`; amounts are net, in the site's currency.
  static let header = [
    "line", "category", "vendor", "model", "length_m", "sku", "part", "condition", "still_made",
    "order_units", "pieces_per_unit", "pieces_needed", "pieces_spare", "test_first_pieces",
    "currency",
    "unit_price", "total", "total_low", "total_high", "price_kind", "price_date", "price_stale",
    "purpose", "source", "note", "order_remark",
  ]

  static func csv(_ fabric: Fabric, _ index: PlanIndex) -> String {
    var csv = CSV(header)
    for (number, line) in fabric.bom.enumerated() {
      csv.row(
        [.count(number + 1)] + partCells(line, index) + orderCells(line)
          + [.text(fabric.airflowOrder(of: line.part) ?? "")])
    }
    return csv.text
  }

  private static func partCells(_ line: BOMLine, _ index: PlanIndex) -> [CSV.Cell] {
    let part = index.part(line.part)
    return [
      .text(part?.spec.category ?? ""), .text(part?.vendor ?? ""), .text(part?.model ?? ""),
      index.stockLength(line.part).map { .number(Format.metres($0)) } ?? .empty,
      .text(part?.sku ?? ""), .text(line.part.rawValue),
      .text(line.price.condition.rawValue), .text(part?.status.stillMade ?? "unknown"),
    ]
  }

  private static func orderCells(_ line: BOMLine) -> [CSV.Cell] {
    [
      .count(line.packs), .count(line.packSize), .count(line.needed), .count(line.spares),
      .count(line.testFirst), .text(line.total.currency.rawValue),
      .number(Format.amount(line.unitPrice)), .number(Format.amount(line.total)),
      .number(Format.amount(line.low)), .number(Format.amount(line.high)),
      .text(line.price.kind.rawValue), .text(Format.date(line.price.asOf)), .flag(line.isStale),
      .text(line.purpose), .text(line.price.source), .text(line.price.note),
    ]
  }

  static func json(_ fabric: Fabric, _ index: PlanIndex, planHash: String) throws -> [UInt8] {
    try JSONWriter.bytes(
      Bill(
        plan: planHash, site: fabric.site.name, date: fabric.date.iso,
        lines: fabric.bom.enumerated().map { number, line in
          let part = index.part(line.part)
          return Line(
            line: number + 1, category: part?.spec.category ?? "", vendor: part?.vendor ?? "",
            model: part?.model ?? "",
            lengthInMetres: index.stockLength(line.part).map { Format.metres($0) },
            sku: part?.sku ?? "", part: line.part.rawValue,
            condition: line.price.condition.rawValue,
            stillMade: part?.status.stillMade ?? "unknown", orderUnits: line.packs,
            piecesPerUnit: line.packSize, piecesNeeded: line.needed, piecesSpare: line.spares,
            testFirstPieces: line.testFirst, unitPrice: line.unitPrice, total: line.total,
            low: line.low, high: line.high, priceKind: line.price.kind.rawValue,
            priceDate: line.price.asOf?.iso, priceIsStale: line.isStale, purpose: line.purpose,
            source: line.price.source, note: line.price.note,
            orderRemark: fabric.airflowOrder(of: line.part) ?? "")
        }, totals: fabric.totals))
  }

  private struct Bill: Encodable {
    var plan: String
    var site: String
    var date: String
    var lines: [Line]
    var totals: Totals
  }

  private struct Line: Encodable {
    var line: Int
    var category: String
    var vendor: String
    var model: String
    /// Of a cable.
    var lengthInMetres: String?
    var sku: String
    var part: String
    var condition: String
    var stillMade: String
    var orderUnits: Int
    var piecesPerUnit: Int
    var piecesNeeded: Int
    var piecesSpare: Int
    var testFirstPieces: Int
    var unitPrice: Money
    var total: Money
    var low: Money
    var high: Money
    var priceKind: String
    var priceDate: String?
    var priceIsStale: Bool
    var purpose: String
    var source: String
    var note: String
    /// What the order says beside the order number; empty for nothing.
    var orderRemark: String
  }
}

extension PartSpec {
  /// The kind of part in one or two words.
  var category: String {
    switch self {
    case .networkSwitch: "switch"
    case .module: "module"
    case .optic: "optic"
    case .cable: "cable"
    case .nic: "network card"
    case .accessory: "accessory"
    }
  }
}

extension PartStatus {
  /// Answer to "is it still made?".
  var stillMade: String {
    switch self {
    case .current: "yes"
    case .legacy: "no"
    case .unknown: "unknown"
    }
  }
}
