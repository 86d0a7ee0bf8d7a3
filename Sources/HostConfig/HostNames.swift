import Fabric
import Quantities

/// Names of a plan that stand in scripts.
enum HostNames {
  /// Refuses names that could end a quoted text, start a line of their own or leave their folder.
  /// - Throws: `Findings` with each such name.
  static func check(_ fabric: Fabric) throws(Findings) {
    var names = [fabric.site.name] + fabric.site.hosts.map(\.name) + fabric.vlans.map(\.name)
    for host in fabric.hosts {
      names.append(host.name)
      names += host.cards.flatMap(\.ports)
    }
    names += fabric.devices.map(\.name)
    let bad = Set(names).filter { !isPlain($0) }.sorted { $0.precedesInBytes($1) }
    guard bad.isEmpty else {
      throw Findings(
        bad.map {
          Finding(
            rule: "host-name", subject: [$0],
            message: "a name for a script holds other characters than letters, digits and `-_.`")
        })
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
