import Evidence
import JSONText
import Quantities
import TenfoldTestSupport
import Validation

/// Writes evidence as collectors do, of what it is to say: the outputs of tools, in one of the many
/// shapes that their releases have. It shares nothing with the readers.
///
/// Each value that is known can be read from what is written, whatever shapes were drawn; one that
/// is unknown cannot, for the reason that it has.
public struct EvidenceRenderer {
  var random: SplitMix64

  /// The same seed draws the same shapes.
  public init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The file of one host.
  public mutating func file(_ evidence: HostEvidence) -> EvidenceFile {
    let facts = evidence.facts
    let outputs: [ToolOutput]
    switch facts.system {
    case .linux:
      var renderer = LinuxRenderer(facts, random)
      outputs = renderer.outputs()
      random = renderer.random
    case .windows:
      var renderer = WindowsRenderer(facts, random)
      outputs = renderer.outputs()
      random = renderer.random
    }
    return EvidenceFile(
      collector: "tenfold-kit-\(facts.system.rawValue) 1",
      // Names of Windows hosts are in capitals as often as not.
      host: random.chance(20) ? facts.host.uppercased() : facts.host, system: facts.system,
      plan: evidence.plan, collected: evidence.collected, isPrivileged: evidence.isPrivileged,
      outputs: outputs, probes: evidence.probes, reach: evidence.reach)
  }

  /// The same as it lies on disk: UTF-8, or what Windows PowerShell makes of it.
  /// - Throws: what cannot be written as JSON.
  public mutating func bytes(_ evidence: HostEvidence) throws -> [UInt8] {
    let file = file(evidence)
    let bytes = try JSONWriter.bytes(file, capacity: 1 << 16)
    guard file.system == .windows else { return bytes }
    switch random.int(0...3) {
    case 0: return [0xEF, 0xBB, 0xBF] + bytes
    case 1: return EvidenceRenderer.utf16(bytes, highFirst: false)
    case 2: return EvidenceRenderer.utf16(bytes, highFirst: true)
    default: return bytes
    }
  }

  private static func utf16(_ bytes: [UInt8], highFirst: Bool) -> [UInt8] {
    let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
    var result: [UInt8] = highFirst ? [0xFE, 0xFF] : [0xFF, 0xFE]
    result.reserveCapacity(2 * units.count + 2)
    for unit in units {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      result += highFirst ? [high, low] : [low, high]
    }
    return result
  }
}

extension HostEvidence {
  /// The same after a way through a file.
  /// - Throws: what cannot be written or read.
  public func rendered(seed: UInt64) throws -> HostEvidence {
    var renderer = EvidenceRenderer(seed: seed)
    let bytes = try renderer.bytes(self)
    return HostEvidence(try EvidenceJSON.file(from: bytes, file: facts.host))
  }
}
