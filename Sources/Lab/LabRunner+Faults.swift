import Quantities

extension LabRunner {
  /// Makes a fault, after writing down how to mend it.
  /// - Throws: `LabFailure` when a program that it takes is not there, or a step fails.
  public func apply(_ change: LabChange) throws(LabFailure) {
    let needs = change.needs
    guard needs.program.isEmpty || LabRunner.isInstalled(needs.program) else {
      throw LabFailure(
        .machine, "\(change.fault.rawValue) needs \(needs.program)",
        hint: "apt-get install -y --no-install-recommends \(needs.package)")
    }
    var state = try folder.state()
    state.broken.append(
      LabState.Broken(
        fault: change.fault, said: change.said, undo: change.undo, silent: change.silent))
    try folder.save(state)
    for step in change.steps { try run(step, isStoppable: false) }
  }

  /// Mends all faults, the last one first, and says which there were.
  public func mend() throws(LabFailure) -> [String] {
    var state = try folder.state()
    var mended: [String] = []
    while let last = state.broken.last {
      for step in last.undo { try run(step, isStoppable: false) }
      mended.append(last.said)
      state.broken.removeLast()
      try folder.save(state)
    }
    return mended
  }

  /// Waits until LAGs and LLDP are as they should be.
  public func settle() throws {
    for step in plan.waitSteps { try run(step) }
  }
}

extension LabRunner {
  /// Waits, unless somebody ends it.
  public func pause(seconds: Int) throws(LabFailure) {
    _ = try ChildProcess.run(["sleep", "\(seconds)"])
  }
}
