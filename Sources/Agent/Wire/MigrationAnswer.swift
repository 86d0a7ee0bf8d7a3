import Migration

/// What became of a migration, as an agent tells it.
struct MigrationAnswer: Hashable, Sendable {
  var report: MigrationReport

  /// Most rounds that are told.
  private static let mostRounds = 1001
  /// Microseconds, about a year.
  private static let longest = 1 << 45

  static let names = [
    "outcome", "step", "why", "total", "setUp", "blackOut", "comparison", "excuse", "throttle",
    "tracking", "postCopy", "processors", "targetProcessors", "carriers", "rounds",
  ]

  init(_ report: MigrationReport) { self.report = report }

  init(_ fields: Fields) throws(MessageError) {
    func time(_ name: String) throws(MessageError) -> Duration {
      .microseconds(try fields.number(name, in: 0...Self.longest))
    }
    let why = Plain.text(try fields.text("why", upTo: 1024), 1000)
    let step = MigrationStep(rawValue: try fields.number("step", in: 1...10)) ?? .choose
    let outcome: MigrationMachine.Outcome
    switch try fields.text("outcome", upTo: 20) {
    case "moved": outcome = .moved
    case "stayed": outcome = .stayed(at: step, why: why)
    case "in-doubt": outcome = .inDoubt(why: why)
    case "lost": outcome = .lost(why: why)
    default: throw MessageError("an unknown outcome")
    }
    let numbers = try fields.numbers("rounds", in: 0...(1 << 48), atMost: 5 * Self.mostRounds)
    guard numbers.count % 5 == 0 else { throw MessageError("rounds are not whole") }
    let rounds = stride(from: 0, to: numbers.count, by: 5).map { place in
      MigrationRound(
        pages: numbers[place], carried: numbers[place + 1], bytes: numbers[place + 2],
        time: .microseconds(numbers[place + 3]), written: numbers[place + 4])
    }
    report = MigrationReport(
      outcome: outcome, rounds: rounds, total: try time("total"),
      setUp: try time("setUp"),
      blackOut: fields.has("blackOut") ? try time("blackOut") : nil,
      comparison: try time("comparison"),
      excuse: Plain.text(try fields.text("excuse", upTo: 1024), 1000),
      throttle: try fields.number("throttle", in: 0...100),
      tracking: fields.has("tracking")
        ? WriteTracker.Way(rawValue: try fields.text("tracking", upTo: 64)) : nil,
      isPostCopy: try fields.flag("postCopy"),
      processorTime: fields.has("processors") ? try time("processors") : nil,
      targetProcessorTime: fields.has("targetProcessors") ? try time("targetProcessors") : nil,
      carriers: try fields.text("carriers", upTo: 4096).split(separator: "\n").map {
        Plain.text(String($0), 300)
      })
  }
}

extension MigrationAnswer: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, outcome, step, why, total, setUp, blackOut, comparison, excuse, throttle, tracking
    case postCopy, processors, targetProcessors, carriers, rounds
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func microseconds(_ time: Duration) -> Int { max(0, Int(time / .microseconds(1))) }
    let (outcome, step, why): (String, MigrationStep, String) =
      switch report.outcome {
      case .moved: ("moved", .cleanUp, "")
      case .stayed(let step, let why): ("stayed", step, why)
      case .inDoubt(let why): ("in-doubt", .resume, why)
      case .lost(let why): ("lost", .resume, why)
      }
    try container.encode("moved", forKey: .type)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(step.rawValue, forKey: .step)
    try container.encode(Plain.text(why, 1000), forKey: .why)
    try container.encode(microseconds(report.total), forKey: .total)
    try container.encode(microseconds(report.setUp), forKey: .setUp)
    try container.encodeIfPresent(report.blackOut.map(microseconds), forKey: .blackOut)
    try container.encode(microseconds(report.comparison), forKey: .comparison)
    try container.encode(Plain.text(report.excuse, 1000), forKey: .excuse)
    try container.encode(report.throttle, forKey: .throttle)
    try container.encodeIfPresent(report.tracking?.rawValue, forKey: .tracking)
    try container.encode(report.isPostCopy, forKey: .postCopy)
    try container.encodeIfPresent(report.processorTime.map(microseconds), forKey: .processors)
    try container.encodeIfPresent(
      report.targetProcessorTime.map(microseconds), forKey: .targetProcessors)
    // Reasons of systems have no line breaks; one that had some would be several.
    try container.encode(
      report.carriers.prefix(12).map { Plain.text($0, 300) }.joined(separator: "\n"),
      forKey: .carriers)
    let rounds = report.rounds.prefix(Self.mostRounds)
    try container.encode(
      rounds.flatMap { [$0.pages, $0.carried, $0.bytes, microseconds($0.time), $0.written] },
      forKey: .rounds)
  }
}
