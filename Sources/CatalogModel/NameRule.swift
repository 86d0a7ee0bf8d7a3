/// Length and letters of a name in a configuration. The limits are Tenfold's own, narrower than
/// any seen in the manuals, so that a name is good on every release.
public struct NameRule: Hashable, Sendable, Codable {
  /// Which letters a name may have.
  public enum Alphabet: String, Hashable, Sendable, Codable, CaseIterable {
    /// A letter, then letters, digits and hyphens.
    case host
    /// Letters, digits, hyphens and underscores; the first is a letter or digit.
    case word
    /// Words of letters, digits and `-_.:/()+,@=` parted by single blanks; may be empty.
    case text
  }
  public var alphabet: Alphabet
  /// In characters, all of them ASCII.
  public var maxLength: Int
  /// Fact that shows the line's form.
  public var fact: String
  /// Makes a rule.
  public init(_ alphabet: Alphabet, maxLength: Int, fact: String) {
    self.alphabet = alphabet
    self.maxLength = maxLength
    self.fact = fact
  }

  /// Whether a name obeys the rule.
  public func accepts(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.count <= maxLength else { return false }
    guard let first = bytes.first, let last = bytes.last else { return alphabet == .text }
    switch alphabet {
    case .host:
      return NameRule.isLetter(first) && last != 45
        && bytes.allSatisfy { NameRule.isLetter($0) || NameRule.isDigit($0) || $0 == 45 }
    case .word:
      return (NameRule.isLetter(first) || NameRule.isDigit(first))
        && bytes.allSatisfy {
          NameRule.isLetter($0) || NameRule.isDigit($0) || $0 == 45 || $0 == 95
        }
    case .text:
      var blank = true
      for byte in bytes {
        if byte == 32 {
          if blank { return false }
          blank = true
          continue
        }
        guard NameRule.isLetter(byte) || NameRule.isDigit(byte) || NameRule.marks.contains(byte)
        else { return false }
        blank = false
      }
      return !blank
    }
  }

  /// The nearest name that obeys the rule: other characters become hyphens, the end is cut.
  public func fitted(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 where bytes.count < maxLength {
      let good =
        NameRule.isLetter(byte) || NameRule.isDigit(byte) || byte == 45
        || (alphabet == .word && byte == 95)
        || (alphabet == .text && (NameRule.marks.contains(byte) || byte == 32))
      if byte == 32, alphabet == .text, bytes.last == 32 || bytes.isEmpty { continue }
      bytes.append(good ? byte : 45)
    }
    if let first = bytes.first {
      let good =
        alphabet == .text || NameRule.isLetter(first)
        || (alphabet == .word && NameRule.isDigit(first))
      if !good { bytes = Array((Array("x".utf8) + bytes).prefix(maxLength)) }
    }
    let end: UInt8 = alphabet == .text ? 32 : 45
    while alphabet != .word, bytes.last == end { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let marks: [UInt8] = Array("-_.:/()+,@=".utf8)
  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
