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

  /// A source as a link, or as it stands.
  static func source(_ text: String) -> String {
    text.hasPrefix("http") ? "<\(text)>" : Markdown.code(text)
  }

  private static func text(_ price: Price) -> String {
    let source = Footnotes.source(price.source)
    return price.note.isEmpty ? source : "\(source) (\(Markdown.code(price.note)))"
  }
}
