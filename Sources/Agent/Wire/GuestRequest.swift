import Migration
import Quantities
import Transport

/// What the host is asked that takes a guest.
public struct TakeRequest: Hashable, Sendable {
  public var secret: TransferSecret
  /// Own addresses at which the source may ask.
  public var control: [IPv4Address]
  /// Own addresses to which memory comes.
  public var transports: [IPv4Address]
  /// Seconds after which the guest is forgotten, whatever became of it.
  public var seconds: Int

  /// Makes a request.
  public init(
    secret: TransferSecret, control: [IPv4Address], transports: [IPv4Address], seconds: Int
  ) {
    self.secret = secret
    self.control = control
    self.transports = transports
    self.seconds = seconds
  }

  /// Most addresses of each kind.
  static let mostAddresses = 16
  /// Longest time, in seconds.
  static let longest = 86_400
}

/// What the host is asked that makes a guest and gives it away.
public struct GiveRequest: Hashable, Sendable {
  public var move: GuestMove
  /// Seconds after which it is cancelled, unless the guest stands still or is at the target already.
  public var seconds: Int

  /// Seconds that what cannot be cancelled any more may take until it is told: black-out, hand-over, and
  /// pages that a guest waits for which runs there already.
  static let ending = 600

  /// Makes a request.
  public init(_ move: GuestMove, seconds: Int) {
    self.move = move
    self.move.limit = .seconds(seconds)
    self.seconds = seconds
  }

  static let mostPages = 1 << 34
  static let mostStreams = 16
}

extension TakeRequest {
  static let names = ["secret", "control", "transports", "seconds"]

  init(_ fields: Fields) throws(MessageError) {
    self.init(
      secret: try fields.secret(),
      control: try fields.addresses("control", atMost: Self.mostAddresses),
      transports: try fields.addresses("transports", atMost: Self.mostAddresses),
      seconds: try fields.number("seconds", in: 1...Self.longest))
    guard !control.isEmpty, !transports.isEmpty else { throw MessageError("no address") }
  }
}

extension TakeRequest: Encodable {
  private enum CodingKeys: String, CodingKey { case type, secret, control, transports, seconds }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("take", forKey: .type)
    try container.encode(secret.text, forKey: .secret)
    try container.encode(control, forKey: .control)
    try container.encode(transports, forKey: .transports)
    try container.encode(seconds, forKey: .seconds)
  }
}

extension GiveRequest {
  static let names = [
    "secret", "pageSize", "pages", "full", "threads", "seed", "written", "writes", "pattern",
    "first", "second", "controlOwn", "controlOther", "controlPorts", "own", "other", "streams",
    "packed", "rdma", "block", "segment", "blackOut", "throttle", "rounds", "stuck", "seconds",
  ]

  init(_ fields: Fields) throws(MessageError) {
    let pages = try fields.number("pages", in: 1...Self.mostPages)
    let numbers = (
      try fields.number("first", in: 0...1_000_000), try fields.number("second", in: 0...1_000_000)
    )
    let pattern = try GuestPattern.pattern(
      fields.text("pattern", upTo: 20), Double(numbers.0) / 1000, Double(numbers.1) / 1000)
    let shape = GuestShape(
      pageSize: try fields.number("pageSize", in: 1...(1 << 30)), pages: pages,
      workload: Workload(
        pages: try fields.number("written", in: 0...pages),
        writesPerSecond: Double(try fields.number("writes", in: 0...1_000_000_000)),
        pattern: pattern), seed: UInt64(try fields.number("seed", in: 0...(1 << 53))),
      threads: try fields.number("threads", in: 1...64))
    let ways = zip(
      try fields.addresses("own", atMost: TakeRequest.mostAddresses),
      try fields.addresses("other", atMost: TakeRequest.mostAddresses)
    ).map { GuestMove.Way(own: $0, other: $1) }
    let ports = try fields.numbers(
      "controlPorts", in: 1...65_535, atMost: TakeRequest.mostAddresses)
    let control = zip(
      zip(
        try fields.addresses("controlOwn", atMost: TakeRequest.mostAddresses),
        try fields.addresses("controlOther", atMost: TakeRequest.mostAddresses)), ports
    ).map { TransferPath(own: $0.0, other: $0.1, port: $1) }
    guard !ways.isEmpty, !control.isEmpty else { throw MessageError("no address") }
    var move = GuestMove(
      shape, fullPages: try fields.number("full", in: 0...pages), secret: try fields.secret(),
      control: control, ways: ways,
      streams: try fields.number("streams", in: 1...Self.mostStreams))
    move.isPacked = try fields.flag("packed")
    move.wantsRDMA = try fields.flag("rdma")
    move.lanes.block =
      fields.has("block") ? try fields.number("block", in: LaneShape.blocks) : nil
    move.lanes.segment =
      fields.has("segment") ? try fields.number("segment", in: LaneShape.segments) : nil
    move.settings.pageSize = shape.pageSize
    move.settings.blackOutLimit = .milliseconds(try fields.number("blackOut", in: 0...3_600_000))
    move.settings.throttleStep = try fields.number("throttle", in: 0...99)
    move.settings.mostRounds = try fields.number("rounds", in: 1...1000)
    move.settings.whenStuck = try GuestPattern.stuck(fields.text("stuck", upTo: 20))
    let seconds = try fields.number("seconds", in: 1...TakeRequest.longest)
    self.init(move, seconds: seconds)
  }
}

extension GiveRequest: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, secret, pageSize, pages, full, threads, seed, written, writes, pattern, first, second
    case controlOwn, controlOther, controlPorts, own, other, streams, packed, rdma, block, segment
    case blackOut, throttle, rounds, stuck, seconds
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let (shape, settings) = (move.shape, move.settings)
    let (name, first, second) = GuestPattern.words(shape.workload.pattern)
    try container.encode("give", forKey: .type)
    try container.encode(move.secret.text, forKey: .secret)
    try container.encode(shape.pageSize, forKey: .pageSize)
    try container.encode(shape.pages, forKey: .pages)
    try container.encode(move.fullPages, forKey: .full)
    try container.encode(shape.threads, forKey: .threads)
    try container.encode(Int(truncatingIfNeeded: shape.seed) & (1 << 53 - 1), forKey: .seed)
    try container.encode(shape.workload.pages, forKey: .written)
    try container.encode(Int(shape.workload.writesPerSecond.rounded()), forKey: .writes)
    try container.encode(name, forKey: .pattern)
    try container.encode(Int((first * 1000).rounded()), forKey: .first)
    try container.encode(Int((second * 1000).rounded()), forKey: .second)
    try container.encode(move.control.map(\.own), forKey: .controlOwn)
    try container.encode(move.control.map(\.other), forKey: .controlOther)
    try container.encode(move.control.map(\.port), forKey: .controlPorts)
    try container.encode(move.ways.map(\.own), forKey: .own)
    try container.encode(move.ways.map(\.other), forKey: .other)
    try container.encode(move.streams, forKey: .streams)
    try container.encode(move.isPacked, forKey: .packed)
    try container.encode(move.wantsRDMA, forKey: .rdma)
    try container.encodeIfPresent(move.lanes.block, forKey: .block)
    try container.encodeIfPresent(move.lanes.segment, forKey: .segment)
    try container.encode(Int(settings.blackOutLimit / .milliseconds(1)), forKey: .blackOut)
    try container.encode(settings.throttleStep, forKey: .throttle)
    try container.encode(settings.mostRounds, forKey: .rounds)
    try container.encode(GuestPattern.word(settings.whenStuck), forKey: .stuck)
    try container.encode(seconds, forKey: .seconds)
  }
}

/// Words for what a guest does, and for what is done with it.
enum GuestPattern {
  static func words(_ pattern: Workload.Pattern) -> (name: String, first: Double, second: Double) {
    switch pattern {
    case .uniform: ("uniform", 0, 0)
    case .hotSpot(let writes, let pages): ("hot-spot", writes, pages)
    case .sequential: ("sequential", 0, 0)
    case .burst(let on, let off): ("burst", on, off)
    }
  }

  static func pattern(
    _ name: String, _ first: Double, _ second: Double
  ) throws(MessageError) -> Workload.Pattern {
    switch name {
    case "uniform": return .uniform
    case "hot-spot": return .hotSpot(writes: min(first, 1), pages: min(second, 1))
    case "sequential": return .sequential
    case "burst": return .burst(on: first, off: second)
    default: throw MessageError("an unknown pattern \(Plain.text(name, 20))")
    }
  }

  static func word(_ stuck: MigrationMachine.WhenStuck) -> String {
    switch stuck {
    case .stop: "stop"
    case .standStill: "stand-still"
    case .postCopy: "post-copy"
    }
  }

  static func stuck(_ word: String) throws(MessageError) -> MigrationMachine.WhenStuck {
    switch word {
    case "stop": return .stop
    case "stand-still": return .standStill
    case "post-copy": return .postCopy
    default: throw MessageError("an unknown way out \(Plain.text(word, 20))")
    }
  }
}
