import EvidenceTestSupport
import TenfoldTestSupport

/// Damages every recorded file of evidence many times.
enum EvidenceMutationRun {
  /// - Parameter count: damaged forms of all files together.
  /// - Returns: what did not hold.
  static func run(seed: UInt64, count: Int) throws -> [String] {
    let files = ["linux", "windows"].flatMap { system in
      Repository.names(in: "Tests/EvidenceTests/Recorded/\(system)", ending: ".json").map {
        "Tests/EvidenceTests/Recorded/\(system)/\($0)"
      }
    }
    guard !files.isEmpty else { return ["there are no recordings"] }
    let each = UInt64((count + files.count - 1) / files.count)
    let outcomes = Parallel.map(files) { file in
      // Encodings of Windows are undone by the reader before anything else.
      try EvidenceMutation.violations(
        in: try Repository.bytes(file), named: file, seeds: seed..<(seed + each))
    }
    print("\(files.count) recordings, \(each) damaged forms of each, from seed \(seed)")
    return try outcomes.flatMap { try $0.get() }
  }
}
