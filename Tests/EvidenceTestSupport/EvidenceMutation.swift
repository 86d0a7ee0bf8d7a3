import Evidence
import Quantities
import TenfoldTestSupport

/// Damages evidence in repeatable ways, as bytes and behind its frame, and reads it all the same.
public enum EvidenceMutation {
  /// Reads damaged forms of a file of evidence, one for each seed, and says what did not hold. A
  /// trap ends the process: that is the other thing this is for.
  public static func violations(
    in file: [UInt8], named name: String, seeds: Range<UInt64>
  ) throws -> [String] {
    let sound = try EvidenceJSON.file(from: file, file: name)
    var found: [String] = []
    for seed in seeds {
      var mutation = Mutation(random: SplitMix64(seed: seed))
      let evidence: EvidenceFile
      if mutation.random.chance(20) {
        // Most such files are refused, which is right.
        guard let read = try? EvidenceJSON.file(from: mutation.bytes(file), file: name) else {
          continue
        }
        evidence = read
      } else {
        evidence = mutation.damaged(sound)
      }
      let facts = HostFactsReader.facts(of: evidence)
      found += FactsCheck.violations(of: facts, outputs: evidence.outputs.count)
        .map { "\(name), seed \(seed): \($0)" }
    }
    return found
  }
}

/// The damage of one seed.
private struct Mutation {
  var random: SplitMix64

  /// Evidence with some damaged outputs, or outputs that are missing or stand twice. Many at once,
  /// for each seed costs a whole reading.
  mutating func damaged(_ file: EvidenceFile) -> EvidenceFile {
    var file = file
    for _ in 0..<random.int(1...20) where !file.outputs.isEmpty {
      let place = random.int(0...(file.outputs.count - 1))
      switch random.int(0...11) {
      case 0: file.outputs.remove(at: place)
      case 1: file.outputs.append(file.outputs[place])
      case 2:
        let other = random.int(0...(file.outputs.count - 1))
        let text = file.outputs[other].text
        file.outputs[place].text = text
      case 3: file.outputs[place].status = random.pick([0, 1, 2, 126, 127, 255, -1])
      case 4: (file.outputs[place].text, file.outputs[place].value) = ("", nil)
      default:
        let bytes = self.bytes(Array(file.outputs[place].text.utf8))
        file.outputs[place].text = String(decoding: bytes, as: UTF8.self)
      }
    }
    return file
  }

  /// A text with one to four kinds of damage: numbers that are out of place, which leave its form
  /// as it is, or anything else.
  mutating func bytes(_ text: [UInt8]) -> [UInt8] {
    var text = text
    let keepsForm = random.chance(50)
    for _ in 0..<random.int(1...4) where !text.isEmpty {
      text = keepsForm ? number(text) : once(text)
    }
    return text
  }

  private static let numbers = [
    "-1", "0", "00", "1e9", "1.5", "7", "8", "33", "255", "4095", "4096", "65536", "99999999999",
    "2147483648",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
    "18446744073709551616", "99999999999999999999999999",
  ]
  private static let words = [
    "null", "true", "[]", "{}", "\"\"", "\"x\"", "[[]]", "n/a", "Unknown!", ":", "=", "\r", "\t",
    "\u{0}",
    "é", "default", "Operation not permitted", "netlink error: Operation not supported\n",
  ]

  private mutating func once(_ text: [UInt8]) -> [UInt8] {
    var text = text
    let place = random.int(0...(text.count - 1))
    switch random.int(0...8) {
    case 0: text[place] = UInt8(random.int(0...255))
    case 1: text.removeSubrange(place..<min(text.count, place + random.int(1...60)))
    case 2: text = Array(text[..<place])
    case 3: text.insert(contentsOf: Array(random.pick(Mutation.words).utf8), at: place)
    case 4: text = parts(text, at: UInt8(ascii: "\n"))
    case 5: text = parts(text, at: UInt8(ascii: ","))
    case 6: text = token(text, near: place, to: random.pick(Mutation.words))
    default: text = token(text, near: place, to: random.pick(Mutation.numbers))
    }
    return text
  }

  /// Drops, doubles or swaps lines, or what stands between commas.
  private mutating func parts(_ text: [UInt8], at separator: UInt8) -> [UInt8] {
    var parts = text.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    let (one, other) = (random.int(0...(parts.count - 1)), random.int(0...(parts.count - 1)))
    switch random.int(0...2) {
    case 0: parts.remove(at: one)
    case 1: parts.insert(parts[one], at: other)
    default: parts.swapAt(one, other)
    }
    return Array(parts.joined(separator: [separator]))
  }

  /// Replaces a number that stands alone by another.
  private mutating func number(_ text: [UInt8]) -> [UInt8] {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool {
      (65...90).contains(byte) || (97...122).contains(byte) || byte == 46 || byte == 95
    }
    let starts = text.indices.filter { place in
      guard isDigit(text[place]) else { return false }
      return place == 0 || !isDigit(text[place - 1]) && !isLetter(text[place - 1])
    }
    guard !starts.isEmpty else { return text }
    let start = random.pick(starts)
    let end = text[start...].firstIndex { !isDigit($0) } ?? text.count
    return Array(text[..<start]) + Array(random.pick(Mutation.numbers).utf8) + Array(text[end...])
  }

  /// Replaces the first number or word after a place.
  private func token(_ text: [UInt8], near place: Int, to word: String) -> [UInt8] {
    func isWord(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || byte == 46
        || (97...122).contains(byte)
    }
    guard let start = text[place...].firstIndex(where: isWord) else { return text }
    let end = text[start...].firstIndex { !isWord($0) } ?? text.count
    return Array(text[..<start]) + Array(word.utf8) + Array(text[end...])
  }
}
