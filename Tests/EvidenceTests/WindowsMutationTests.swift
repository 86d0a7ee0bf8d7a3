import Evidence
import Quantities
import TenfoldTestSupport
import Testing

/// Damages evidence in ways that leave most of it readable, which bytes at random would not.
enum WindowsMutation {
  /// Values that stand where others were expected.
  private static let oddities = [
    "null", "[]", "{}", "\"\"", "0", "-1", "1", "4095", "65535", "65536", "4294967295",
    "9223372036854775807", "-9223372036854775808", "18446744073709551615", "1e999", "0.5", "true",
    "false", "\"True\"", "\"Disabled\"", "[[]]", "[[[1]]]", "[null,1,\"x\",{}]", "\"0:2/0 0:4/0\"",
    "{\"value\":[{}],\"Count\":1}", "{\"Name\":\"nic1-p1\"}", "\"Access\"", "\"10.0.0.0/33\"",
    "\"99999999999999999999 Gbps\"", "\"2,5 Gbps\"", "\"\\u0000\"", "\"優先順位\"", "\"nic1-p1\"",
  ]

  /// Reads damaged copies of the files and holds what comes out to what facts promise.
  /// - Returns: How many of them were still evidence.
  static func run(_ files: [[UInt8]], seed: UInt64, count: Int) -> Int {
    var random = SplitMix64(seed: seed)
    var mutator = Mutator(.yaml, seed: seed)
    var read = 0
    for round in 0..<count {
      var bytes = random.pick(files)
      if random.chance(80) {
        bytes = plain(bytes)
        for _ in 0..<random.int(1...8) { bytes = changed(bytes, &random) }
      } else {
        bytes = mutator.damaged(bytes)
      }
      do {
        let file = try EvidenceJSON.file(from: bytes, file: "x")
        read += 1
        let facts = HostFactsReader.facts(of: file)
        check(facts, file, "seed \(seed), round \(round)")
      } catch {
        #expect(!error.all.isEmpty)
      }
    }
    return read
  }

  private static func check(_ facts: HostFacts, _ file: EvidenceFile, _ place: Comment) {
    #expect(facts == HostFactsReader.facts(of: file), place)
    for line in WindowsFactsText.lines(of: facts).split(separator: "\n") {
      // Each reading shows its output in brackets.
      guard let bracket = line.firstIndex(of: "("), let end = line[bracket...].firstIndex(of: ")"),
        let output = Int(line[line.index(after: bracket)..<end])
      else { continue }
      #expect(file.outputs.indices.contains(output) || output < 0, place)
    }
    for interface in facts.interfaces.value ?? [] {
      #expect(interface.mtu.value.map { (68...65_575).contains($0) } ?? true, place)
      #expect(interface.rate.value.map { $0.bitsPerSecond > 0 } ?? true, place)
      #expect(interface.receive.queues.value.map { $0 > 0 } ?? true, place)
      for share in interface.dcb.classes.value?.compactMap(\.share) ?? [] {
        #expect((1...100).contains(share), place)
      }
    }
  }

  /// The same in UTF-8, in which tokens are found.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// One value or name of the outputs is another one.
  private static func changed(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    let tokens = tokens(bytes)
    guard !tokens.isEmpty else { return bytes }
    let token = random.pick(tokens)
    let new: [UInt8]
    if token.isName {
      new = Array(bytes[random.pick(tokens.filter(\.isName)).range])
    } else if random.chance(70) {
      new = Array(random.pick(oddities).utf8)
    } else {
      new = Array(bytes[random.pick(tokens.filter { !$0.isName }).range])
    }
    return Array(bytes[..<token.range.lowerBound]) + new + Array(bytes[token.range.upperBound...])
  }

  private static func tokens(_ bytes: [UInt8]) -> [(range: Range<Int>, isName: Bool)] {
    var tokens: [(range: Range<Int>, isName: Bool)] = []
    // What stands before the outputs is refused when it is wrong.
    var at = bytes.firstIndex(of: UInt8(ascii: "[")) ?? bytes.count
    while at < bytes.count {
      let start = at
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
          at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        at = min(bytes.count, at + 1)
        tokens.append((start..<at, at < bytes.count && bytes[at] == UInt8(ascii: ":")))
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        let ends: [UInt8] = Array(",]} \n\"".utf8)
        while at < bytes.count, !ends.contains(bytes[at]) { at += 1 }
        if at == start { at += 1 }
        tokens.append((start..<at, false))
      default: at += 1
      }
    }
    return tokens
  }
}

@Suite("Damaged evidence of Windows hosts")
struct WindowsMutationTests {
  @Test("No damage crashes the reader or makes it tell what cannot be")
  func damage() throws {
    let files = try WindowsRecordedTests.names.map { name in
      try Repository.bytes("\(WindowsRecordedTests.folder)/\(name)")
    }
    let read = WindowsMutation.run(files, seed: 1, count: 300)
    #expect(read > 100, "\(read) of 300 were still evidence")
  }
}
