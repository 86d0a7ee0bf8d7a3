import CatalogModel
import Fabric
import SwitchConfig
import TenfoldTestSupport

/// Damages the configurations that Tenfold did not write, and holds what the reader makes of them
/// against the text.
public enum StrangerMutationCheck {
  private static let folder = "Tests/CommandTests/Strangers"

  /// What became of the mutations.
  public struct Outcome: Sendable {
    public var tried = 0
    /// Those by which a port is in another VLAN.
    public var moved = 0
    public var failures: [String] = []
  }

  /// Reads so many mutations, each of a seed of its own from this one on.
  public static func check(
    seed: UInt64, count: Int, progress: (Int) -> Void = { _ in }
  ) throws -> Outcome {
    let texts = try Repository.names(in: folder, ending: ".cfg").map { name in
      (name: name, bytes: try Repository.bytes("\(folder)/\(name)"))
    }
    let before = try texts.map { try read($0.bytes, $0.name) }
    var outcome = Outcome()
    guard !texts.isEmpty else { return outcome }
    for number in 0..<count {
      var random = SplitMix64(seed: seed &+ UInt64(number))
      let place = random.int(0...(texts.count - 1))
      let mutation = StrangerMutation.draw(texts[place].bytes, &random)
      progress(number)
      outcome.tried += 1
      // Now and then nobody says whose the text is.
      if random.chance(5) { _ = try ShippedTemplates.read(mutation.bytes, file: "any") }
      guard let old = before[place], let new = try read(mutation.bytes, texts[place].name) else {
        continue
      }
      if VLANOracle.pairs(new.intent) == VLANOracle.pairs(old.intent) { continue }
      outcome.moved += 1
      outcome.failures += violations(old, texts[place].bytes, new, mutation.bytes).map {
        "\(texts[place].name), seed \(seed &+ UInt64(number)): \(mutation.name): \($0)"
      }
    }
    return outcome
  }

  /// What the oracle says of a reader that takes a changed text for another one.
  public static func violations(
    in changed: [UInt8], of text: [UInt8], readAs wrong: [UInt8], _ os: SwitchOS
  ) throws -> [String] {
    guard let before = try ShippedTemplates.read(text, os, file: "a"),
      let after = try ShippedTemplates.read(wrong, os, file: "a")
    else { return [] }
    return violations(before, text, after, changed)
  }

  private static func violations(
    _ before: ReadConfig, _ text: [UInt8], _ after: ReadConfig, _ changed: [UInt8]
  ) -> [String] {
    switch before.os {
    case .sonic: JSONOracle(before, after, changed).violations()
    case .routeros: MenuOracle(before, after, changed).violations()
    default: VLANOracle(before, text, after, changed).violations()
    }
  }

  /// The names of the files start with the dialect.
  private static func read(_ bytes: [UInt8], _ name: String) throws -> ReadConfig? {
    let os = SwitchOS(rawValue: String(name.prefix { $0 != "-" }))
    return try ShippedTemplates.read(bytes, os, file: name)
  }
}
