/// Prompts of sessions.
extension LineCursor {
  /// The bytes that a prompt at the start of the line takes: a name, a mode in parentheses, `#` or
  /// `>`, as in `spine-1(conf)#`, `(spine-1) #` or `(spine-1) (Interface 1/0/1)#`; with blanks only
  /// where a state in brackets or a mode `(config...)` shows that it is a prompt, as in
  /// `spine-1 [pair: master] (config) #`. 0 when there is none.
  func promptLength() -> Int {
    var index = next
    func isNamed(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == 45 || byte == 46 || byte == 95
    }
    /// Goes behind a text in parentheses; `false` when none stands here.
    func passesParentheses(withBlanks: Bool) -> Bool {
      guard index < bytes.count, bytes[index] == 40 else { return false }
      let close = bytes[index...].firstIndex {
        $0 == 41 || $0 == 10 || (!withBlanks && $0 == 32)
      }
      guard let close, bytes[close] == 41 else { return false }
      index = close + 1
      return true
    }
    /// Goes behind `[...: ...]` or `(config...)` after a blank, as often as they stand; whether one does.
    func passesBlankParts() -> Bool {
      let first = index
      while index + 1 < bytes.count, bytes[index] == 32 || index == next {
        let open = index == next ? index : index + 1
        let close: UInt8
        switch bytes[open] {
        case 91: close = 93
        case 40 where bytes[(open + 1)...].starts(with: "config".utf8): close = 41
        default: return index > first
        }
        let end = bytes[open...].firstIndex { $0 == close || $0 == 10 }
        guard let end, bytes[end] == close, close == 41 || bytes[open..<end].contains(58) else {
          return false
        }
        index = end + 1
      }
      return index > first
    }
    func length() -> Int {
      let end = index < bytes.count && bytes[index] == 32 ? index + 1 : index
      guard end < bytes.count, bytes[end] == 35 || bytes[end] == 62 else { return 0 }
      return end + 1 - next
    }
    if bytes[index] == 40 {
      if passesBlankParts(), length() > 0 { return length() }
      index = next
    }
    if passesParentheses(withBlanks: true) {
      if index < bytes.count, bytes[index] == 32 { index += 1 }
      _ = passesParentheses(withBlanks: true)
    } else {
      while index < bytes.count, isNamed(bytes[index]) { index += 1 }
      guard index > next, index < bytes.count else { return 0 }
      if bytes[index] == 32 { return passesBlankParts() ? length() : 0 }
      if bytes[index] == 40, !passesParentheses(withBlanks: false) { return 0 }
    }
    guard index < bytes.count, bytes[index] == 35 || bytes[index] == 62 else { return 0 }
    return index + 1 - next
  }
}
