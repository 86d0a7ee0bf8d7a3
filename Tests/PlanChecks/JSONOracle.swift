import Fabric
import Foundation
import Quantities
import SwitchConfig

/// Whether a reader's VLANs are those of a configuration in JSON, looked up with another parser.
struct JSONOracle {
  private let before: ReadConfig
  private let after: ReadConfig
  private let bytes: [UInt8]

  init(_ before: ReadConfig, _ after: ReadConfig, _ bytes: [UInt8]) {
    self.before = before
    self.after = after
    self.bytes = bytes
  }

  /// What the text does not account for: a VLAN that it does not hold, or one left out unsaid.
  func violations() -> [String] {
    let read = Set(VLANOracle.pairs(after.intent).map(Self.shown))
    let object = try? JSONSerialization.jsonObject(with: Data(bytes))
    guard let tables = object as? [String: Any] else {
      let isSaid = after.findings.contains { $0.severity == .error }
      return isSaid ? [] : ["the text is no JSON, and nobody says so"]
    }
    let members = tables["VLAN_MEMBER"] as? [String: Any] ?? [:]
    var held: Set<String> = []
    for (key, fields) in members {
      let parts = key.split(separator: "|").map(String.init)
      let mode = (fields as? [String: Any])?["tagging_mode"] as? String
      guard parts.count == 2, let mode, parts[0].hasPrefix("Vlan"),
        let vlan = Int(parts[0].dropFirst(4))
      else { continue }
      let lag = parts[1].hasPrefix("PortChannel") ? Int(parts[1].dropFirst(11)) : nil
      held.insert("\(lag.map { "port-channel \($0)" } ?? parts[1]) \(mode) \(vlan)")
    }
    let invented = read.subtracting(held).sorted().map { "\($0) is read, and the text lacks it" }
    let lost = held.subtracting(read)
    if lost.isEmpty || saysMore(nil) { return invented }
    return invented + lost.sorted().map { "\($0) is left out, and nobody says so" }
  }

  private static func shown(_ pair: VLANOracle.Pair) -> String {
    "\(pair.name) \(pair.isTagged ? "tagged" : "untagged") \(pair.vlan)"
  }

  /// Whether something is told that was not told of the text as it was.
  private func saysMore(_ severity: Severity?) -> Bool {
    let known = Set(before.findings.map(\.message))
    let unknown = Set(before.unknown.map(\.text))
    return after.findings.contains {
      (severity == nil || $0.severity == severity) && !known.contains($0.message)
    } || (severity == nil && after.unknown.contains { !unknown.contains($0.text) })
  }
}
