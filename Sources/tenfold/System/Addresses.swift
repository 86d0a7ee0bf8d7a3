import Quantities

/// Addresses that a user typed.
enum Addresses {
  /// - Throws: `Failure` for a word that is none.
  static func read(_ words: [String]) throws(Failure) -> [IPv4Address] {
    var addresses: [IPv4Address] = []
    for word in words {
      guard let address = IPv4Address(word) else {
        throw Failure([Finding(rule: "usage", message: "\"\(word)\" is no IPv4 address")], .usage)
      }
      addresses.append(address)
    }
    return addresses
  }
}
