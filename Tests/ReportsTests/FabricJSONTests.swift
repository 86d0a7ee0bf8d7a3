import Fabric
import JSONText
import Quantities
import ReportTestSupport
import Testing

@Suite("plan.json")
struct FabricJSONTests {
  @Test("A fabric that was written is read back as the same value")
  func roundTrip() throws {
    for fabric in [SampleFabric.spineLeaf(), SampleFabric.standalonePair()] {
      let bytes = try FabricJSON.bytes(fabric)
      let again = try FabricJSON.fabric(from: bytes, file: "plan.json")
      #expect(again == fabric)
      #expect(try FabricJSON.bytes(again) == bytes)
    }
  }

  @Test("Written in pieces it is what the fabric itself encodes")
  func pieces() throws {
    for fabric in [SampleFabric.spineLeaf(), SampleFabric.standalonePair()] {
      #expect(try FabricJSON.bytes(fabric) == JSONWriter.bytes(fabric))
    }
  }

  @Test("The text is two-space JSON with lists of plain values on one line")
  func form() throws {
    let text = String(decoding: try FabricJSON.bytes(SampleFabric.spineLeaf()), as: UTF8.self)
    #expect(text.hasPrefix("{\n  \"version\": 1,\n  \"date\": \"2026-11-01\",\n  \"site\": {\n"))
    #expect(text.hasSuffix("\n}\n"))
    #expect(text.contains("\"carries\": [20, 30]\n"))
    #expect(text.contains("\"oversubscription\": \"4\","))
    #expect(!text.contains("\"_0\""))
    #expect(!text.contains(" \n"))
  }

  /// Changes one piece of a good plan and returns the one finding.
  private func finding(_ old: String, _ new: String) throws -> Finding? {
    let text = String(decoding: try FabricJSON.bytes(SampleFabric.spineLeaf()), as: UTF8.self)
    guard let range = text.firstRange(of: old) else {
      Issue.record("the plan has no \(old)")
      return nil
    }
    return finding(Array(text.replacingCharacters(range, new).utf8))
  }

  private func finding(_ bytes: [UInt8]) -> Finding? {
    do throws(Findings) {
      _ = try FabricJSON.fabric(from: bytes, file: "out/plan.json")
      Issue.record("the plan was read")
      return nil
    } catch {
      #expect(error.all.count == 1)
      return error.all.first
    }
  }

  @Test("Another version is refused with both versions named")
  func version() throws {
    let finding = try finding("\"version\": 1", "\"version\": 2")
    #expect(finding?.rule == "plan-version")
    #expect(finding?.message == "the plan has format version 2")
    #expect(finding?.expected == "format version 1")
    #expect(finding?.position == SourcePosition(file: "out/plan.json", line: 2, column: 14))
  }

  @Test("A file that is no plan is refused")
  func notAPlan() {
    for text in ["{}", "[]", "3", "\"x\"", "{\"version\": 1}"] {
      #expect(finding(Array(text.utf8))?.message == "this is not a plan of Tenfold", "\(text)")
    }
  }

  @Test(
    "A wrong value is reported with its path",
    arguments: [
      ("\"site\": {", "\"site\": 4, \"x\": {", "site: found a number, expected an object"),
      ("\"name\": \"medium\"", "\"name\": 7", "site.name: found a number, expected a text"),
      ("\"name\": \"medium\",", "", "site: \"name\" is missing"),
      (
        "\"currency\": \"EUR\"", "\"currency\": \"euro\"",
        "site.currency: euro is not an ISO 4217 currency code"
      ),
      (
        "\"oversubscription\": \"4\"", "\"oversubscription\": \"4/0\"",
        "site.requirements.oversubscription: not a fraction in lowest terms: 4/0"
      ),
      (
        "\"oversubscription\": \"4\"", "\"oversubscription\": \"8/2\"",
        "site.requirements.oversubscription: not a fraction in lowest terms: 8/2"
      ),
      (
        "\"units\": 42", "\"units\": 42000000",
        "site.room.racks[0].units: the number 42000000 is out of range"
      ),
      (
        "\"rowPitch\": 1800", "\"rowPitch\": -1",
        "site.room.rowPitch: -1 is out of range for a length in millimetres"
      ),
      (
        "\"minorUnits\": 4500000", "\"minorUnits\": 4500000000000",
        "site.budget.total.minorUnits: 4500000000000 is out of range for an amount of money in minor units"
      ),
      (
        "\"carries\": [20, 30]", "\"carries\": [20, 4095]",
        "site.core.carries[1]: a VLAN id is 1 to 4094"
      ),
      (
        "\"switch\": {", "\"toaster\": {",
        "catalog.parts[1].spec: a part is one of switch, module, optic, cable, nic, accessory"
      ),
      (
        "\"id\": \"dell-s4810\"", "\"id\": \"zz\"",
        "catalog.parts: \"finisar-ftlx8571\" stands after \"zz\": not in the order of ids"
      ),
    ])
  func content(old: String, new: String, message: String) throws {
    let finding = try finding(old, new)
    #expect(finding?.rule == "plan-content")
    #expect(finding?.message == message)
  }

  @Test(
    "Text that is not the JSON of a plan is refused with its place",
    arguments: [
      ("", 1, 1, "the text ends where a value was expected"),
      ("{\n \"a\": }", 2, 7, "no JSON value starts here"),
      ("{\n \"a\": 1.5}", 2, 7, "a whole number was expected"),
      ("{\"a\": 1e9}", 1, 7, "a whole number was expected"),
      ("{\"a\": 01}", 1, 7, "a number has no leading zeros"),
      ("{\"a\": -}", 1, 8, "a digit was expected"),
      ("{\"a\": 9223372036854775808}", 1, 7, "the number does not fit 64 bits"),
      ("{\"a\": 1, \"a\": 2}", 1, 10, "the name \"a\" stands here twice"),
      ("{\"é\": x}", 1, 7, "no JSON value starts here"),
      ("[1, 2", 1, 6, "a comma or ] was expected"),
      ("{\"a\" 1}", 1, 6, "a colon was expected"),
      ("{1: 2}", 1, 2, "a name in quotes was expected"),
      ("[\"abc", 1, 2, "this text has no end"),
      ("[\"a\nb\"]", 1, 4, "a control character stands inside a text"),
      ("[\"\\q\"]", 1, 5, "\\ is followed by a letter that means nothing"),
      ("[\"\\ud800\"]", 1, 9, "half of a surrogate pair"),
      ("[\"\\udc00\"]", 1, 9, "half of a surrogate pair"),
      ("[\"\\u12g4\"]", 1, 5, "four hexadecimal digits were expected"),
      ("[] []", 1, 4, "something follows the end of the text"),
      ("[tru]", 1, 2, "no JSON value starts here"),
    ])
  func syntax(text: String, line: Int, column: Int, message: String) {
    let finding = finding(Array(text.utf8))
    #expect(finding?.rule == "plan-syntax")
    #expect(finding?.message == message)
    #expect(finding?.position == SourcePosition(file: "out/plan.json", line: line, column: column))
  }

  @Test("Bytes that are not UTF-8 are refused")
  func encoding() {
    #expect(finding([0x5B, 0x22, 0xFF, 0x22, 0x5D])?.message == "this text is not UTF-8")
    #expect(finding([0xFF, 0xFE, 0x00])?.message == "no JSON value starts here")
  }

  @Test("Depth, number of values and size have limits")
  func limits() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(finding(deep)?.message == "nested deeper than 64 levels")
    var wide = [UInt8(ascii: "[")]
    for _ in 0..<2_000_001 { wide += [UInt8(ascii: "1"), UInt8(ascii: ",")] }
    #expect(finding(wide)?.message == "more than 2000000 values")
    let large = [UInt8](repeating: 0x20, count: 64 << 20 + 1)
    #expect(finding(large)?.message == "the file has 67108865 bytes, more than 67108864")
  }

  @Test("Escapes are written and read back")
  func escapes() throws {
    var fabric = SampleFabric.standalonePair()
    fabric.reasons = [Reason(subject: "a\"b\\c\n\t\r\u{1}\u{1F}é😀", text: "/")]
    let bytes = try FabricJSON.bytes(fabric)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u001fé😀\""))
    #expect(try FabricJSON.fabric(from: bytes, file: "plan.json") == fabric)
    #expect(
      try FabricJSON.fabric(
        from: Array(
          text.replacing("é😀", with: "\\u00e9\\uD83D\\uDE00").replacing("\"/\"", with: "\"\\/\"")
            .utf8),
        file: "plan.json") == fabric)
  }

  @Test("The hash is the SHA-256 of the bytes")
  func hash() {
    #expect(
      FabricJSON.hash(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, _ new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
