import ArgumentParser
import Migration

/// How guests write, as people choose it.
enum WritePattern: String, ExpressibleByArgument, CaseIterable, Encodable {
  case uniform
  case hotSpot = "hot-spot"
  case sequential
  case burst

  /// Nine tenths of the writes to a tenth of the pages, half a second of writes and half a second of none.
  var pattern: Workload.Pattern {
    switch self {
    case .uniform: .uniform
    case .hotSpot: .hotSpot(writes: 0.9, pages: 0.1)
    case .sequential: .sequential
    case .burst: .burst(on: 0.5, off: 0.5)
    }
  }

  /// `nil` for what nobody chose.
  init?(_ pattern: Workload.Pattern) {
    guard let own = Self.allCases.first(where: { $0.pattern == pattern }) else { return nil }
    self = own
  }

  static let help: ArgumentHelp =
    "Which pages it writes to: any; a tenth of them nine times of ten; one after the other; any, every other half second."
}
