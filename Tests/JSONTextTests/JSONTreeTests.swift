import JSONText
import Testing

@Suite struct JSONTreeTests {
  private func tree(_ text: String, _ limits: JSONLimits = JSONLimits()) throws -> JSONTree {
    try JSONTree(Array(text.utf8), limits: limits)
  }

  /// The byte and the words of the error; `nil` when the text is read.
  private func error(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) -> String? {
    do throws(JSONSyntaxError) {
      _ = try JSONTree(bytes, limits: limits)
      return nil
    } catch { return "\(error.offset): \(error.message)" }
  }

  private func error(_ text: String, _ limits: JSONLimits = JSONLimits()) -> String? {
    error(Array(text.utf8), limits)
  }

  @Test("Each value knows its kind and the byte where it starts")
  func values() throws {
    let tree = try tree(#" {"a": [1, -2, true, null, "é"], "b": {}} "#)
    #expect(tree.offset == 1)
    #expect(tree.kind == "an object")
    let list = try #require(tree.member("a"))
    guard case .array(let elements) = list.value else {
      Issue.record("a list was expected")
      return
    }
    #expect(elements.map(\.offset) == [8, 11, 15, 21, 27])
    #expect(
      elements.map(\.kind) == ["a number", "a number", "true or false", "null", "a text"])
    guard case .integer(-2) = elements[1].value, case .string("é") = elements[4].value else {
      Issue.record("-2 and é were expected")
      return
    }
    #expect(tree.member("c") == nil)
    #expect(elements[0].member("a") == nil)
  }

  @Test("A name that stands twice is refused in plans; of tools the first is taken")
  func repeatedNames() throws {
    let text = #"{"a":1,"b":2,"a":3}"#
    #expect(error(text) == #"13: the name "a" stands here twice"#)
    let tree = try tree(text, .tools)
    guard case .integer(1) = tree.member("a")?.value, case .object(let members) = tree.value else {
      Issue.record("the first of both was expected")
      return
    }
    #expect(members.map(\.name) == ["a", "b", "a"])
  }

  @Test(
    "Numbers with a fraction, an exponent or more than 64 bits are decimals of tools",
    arguments: [
      "1.5", "-0.25", "1e9", "1E+9", "2e-3", "9223372036854775808", "-9223372036854775809",
      "18446744073709551615",
    ])
  func decimals(text: String) throws {
    guard case .decimal(text) = try tree(text, .tools).value else {
      Issue.record("\(text) is no decimal")
      return
    }
    #expect(error(text)?.hasPrefix("0: ") == true)
  }

  @Test("Whole numbers reach both ends of 64 bits")
  func integers() throws {
    for number in [0, -1, Int64.max, Int64.min] {
      guard case .integer(number) = try tree(String(number)).value else {
        Issue.record("\(number)")
        return
      }
    }
  }

  @Test(
    "What is no JSON is refused, at the right byte",
    arguments: [
      ("", "0: the text ends where a value was expected"),
      ("01", "0: a number has no leading zeros"),
      ("-", "1: a digit was expected"), ("1.", "2: a digit was expected"),
      ("1e", "2: a digit was expected"), ("nul", "0: no JSON value starts here"),
      ("[1 2]", "3: a comma or ] was expected"), ("{\"a\" 1}", "5: a colon was expected"),
      ("{1:2}", "1: a name in quotes was expected"), ("[1,]", "3: no JSON value starts here"),
      ("1 2", "2: something follows the end of the text"), ("\"a", "0: this text has no end"),
      ("\"\\q\"", "3: \\ is followed by a letter that means nothing"),
      ("\"\\ud800x\"", "7: half of a surrogate pair"),
      ("\"\\udc00\"", "7: half of a surrogate pair"),
      ("\"\\u12g4\"", "3: four hexadecimal digits were expected"),
      ("\"\n\"", "1: a control character stands inside a text"),
    ])
  func refused(text: String, expected: String) {
    #expect(error(text, .tools) == expected)
  }

  @Test("Escapes and surrogate pairs are one text; bytes that are no UTF-8 are refused")
  func texts() throws {
    guard
      case .string("\"\\/\u{8}\u{C}\n\r\té😀\u{0}") =
        try tree(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000""#).value
    else {
      Issue.record("another text")
      return
    }
    #expect(error([0x22, 0xFF, 0x22]) == "0: this text is not UTF-8")
  }

  @Test("Limits of size, depth and number hold")
  func limits() {
    var limits = JSONLimits()
    (limits.depth, limits.values, limits.size) = (3, 4, 30)
    #expect(error("[[[1]]]", limits) == nil)
    #expect(error("[[[[]]]]", limits) == "3: nested deeper than 3 levels")
    #expect(error("[1,2,3]", limits) == nil)
    #expect(error("[1,2,3,4]", limits) == "7: more than 4 values")
    #expect(
      error(String(repeating: " ", count: 31), limits) == "0: the file has 31 bytes, more than 30")
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(error(deep) == "64: nested deeper than 64 levels")
  }
}
