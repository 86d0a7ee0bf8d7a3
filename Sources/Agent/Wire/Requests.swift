import JSONText
import Quantities

/// The version of the protocol between coordinator and agent; both must speak the same.
public enum ProtocolVersion {
  public static let current = 4
}

/// Who speaks, at the start of a connection.
struct Hello: Hashable, Sendable {
  var protocolVersion = ProtocolVersion.current
  /// Of Tenfold, such as `0.1.0`.
  var version: String
  var plan: PlanHash
  /// The host that is meant, or that answers.
  var host: HostName
  /// The speaker's clock.
  var clock: Timestamp
  /// Whether the speaker has the rights of root; what an agent without them cannot see, its evidence
  /// says for each tool.
  var isPrivileged = false
}

/// All that a coordinator can ask: a closed set.
enum Request: Hashable, Sendable {
  case hello(Hello)
  /// A network to probe in the next collection; a table of many addresses comes in several, those
  /// of one name added up.
  case network(ProbeNetwork)
  /// Networks were sent before.
  case collect(CollectRequest)
  /// Receive for a measurement, or send for one.
  case load(LoadRequest)
  /// Take a guest of another host.
  case take(TakeRequest)
  /// Make a guest, and give it to another host.
  case give(GiveRequest)
  /// Is it alive?
  case status
  /// Stop collecting.
  case cancel
  case bye

  init(_ bytes: [UInt8]) throws(MessageError) {
    let fields = try Fields(bytes, limit: Frame.largestRequest)
    let type = try fields.text("type", upTo: 20)
    switch type {
    case "hello": self = .hello(try Hello(fields))
    case "network":
      try fields.allow("name", "own", "prefixLength", "mtu", "vlan", "others")
      let name = try fields.text("name", upTo: 64)
      guard isPlainName(name) else { throw MessageError("name is no plain name") }
      self = .network(
        ProbeNetwork(
          name: name, own: try fields.address("own"),
          prefixLength: try fields.number("prefixLength", in: 0...32),
          mtu: try fields.number("mtu", in: 68...65_535),
          vlan: try fields.number("vlan", in: 0...4094),
          others: try fields.addresses("others", atMost: CollectRequest.mostInMessage)))
    case "collect":
      try fields.allow("probes", "interval", "jobs", "crossings", "services")
      self = .collect(
        CollectRequest(
          probes: try fields.flag("probes"), interval: try fields.number("interval", in: 0...60),
          jobs: try fields.number("jobs", in: 1...64),
          crossings: try fields.addresses(
            "crossings", atMost: CollectRequest.mostCrossings),
          services: fields.has("services")
            ? try fields.targets("services", atMost: ReachTarget.most) : []))
    case "receive":
      try fields.allow(LoadRequest.names)
      self = .load(try LoadRequest(fields, isSender: false))
    case "send":
      try fields.allow(LoadRequest.names + LoadRequest.targetNames)
      self = .load(try LoadRequest(fields, isSender: true))
    case "take":
      try fields.allow(TakeRequest.names)
      self = .take(try TakeRequest(fields))
    case "give":
      try fields.allow(GiveRequest.names)
      self = .give(try GiveRequest(fields))
    case "status", "cancel", "bye":
      try fields.allow()
      self = type == "status" ? .status : type == "cancel" ? .cancel : .bye
    default: throw MessageError("an unknown type \(Plain.text(type))")
    }
  }
}

extension Hello {
  init(_ fields: Fields) throws(MessageError) {
    // The protocol comes first: another version may have other members.
    protocolVersion = try fields.number("protocol", in: 0...1_000_000)
    version = try fields.text("version", upTo: 64)
    plan = try fields.plan()
    host = try fields.host()
    clock = try fields.clock()
    isPrivileged = fields.has("privileged") ? try fields.flag("privileged") : false
  }
}

extension Hello: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, `protocol`, version, plan, host, clock, privileged
  }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("hello", forKey: .type)
    try container.encode(protocolVersion, forKey: .protocol)
    try container.encode(version, forKey: .version)
    try container.encode(plan.text, forKey: .plan)
    try container.encode(host.text, forKey: .host)
    try container.encode(clock.seconds, forKey: .clock)
    try container.encode(isPrivileged, forKey: .privileged)
  }
}

extension Request: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, name, own, prefixLength, mtu, vlan, others, probes, interval, jobs, crossings
    case services
    case secret, streams, warmUp, seconds, to, port, kind, priority
  }
  func encode(to encoder: any Encoder) throws {
    switch self {
    case .hello(let hello): return try hello.encode(to: encoder)
    case .take(let request): return try request.encode(to: encoder)
    case .give(let request): return try request.encode(to: encoder)
    default: break
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .hello, .take, .give: break
    case .network(let network):
      try container.encode("network", forKey: .type)
      try container.encode(network.name, forKey: .name)
      try container.encode(network.own, forKey: .own)
      try container.encode(network.prefixLength, forKey: .prefixLength)
      try container.encode(network.mtu, forKey: .mtu)
      try container.encode(network.vlan, forKey: .vlan)
      try container.encode(network.others, forKey: .others)
    case .collect(let request):
      try container.encode("collect", forKey: .type)
      try container.encode(request.probes, forKey: .probes)
      try container.encode(request.interval, forKey: .interval)
      try container.encode(request.jobs, forKey: .jobs)
      try container.encode(request.crossings, forKey: .crossings)
      try container.encode(request.services.map(\.text), forKey: .services)
    case .load(let request):
      try container.encode(request.target == nil ? "receive" : "send", forKey: .type)
      try container.encode(request.test.secret.text, forKey: .secret)
      try container.encode(request.test.streams, forKey: .streams)
      try container.encode(request.test.warmUp, forKey: .warmUp)
      try container.encode(request.test.seconds, forKey: .seconds)
      try container.encode(request.own, forKey: .own)
      if request.test.kind != .rate {
        try container.encode(request.test.kind.rawValue, forKey: .kind)
      }
      try container.encodeIfPresent(request.test.priority, forKey: .priority)
      if let target = request.target {
        try container.encode(target.address, forKey: .to)
        try container.encode(target.port, forKey: .port)
      }
    case .status: try container.encode("status", forKey: .type)
    case .cancel: try container.encode("cancel", forKey: .type)
    case .bye: try container.encode("bye", forKey: .type)
    }
  }

  /// With its length before it.
  var frame: [UInt8] { message(self) }

  /// A network in as many messages as it takes.
  static func frames(_ network: ProbeNetwork) -> [[UInt8]] {
    var rest = network.others[...]
    var frames: [[UInt8]] = []
    repeat {
      var part = network
      part.others = Array(rest.prefix(CollectRequest.mostInMessage))
      rest = rest.dropFirst(CollectRequest.mostInMessage)
      frames.append(Request.network(part).frame)
    } while !rest.isEmpty
    return frames
  }
}

/// The text of a message with its length before it. Messages hold texts, whole numbers and lists of
/// them, which can always be written.
func message(_ value: some Encodable) -> [UInt8] {
  Frame.bytes((try? JSONWriter.bytes(value, capacity: 256)) ?? Array("{}".utf8))
}
