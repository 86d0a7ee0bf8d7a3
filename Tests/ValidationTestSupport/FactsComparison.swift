import Evidence

/// Compares facts that were read with facts that were meant, field by field.
///
/// Not compared, since no reader could know it:
/// - `Source.output`: facts that were made directly come from no output;
/// - `Unknown.detail`: words for people; the reason itself is compared.
public enum FactsComparison {
  /// Where both differ, one line each; empty when they do not.
  public static func differences(_ read: HostFacts, _ meant: HostFacts) -> [String] {
    var lines: [String] = []
    // Names of hosts are compared without case by whoever asks for one.
    if read.host.lowercased() != meant.host.lowercased() {
      lines.append("host: \(read.host), not \(meant.host)")
    }
    var (left, right) = (read, meant)
    (left.interfaces, right.interfaces) = (.notCollected, .notCollected)
    (left.host, right.host) = ("", "")
    compare(left, right, "", &lines)
    switch (read.interfaces.value, meant.interfaces.value) {
    case (let own?, let other?): compare(own, other, &lines)
    default: compare(read.interfaces, meant.interfaces, "interfaces", &lines)
    }
    return lines
  }

  private static func compare(
    _ read: [InterfaceFacts], _ meant: [InterfaceFacts], _ lines: inout [String]
  ) {
    if read.map(\.name) != meant.map(\.name) {
      lines.append("interfaces: \(read.map(\.name)), not \(meant.map(\.name))")
    }
    for facts in read {
      guard let other = meant.first(where: { $0.name == facts.name }) else { continue }
      compare(facts, other, facts.name, &lines)
    }
  }

  /// Goes through all that both hold, so that no field is forgotten.
  private static func compare(
    _ left: Any, _ right: Any, _ path: String, _ lines: inout [String]
  ) {
    if let read = left as? any ComparedReading, let meant = right as? any ComparedReading {
      if read.compared != meant.compared {
        lines.append("\(path): \(read.compared), not \(meant.compared)")
      }
      return
    }
    let (mine, theirs) = (Mirror(reflecting: left), Mirror(reflecting: right))
    let isGroup =
      mine.displayStyle == .struct && mine.children.contains { $0.value is any ComparedReading }
      || left is InterfaceFacts || left is HostFacts
    guard isGroup else {
      if "\(left)" != "\(right)" { lines.append("\(path): \(left), not \(right)") }
      return
    }
    for (child, other) in zip(mine.children, theirs.children) {
      let name = child.label ?? ""
      compare(child.value, other.value, path.isEmpty ? name : "\(path).\(name)", &lines)
    }
  }
}

private protocol ComparedReading { var compared: String { get } }

extension Reading: ComparedReading {
  /// The value or the reason; all values here print in full.
  fileprivate var compared: String {
    switch self {
    case .known(let value, _): "\(value)"
    case .unknown(let why): "unknown: \(why.reason.rawValue)"
    }
  }
}
