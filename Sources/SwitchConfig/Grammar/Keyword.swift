/// A word of a command, which may be abbreviated: `sh(utdown)` is known by `sh`, `shu` and so on.
struct Keyword: Hashable, Sendable {
  /// Lower case, unless the case counts.
  let bytes: [UInt8]
  /// Letters that must be there.
  let least: Int
  /// Whether the case of its letters counts.
  let isCased: Bool

  /// Letters that must be there where nothing else is said.
  static let usualLeast = 3

  /// Matches no word.
  static let never = Keyword(bytes: [], least: 1)

  private init(bytes: [UInt8], least: Int, isCased: Bool = false) {
    self.bytes = bytes
    self.least = least
    self.isCased = isCased
  }

  /// Reads `word` or `w(ord)`; `nil` for anything else.
  init?(_ text: Substring) {
    var bytes: [UInt8] = []
    var least: Int?
    var isClosed = false
    for byte in text.utf8 {
      switch byte {
      case 40 where least == nil && !bytes.isEmpty: least = bytes.count
      case 41 where least != nil && !isClosed: isClosed = true
      case 33...126 where byte != 40 && byte != 41 && !isClosed:
        bytes.append((65...90).contains(byte) ? byte | 32 : byte)
      default: return nil
      }
    }
    guard !bytes.isEmpty, (least == nil) == !isClosed else { return nil }
    self.bytes = bytes
    self.least = least ?? min(Keyword.usualLeast, bytes.count)
    isCased = false
  }

  /// A word that stands for itself alone; `nil` for one that is not printable.
  init?(exact text: Substring) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy({ (33...126).contains($0) }) else { return nil }
    self.init(bytes: bytes, least: bytes.count, isCased: true)
  }

  /// Whether a word is the keyword or an abbreviation of it, whatever the case of its letters unless
  /// that counts.
  func matches(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= least, word.count <= bytes.count else { return false }
    var place = 0
    for byte in word {
      let lower = !isCased && (65...90).contains(byte) ? byte | 32 : byte
      if lower != bytes[place] { return false }
      place += 1
    }
    return true
  }
}
