import Quantities
import TemplateText

/// The operating systems that are known, from `systems.txt`.
struct SystemTable: Sendable {
  private var systems: [String: HostSystem] = [:]

  /// `nil` for one that is not known.
  subscript(os: String) -> HostSystem? { systems[os] }

  /// Known systems, ascending.
  var names: [String] { systems.keys.sorted { $0.precedesInBytes($1) } }

  /// Reads a table: one line a value, `SYSTEM KEY VALUE FACT`; a value of several words stands in
  /// quotation marks, `#` starts a comment.
  /// - Parameter knows: whether a fact exists.
  /// - Throws: `Findings` for lines that cannot be understood and keys that are missing.
  init(_ text: String, file: String, knows: (String) -> Bool) throws(Findings) {
    var values: [String: [String: String]] = [:]
    var findings: [Finding] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let place = SourcePosition(file: file, line: index + 1)
      guard let words = SystemTable.words(line), words.count == 4 else {
        findings.append(
          Finding(
            rule: "host-systems", position: place, message: "expected SYSTEM KEY VALUE FACT"))
        continue
      }
      if !knows(words[3]) {
        findings.append(
          Finding(
            rule: "host-systems", position: place,
            message: "names fact \"\(words[3])\" that no facts.tsv has"))
      }
      values[words[0], default: [:]][words[1]] = words[2]
    }
    for name in values.keys.sorted(by: { $0.precedesInBytes($1) }) {
      guard let system = SystemTable.system(values[name] ?? [:]) else {
        findings.append(
          Finding(
            rule: "host-systems", position: SourcePosition(file: file),
            message: "system \(name) lacks a key or has a value that is none"))
        continue
      }
      systems[name] = system
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }

  private static func system(_ values: [String: String]) -> HostSystem? {
    if let networkOS = values["network-os"], let module = values["config-module"] {
      return .network(NetworkSystem(networkOS: networkOS, module: module))
    }
    guard let name = values["name"] else { return nil }
    if let list = values["formats"] {
      let formats = list.split(separator: ",").map { LinuxSystem.Format(rawValue: String($0)) }
      guard !formats.contains(nil), !formats.isEmpty else { return nil }
      return .linux(
        LinuxSystem(name: name, formats: LinuxSystem.Format.allCases.filter(formats.contains)))
    }
    guard let build = values["build"].flatMap({ Int($0) }),
      let team = values["guest-team"].flatMap(WindowsSystem.GuestTeam.init(rawValue:)),
      let rdma = flag(values["virtual-rdma"]), let limit = flag(values["cluster-limit"])
    else { return nil }
    return .windows(
      WindowsSystem(
        name: name, build: build, guestTeam: team, hasVirtualRDMA: rdma, hasClusterLimit: limit))
  }

  private static func flag(_ text: String?) -> Bool? {
    switch text {
    case "yes": true
    case "no": false
    default: nil
    }
  }

  /// `nil` for a quotation mark that is not closed.
  private static func words(_ line: Substring) -> [String]? {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return nil }
    return parts.enumerated().flatMap { index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }
}
