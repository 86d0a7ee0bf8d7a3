import CatalogModel
import Fabric

/// What to look at on a live switch before and after it is touched.
public enum SwitchChecks {
  /// What to look at, with the words that say that all is well.
  /// - Parameters:
  ///   - traits: of its dialect, as far as they are known.
  ///   - intent: what is planned for it.
  ///   - isBefore: whether a change is still to come.
  ///   - isUpgrade: whether it gets a new release.
  public static func lines(
    _ traits: DialectTraits?, _ intent: SwitchIntent?, isBefore: Bool, isUpgrade: Bool = false
  ) -> [String] {
    var tasks: [(task: OperatorTask, words: String)] = []
    if isUpgrade {
      tasks.append(
        (
          .showVersion,
          isBefore ? "the release that runs; write it down" : "the new release runs"
        ))
    }
    tasks += [
      (
        .showPorts,
        isBefore
          ? "every port that the plan uses is up; keep the output"
          : isUpgrade ? "the same ports are up as before" : "every port that the plan uses is up"
      ),
      (
        .showNeighbours,
        isBefore
          ? "the neighbours; keep the output"
          : isUpgrade ? "the same neighbours as before" : "the neighbours that `cabling.csv` names"
      ),
    ]
    if let intent {
      if !intent.lags.isEmpty { tasks.append((.showLAGs, "every LAG is up with all its members")) }
      if intent.pair != nil { tasks.append((.showPair, "the pair is whole")) }
      if intent.spanningTree.mode != .off {
        tasks.append(
          (
            .showSpanningTree,
            isBefore
              ? "the root of spanning tree; keep the output"
              : isUpgrade ? "the same root as before" : "the root that the plan has"
          ))
      }
      if intent.qos != nil { tasks.append((.showLossless, "PFC is on where the plan has it")) }
      if !intent.uplinkGroups.isEmpty {
        tasks.append((.showUplinkGroups, "every uplink group is up"))
      }
    }
    return tasks.map { task, words in
      guard let command = traits?.command(task) else {
        return "\(words.prefix(1).uppercased())\(words.dropFirst())"
          + " (which command shows it stands in no source of this plan)."
      }
      return listing(command.lines.map { Markdown.code($0) }) + ": \(words)"
        + (command.sign.isEmpty ? "" : ": \(Markdown.code(command.sign))") + "."
    }
  }
}
