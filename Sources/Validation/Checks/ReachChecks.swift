import Evidence

/// The precondition of everything: names, domain controllers and other hosts over the LAN that was
/// there before. Without it migrations fail whatever the new network does.
enum ReachChecks {
  /// Most services that a row names.
  private static let longest = 5

  static func run(_ reach: [ReachProbe]?, _ sheet: inout Sheet) {
    sheet.ports = []
    guard let reach, !reach.isEmpty else {
      return sheet.add(.managementReach, "", .unknown, "nobody tried")
    }
    let lost = reach.filter { !$0.isReached }
    guard !lost.isEmpty else {
      return sheet.add(.managementReach, "", .pass, "\(reach.count) services answer")
    }
    let named = lost.prefix(longest).map { "\($0.target) \($0.port)" }.joined(separator: ", ")
    sheet.add(
      .managementReach, "", .fail,
      "no answer of \(lost.count) of \(reach.count): \(named)"
        + (lost.count > longest ? " and so on" : ""), expected: "all answer")
  }
}
