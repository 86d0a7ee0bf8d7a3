import JSONText
import Quantities

/// What a collector brought from one host: the output of each tool as it stood, and what came back
/// from other hosts. `schemas/evidence.schema.json` describes it on disk.
public struct EvidenceFile: Sendable {
  /// Format of evidence; readers refuse others.
  public static let formatVersion = 1
  /// Name and version of the collector, such as `tenfold-kit-linux 1`.
  public var collector: String
  /// Host as the plan names it, or its own name.
  public var host: String
  public var system: HostSystem
  /// SHA-256 of the plan that the collector was made from; empty when it knows none.
  public var plan: String
  /// When collecting began, by the clock of the host.
  public var collected: Timestamp
  /// Whether the collector ran with the rights of an administrator.
  public var isPrivileged: Bool
  public var outputs: [ToolOutput]
  public var probes: [ProbeColumn]
  /// What the host reached over the LAN that was there before; `nil` when nobody tried.
  public var reach: [ReachProbe]?

  /// Makes evidence.
  public init(
    collector: String, host: String, system: HostSystem, plan: String, collected: Timestamp,
    isPrivileged: Bool, outputs: [ToolOutput], probes: [ProbeColumn], reach: [ReachProbe]? = nil
  ) {
    self.collector = collector
    self.host = host
    self.system = system
    self.plan = plan
    self.collected = collected
    self.isPrivileged = isPrivileged
    self.outputs = outputs
    self.probes = probes
    self.reach = reach
  }
}

/// What one tool said.
public struct ToolOutput: Sendable {
  /// What was run, such as `ip -j -d address show` or `Get-NetAdapter`; with the interface at its end
  /// for tools that look at one.
  public var command: String
  /// Exit status; 127 when the tool is not there.
  public var status: Int
  /// Its output.
  public var text: String
  /// Its output as objects, from collectors that have objects in hand; `nil` from others.
  public var value: JSONTree?
  /// What it said on standard error.
  public var errors: String
  /// Makes an output.
  public init(
    command: String, status: Int = 0, text: String = "", value: JSONTree? = nil, errors: String = ""
  ) {
    self.command = command
    self.status = status
    self.text = text
    self.value = value
    self.errors = errors
  }
}

/// Probes of one size from one address of a host to many others: one row of the file, one entry a
/// target.
public struct ProbeColumn: Hashable, Sendable {
  /// What was tried.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// ICMP echo that must not be fragmented.
    case ping
    /// The same to a place that must not answer.
    case crossing
  }
  public var kind: Kind
  /// Own address.
  public var from: IPv4Address
  /// Interface that the probe was bound to; empty when only the address was.
  public var interface: String
  /// Bytes of the IP packet, its header included.
  public var size: Int
  /// Probes to each target.
  public var sent: Int
  public var to: [IPv4Address]
  /// Answers of each target, in the order of `to`; -1 where a packet of this size could not even
  /// leave.
  public var received: [Int]
  /// Median round trip of each target in microseconds, in the order of `to`; empty when not measured,
  /// -1 without an answer.
  public var microseconds: [Int]
  /// Makes a column.
  public init(
    kind: Kind, from: IPv4Address, interface: String, size: Int, sent: Int, to: [IPv4Address],
    received: [Int], microseconds: [Int] = []
  ) {
    self.kind = kind
    self.from = from
    self.interface = interface
    self.size = size
    self.sent = sent
    self.to = to
    self.received = received
    self.microseconds = microseconds
  }
}

/// Whether a service answered, by name.
public struct ReachProbe: Hashable, Sendable {
  /// Name or address that was asked.
  public var target: String
  /// TCP port.
  public var port: Int
  public var isReached: Bool
  /// Makes a probe.
  public init(target: String, port: Int, isReached: Bool) {
    self.target = target
    self.port = port
    self.isReached = isReached
  }
}
