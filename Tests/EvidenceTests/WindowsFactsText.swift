import Evidence
import Quantities

/// Facts as lines of text, one a value that somebody looked for, so that files can hold what is
/// expected of a host.
enum WindowsFactsText {
  static func lines(of facts: HostFacts) -> String {
    var lines: [String] = []
    add(facts, "", &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func add(_ value: Any, _ path: String, _ lines: inout [String]) {
    if let reading = value as? any ShownReading {
      switch reading.shown {
      case .known(let value, let output): add(value, "\(path) (\(output))", &lines)
      case .unknown(let reason):
        if reason.reason == .notCollected, reason.detail.isEmpty { return }
        lines.append("\(path) unknown: \(reason.reason.rawValue): \(reason.detail)")
      }
      return
    }
    // An empty list of anything is a list of interfaces too.
    if let list = value as? [InterfaceFacts], !list.isEmpty {
      for interface in list { add(interface, interface.name, &lines) }
      return
    }
    let mirror = Mirror(reflecting: value)
    let isPlain =
      mirror.displayStyle == nil || value is any CustomStringConvertible
      || mirror.displayStyle == .enum && mirror.children.isEmpty
    if mirror.displayStyle == .optional {
      guard let some = mirror.children.first else { return lines.append("\(path) = none") }
      return add(some.value, path, &lines)
    }
    if mirror.displayStyle == .collection {
      if mirror.children.isEmpty, path.hasSuffix(")") { lines.append("\(path) = []") }
      for (place, child) in mirror.children.enumerated() {
        add(child.value, "\(path)[\(place)]", &lines)
      }
      return
    }
    if isPlain || mirror.children.isEmpty { return lines.append("\(path) = \(value)") }
    for child in mirror.children {
      let name = child.label ?? ""
      add(child.value, path.isEmpty ? name : "\(path).\(name)", &lines)
    }
  }
}

/// What `WindowsFactsText` sees of a reading of any type.
enum ShownValue {
  case known(Any, Int)
  case unknown(Unknown)
}

protocol ShownReading { var shown: ShownValue { get } }

extension Reading: ShownReading {
  var shown: ShownValue {
    switch self {
    case .known(let value, let source): .known(value, source.output)
    case .unknown(let reason): .unknown(reason)
    }
  }
}
