import Evidence
import JSONText
import Quantities

/// Evidence of a Windows host in the making, from the objects of a few cmdlets.
struct WindowsHost {
  private static let moment = Timestamp("2026-11-27T01:02:03Z")!
  private var outputs: [ToolOutput] = []
  private let isPrivileged: Bool

  init(isPrivileged: Bool = true) { self.isPrivileged = isPrivileged }

  /// Adds what a cmdlet gave, as JSON; nothing for no value at all.
  func adding(_ command: String, _ json: String?, status: Int = 0, errors: String = "") -> Self {
    var copy = self
    let value = json.flatMap { try? JSONTree(Array($0.utf8), limits: .tools) }
    precondition((json == nil) == (value == nil), "\(command): no JSON")
    copy.outputs.append(
      ToolOutput(command: command, status: status, value: value, errors: errors))
    return copy
  }

  /// Adds what a program printed.
  func adding(_ command: String, text: String) -> Self {
    var copy = self
    copy.outputs.append(ToolOutput(command: command, text: text))
    return copy
  }

  var facts: HostFacts {
    HostFactsReader.facts(
      of: EvidenceFile(
        collector: "test", host: "h", system: .windows, plan: "",
        collected: Self.moment, isPrivileged: isPrivileged, outputs: outputs,
        probes: []))
  }

  /// The interface of a name, of those that were told.
  func interface(_ name: String) -> InterfaceFacts? {
    facts.interfaces.value?.first { $0.name == name }
  }
}
