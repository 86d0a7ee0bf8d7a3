/// Bytes of a JSON text while it is written: two spaces of indentation, members in the order in
/// which they come, arrays of plain values on one line.
///
/// Its properties go without the check at run time that no two accesses overlap: they are private,
/// no method hands one out, and a plan has a quarter of a million accesses.
final class JSONOutput {
  /// An object or array that is not closed yet.
  private struct Open {
    var isArray: Bool
    var isEmpty = true
    /// The last element was an object or array, so the closing bracket gets a line of its own.
    var isTall = false
  }

  @exclusivity(unchecked) private var bytes: [UInt8] = []
  @exclusivity(unchecked) private var open: [Open] = []
  /// A member's name was written and its value is due.
  @exclusivity(unchecked) private var valueIsDue = false

  /// How many objects and arrays are open.
  var depth: Int { open.count }

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Writes a member's name, with the comma and the line before it.
  func name(_ key: String) {
    startElement(tall: true)
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    valueIsDue = true
  }

  func string(_ value: String) {
    startValue(tall: false)
    quote(value)
  }

  func literal(_ value: StaticString) {
    startValue(tall: false)
    value.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  func integer(_ value: Int64) {
    startValue(tall: false)
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  func begin(array: Bool) {
    startValue(tall: true)
    bytes.append(array ? UInt8(ascii: "[") : UInt8(ascii: "{"))
    open.append(Open(isArray: array))
  }

  /// Closes objects and arrays until `target` are open.
  func close(to target: Int) {
    while open.count > target, let last = open.popLast() {
      if last.isTall { newLine() }
      bytes.append(last.isArray ? UInt8(ascii: "]") : UInt8(ascii: "}"))
    }
  }

  /// Ends the text with a line feed.
  func finish() -> [UInt8] {
    close(to: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The text so far.
  var unfinished: [UInt8] { bytes }

  private func startValue(tall: Bool) {
    if valueIsDue {
      valueIsDue = false
    } else if !open.isEmpty {
      startElement(tall: tall)
    }
  }

  private func startElement(tall: Bool) {
    let last = open.count - 1
    guard last >= 0 else { return }
    if !open[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
    if tall {
      newLine()
    } else if !open[last].isEmpty {
      bytes.append(UInt8(ascii: " "))
    }
    open[last].isEmpty = false
    open[last].isTall = open[last].isTall || tall
  }

  private func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<open.count {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  /// Quotes a text as RFC 8259, section 7, asks: the quotation mark, the reverse solidus and the
  /// control characters are escaped, everything else stays UTF-8.
  private func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { units in
      if units.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: units)
      } else {
        for unit in units { escape(unit) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func escape(_ unit: UInt8) {
    switch unit {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(unit)
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0..<0x20:
      let digits = String(unit, radix: 16)
      bytes.append(contentsOf: (unit < 16 ? "\\u000" : "\\u00").utf8)
      bytes.append(contentsOf: digits.utf8)
    default: bytes.append(unit)
    }
  }
}
