import JSONText
import Quantities

extension EvidenceFile: Encodable {
  private enum CodingKeys: String, CodingKey {
    case version = "tenfold-evidence"
    case collector, host, system, plan, collected, privileged, outputs, probes, reach
  }

  /// Encodes what `EvidenceJSON` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(EvidenceFile.formatVersion, forKey: .version)
    try container.encode(collector, forKey: .collector)
    try container.encode(host, forKey: .host)
    try container.encode(system, forKey: .system)
    try container.encode(plan, forKey: .plan)
    try container.encode(collected, forKey: .collected)
    try container.encode(isPrivileged, forKey: .privileged)
    try container.encode(outputs, forKey: .outputs)
    try container.encode(probes, forKey: .probes)
    try container.encodeIfPresent(reach, forKey: .reach)
  }
}

extension ToolOutput: Encodable {
  private enum CodingKeys: String, CodingKey { case command, status, text, value, errors }

  /// Encodes what was said; absent where nothing was.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(command, forKey: .command)
    try container.encode(status, forKey: .status)
    if !text.isEmpty { try container.encode(text, forKey: .text) }
    try container.encodeIfPresent(value, forKey: .value)
    if !errors.isEmpty { try container.encode(errors, forKey: .errors) }
  }
}

extension ProbeColumn: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind, from, interface, size, sent, to, received, microseconds
  }

  /// Encodes one row of the file.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(from, forKey: .from)
    if !interface.isEmpty { try container.encode(interface, forKey: .interface) }
    try container.encode(size, forKey: .size)
    try container.encode(sent, forKey: .sent)
    try container.encode(to, forKey: .to)
    try container.encode(received, forKey: .received)
    if !microseconds.isEmpty { try container.encode(microseconds, forKey: .microseconds) }
  }
}

extension ReachProbe: Encodable {
  private enum CodingKeys: String, CodingKey { case to, port, answered }

  /// Encodes one service.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(target, forKey: .to)
    try container.encode(port, forKey: .port)
    try container.encode(isReached, forKey: .answered)
  }
}
