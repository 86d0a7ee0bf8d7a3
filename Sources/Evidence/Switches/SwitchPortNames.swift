/// Ports and bundles of one switch by every way to write them.
public struct SwitchPortNames: Sendable {
  /// Words that stand before the number of a bundle, without hyphens: platforms write `Po 1`,
  /// `port-channel 1`, `PortChannel1`, `Mpo1`, `lag 1`, `bond1`.
  private static let bundleWords: Set<String> = [
    "po", "portchannel", "mpo", "mlagportchannel", "lag", "bond", "bonding",
  ]
  /// Most ports that a range is taken for.
  private static let longestRange = 256

  /// The ports alone.
  let ports: PortIndex
  private let bundles: Set<Int>

  /// - Parameters:
  ///   - ports: ports of the switch, as the plan names them.
  ///   - bundles: numbers of its LAGs.
  public init(ports: [String], bundles: [Int]) {
    self.ports = PortIndex(ports)
    self.bundles = Set(bundles)
  }

  /// The port, or the bundle as `lag 3`, that a word names; `nil` when none or several may be meant.
  func place(_ word: String) -> String? { ports.port(word) ?? bundle(word) }

  private func bundle(_ word: String) -> String? {
    let plain = word.lowercased().utf8.filter { $0 != 32 && $0 != UInt8(ascii: "-") }
    guard let start = plain.firstIndex(where: { (48...57).contains($0) }),
      Self.bundleWords.contains(String(decoding: plain[..<start], as: UTF8.self)),
      let number = Int(String(decoding: plain[start...], as: UTF8.self)), bundles.contains(number)
    else { return nil }
    return "lag \(number)"
  }

  /// Places of a list such as `Te 0/30,35-37`, `Eth1/1/1-1/1/8,1/1/12` or `Et1, Et2`: what comes after
  /// a comma without a word or a slot of its own has those of the one before. What is in no plan is left out.
  func places(_ list: String) -> [String] {
    var found: [String] = []
    var kind = ""
    var slot = ""
    for part in list.split(separator: ",") {
      let text = part.filter { $0 != " " && $0 != "\t" }
      let word = text.prefix { !$0.isNumber }
      if !word.isEmpty { kind = String(word) }
      var number = String(text.dropFirst(word.count))
      let own = number.prefix { $0 != "-" }
      if let end = own.lastIndex(of: "/") {
        slot = String(own[...end])
      } else if word.isEmpty {
        number = slot + number
      }
      // Names may hold a hyphen themselves: `qsfpplus1-1`.
      if let own = place(kind + number) {
        found.append(own)
      } else {
        found += Self.range(number, kind).compactMap(place)
      }
    }
    return found
  }

  /// The names of `0/9-11`, `1/1/1-1/1/8` or `0/9` with a word before each.
  private static func range(_ text: String, _ kind: String) -> [String] {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let start = Int(ends[0].split(separator: "/").last ?? ""),
      let end = Int(ends[1].split(separator: "/").last ?? "")
    else { return [kind + text] }
    let head = ends[0].lastIndex(of: "/").map { ends[0][...$0] } ?? ""
    let other = ends[1].lastIndex(of: "/").map { ends[1][...$0] } ?? head
    guard head == other, start <= end, end - start < longestRange else { return [] }
    return (start...end).map { "\(kind)\(head)\($0)" }
  }
}
