import Fabric
import Quantities

/// The management address that both switches of a pair answer at.
struct SharedAddress {
  let names: [String]
  let port: String
  let address: IPv4Address

  /// `nil` where the platform of the pair has none.
  init?(_ fabric: Fabric) {
    let pair = fabric.intents.filter { $0.pair?.sharedAddress != nil }
    guard let address = pair.first?.pair?.sharedAddress else { return nil }
    names = pair.map(\.hostname)
    port = pair.first?.management?.interface ?? ""
    self.address = address
  }
}
