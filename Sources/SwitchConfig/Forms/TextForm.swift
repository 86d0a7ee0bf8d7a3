/// How the texts of a dialect are written down: as the lines that its grammar and templates speak
/// of, or as something that stands for such lines.
enum TextForm: Hashable, Sendable {
  /// The lines themselves.
  case lines
  /// JSON: tables, in them entries with a key, in them fields with a text or a list of texts. What
  /// stands in the table `notes` is a comment, since JSON has none.
  case json(notes: String)
  /// Commands under menus, with properties in any order.
  case menus(Menus)

  /// Reads `json NOTES` or `menus`; `nil` for anything else.
  init?(_ words: ArraySlice<Substring>) {
    switch (words.first, words.count) {
    case ("json", 2): self = .json(notes: String(words.last ?? ""))
    case ("menus", 1): self = .menus(Menus())
    default: return nil
    }
  }

  /// The form that a grammar states; the lines themselves where it states none.
  init(grammar text: String) {
    self = .lines
    for row in text.split(separator: "\n") where row.hasPrefix("form ") {
      if let form = TextForm(row.split(separator: " ").dropFirst()) { self = form }
    }
  }

  /// The lines that a text stands for; `nil` where it is these lines itself.
  func unfolded(_ bytes: [UInt8]) -> UnfoldedText? {
    switch self {
    case .lines: nil
    case .json(let notes): JSONUnfolding.unfold(bytes, notes: notes)
    case .menus(let menus): MenuUnfolding.unfold(bytes, menus)
    }
  }
}

/// The lines that a text stands for.
struct UnfoldedText {
  /// A line each, LF at its end; those that belong to another are indented by a blank.
  private(set) var bytes: [UInt8] = []
  /// Number of the line of the text that each comes from, from 1.
  private(set) var places: [Int] = []
  /// What is wrong with the text itself.
  var oddities: [ConfigModel.Oddity] = []
  /// Lines of the text that stand for nothing.
  var unread: [UnknownLine] = []
  /// Whether the text leaves out what is as from the factory, so that it misses nothing.
  var isExport = false
  /// Whether it calls something by a name of somebody's own, which the lines do not have.
  var hasOwnNames = false

  /// Adds a line.
  mutating func append(_ line: String, at place: Int) {
    bytes += line.utf8
    bytes.append(10)
    places.append(place)
  }

  /// Notes a mistake.
  mutating func report(_ rule: String, _ message: String, at place: Int, isError: Bool = true) {
    oddities.append(
      ConfigModel.Oddity(line: place, rule: rule, message: message, isError: isError))
  }

  /// Whether a text can be a part of a line: it has neither control characters nor blanks at its
  /// ends, which a line would lose.
  static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8
    return !bytes.contains { $0 < 32 || $0 == 127 } && bytes.first != 32 && bytes.last != 32
  }

  /// Whether a text can be a word of a line.
  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && isPlain(text) && !text.utf8.contains(32)
  }

  /// A text as it can be shown in one line.
  static func shown(_ text: String) -> String {
    String(decoding: text.utf8.prefix(200).map { $0 < 32 || $0 == 127 ? 63 : $0 }, as: UTF8.self)
  }
}
