/// Names of ports as platforms, tools and people write them.
public enum PortName {
  /// Whether two texts name one port: their numbers are equal, and the word before them is the same
  /// or a shorter form of the other (`Te 0/1`, `TenGigabitEthernet0/1`, `Eth1/1`, `ethernet 1/1`).
  public static func same(_ left: String, _ right: String) -> Bool {
    guard let a = parts(left), let b = parts(right) else {
      return left.lowercased() == right.lowercased()
    }
    return a.number == b.number && (a.word.hasPrefix(b.word) || b.word.hasPrefix(a.word))
  }

  private static func parts(_ text: String) -> (word: String, number: String)? {
    let plain = text.lowercased().utf8.filter { $0 != 32 && $0 != 9 }
    guard let start = plain.firstIndex(where: { (48...57).contains($0) }) else { return nil }
    let word = String(decoding: plain[..<start], as: UTF8.self)
    let number = String(decoding: plain[start...], as: UTF8.self)
    // A number alone is the index of an interface on some platforms, and no name.
    return word.isEmpty ? nil : (word, number)
  }
}
