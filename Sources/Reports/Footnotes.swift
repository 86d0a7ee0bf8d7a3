import CatalogModel
import Fabric
import Quantities

/// Sources of prices, numbered in the order of the bill; equal sources share a number.
struct Footnotes {
  private var numbers: [String: Int] = [:]
  private(set) var texts: [String] = []

  init(_ bom: [BOMLine]) {
    for line in bom {
      let text = Footnotes.text(line.price)
      if numbers[text] == nil {
        texts.append(text)
        numbers[text] = texts.count
      }
    }
  }

  /// `[^1]` for the source of a price.
  func mark(_ price: Price) -> String { numbers[Footnotes.text(price)].map { "[^\($0)]" } ?? "" }

  private static func text(_ price: Price) -> String {
    let source = price.source.hasPrefix("http") ? "<\(price.source)>" : Markdown.code(price.source)
    return price.note.isEmpty ? source : "\(source) (\(Markdown.code(price.note)))"
  }
}
