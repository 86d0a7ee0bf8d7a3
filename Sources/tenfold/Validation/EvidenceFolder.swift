import Evidence
import Fabric
import Quantities
import Threads
import Validation

/// The files that collectors and people brought: evidence of hosts, and what switches printed.
struct EvidenceFolder {
  /// Largest file that is read, in bytes: a host of a thousand peers brings a few megabytes.
  static let limit = 1 << 26

  /// One entry a host: of several files the latest.
  private(set) var hosts: [HostEvidence] = []
  /// One entry a switch.
  private(set) var switches: [SwitchFacts] = []
  /// Texts of switches, in the order of files.
  private(set) var texts: [(file: String, text: [UInt8])] = []
  /// Measurements between hosts, in the order of files.
  private(set) var throughput: [Throughput] = []
  /// SHA-256 over all files, by name and content.
  let hash: String
  /// Files that are neither, and hosts with several.
  private(set) var notes: [Finding] = []

  /// Reads files and folders of them.
  /// - Throws: `Failure` when one cannot be read, `Findings` when evidence is damaged.
  init(_ paths: [String], of fabric: Fabric) throws {
    let files = try paths.flatMap(Self.files)
    let read = try concurrentMap(files) { file -> (content: Content, digest: String) in
      let bytes = try Files.read(file, limit: Self.limit)
      return (Self.content(of: file, bytes), SHA256.hexDigest(bytes))
    }
    hash = SHA256.hexDigest(
      Array(zip(files, read).map { "\(Files.name($0)) \($1.digest)\n" }.joined().utf8))
    var damaged: [Finding] = []
    var places: [String: Int] = [:]
    for (file, content) in zip(files, read.map(\.content)) {
      switch content {
      case .damaged(let findings): damaged += findings.all
      case .text(let bytes): texts.append((file, bytes))
      case .throughput(let own): throughput.append(own)
      case .host(let own):
        let name = own.facts.host.lowercased()
        guard let known = places[name] else {
          places[name] = hosts.count
          hosts.append(own)
          continue
        }
        notes.append(
          Finding(
            rule: "evidence-twice", severity: .note, position: SourcePosition(file: file),
            message: "\(own.facts.host) has several files of evidence: the latest counts"))
        if own.collected > hosts[known].collected { hosts[known] = own }
      }
    }
    guard damaged.isEmpty else { throw Findings(damaged) }
    try readTables(fabric)
  }

  private enum Content: Sendable {
    case host(HostEvidence)
    case text([UInt8])
    case throughput(Throughput)
    case damaged(Findings)
  }

  private static func files(_ path: String) throws -> [String] {
    guard Files.isFolder(path) else { return [path] }
    let stem = Files.withoutTrailingSlash(path)
    return try Files.names(in: path).filter { !$0.hasPrefix(".") }.map { "\(stem)/\($0)" }
      .flatMap { Files.isFolder($0) ? try files($0) : [$0] }
  }

  private static func content(of file: String, _ bytes: [UInt8]) -> Content {
    guard bytes.count <= limit else {
      return .damaged(
        Findings([
          Finding(
            rule: "evidence-syntax", position: SourcePosition(file: file),
            message: "the file has more than \(limit) bytes")
        ]))
    }
    let name = file.lowercased()
    guard name.hasSuffix(".json") || name.hasSuffix(".jsonl") else { return .text(bytes) }
    do throws(Findings) {
      if name.hasSuffix(".jsonl") {
        return .throughput(try ThroughputLines.read(bytes, file: file))
      }
      return .host(HostEvidence(try EvidenceJSON.file(from: bytes, file: file)))
    } catch {
      return .damaged(error)
    }
  }

  /// What switches print, from texts that are named after them or show their prompt.
  private mutating func readTables(_ fabric: Fabric) throws {
    var found: [String: SwitchFacts] = [:]
    let neighbours = NeighbourTableReader(
      nodes: fabric.devices.map { ($0.name, $0.ports.map(\.name)) }
        + fabric.hosts.map { ($0.name, $0.cards.flatMap(\.ports)) })
    for (file, bytes) in texts {
      guard let device = Self.device(of: file, bytes, fabric) else {
        notes.append(
          Finding(
            rule: "evidence-file", severity: .warning, position: SourcePosition(file: file),
            message: "nobody can tell of which switch this is",
            hint:
              "name the file after the switch, such as \(fabric.devices.first?.name ?? "tor").txt"))
        continue
      }
      found[device.name, default: SwitchFacts(device: device.name)].add(
        SwitchTables.facts(
          of: bytes, device: device.name, ports: device.ports.map(\.name),
          bundles: fabric.intent(device.name)?.lags.map(\.number) ?? [], neighbours: neighbours))
    }
    switches = fabric.devices.compactMap { found[$0.name] }
  }

  /// The switch whose name is the file's, or whose prompt stands in the text.
  private static func device(of file: String, _ bytes: [UInt8], _ fabric: Fabric) -> Device? {
    let name = Files.name(file).lowercased()
    let stem = String(name.prefix { $0 != "." })
    if let device = fabric.devices.first(where: { $0.name.lowercased() == stem }) { return device }
    let head = bytes.prefix(1 << 16).split(separator: 10)
    return fabric.devices.first { device in
      let own = Array(device.name.utf8)
      return head.contains { line in
        let line = line.drop { $0 == 32 || $0 == 13 }
        guard line.starts(with: own), let next = line.dropFirst(own.count).first else {
          return line.starts(with: Array("hostname ".utf8) + own)
        }
        return next == UInt8(ascii: "#") || next == UInt8(ascii: ">") || next == UInt8(ascii: "(")
      }
    }
  }
}
