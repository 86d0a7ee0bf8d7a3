import Lab

/// What is printed of labs.
enum LabText {
  static func up(_ plan: LabPlan) -> String {
    let folder = LabFolder(plan.name)
    var text = "\(plan.name) is up: \(plan.hosts.count) hosts, \(plan.switches.count) switches\n"
    for limit in plan.limits { text += "  \(limit)\n" }
    return text + """
      Its plan is \(folder.planPath). Next:
        tenfold lab collect -o evidence
        tenfold validate \(folder.planPath) --evidence evidence --only \(onlyText(plan))
      \(agents(plan, folder))\
        tenfold lab break crossed-cables
        tenfold lab down

      """
  }

  /// How the agents are asked without a word of labs.
  private static func agents(_ plan: LabPlan, _ folder: LabFolder) -> String {
    guard !plan.agent.isEmpty, let lan = plan.name.namespace(of: .lan) else { return "" }
    return """
        ip netns exec \(lan) tenfold validate \(folder.planPath) --hosts \(folder.agentListPath) \
          --keys \(folder.keysPath) --concurrency 4 --only \(onlyText(plan))

      """
  }

  static func onlyText(_ plan: LabPlan) -> String {
    LabValidation.checks(plan).map(\.rawValue).sorted().joined(separator: ",")
  }

  static func list() -> String {
    var text = ""
    let folders = LabFolder.all
    for folder in folders {
      guard let state = try? folder.state() else {
        text += "\(folder.name): its state cannot be read; tenfold lab down \(folder.name)\n"
        continue
      }
      text +=
        "\(folder.name): \(state.isUp ? "up" : "not whole"), \(state.hosts) hosts,"
        + " plan \(folder.planPath)\n"
      for broken in state.broken { text += "  broken: \(broken.said)\n" }
    }
    if folders.isEmpty { text += "no lab is up\n" }
    let width = LabFault.allCases.map(\.rawValue.utf8.count).max() ?? 0
    text += "Faults:\n"
    for fault in LabFault.allCases {
      let padding = String(repeating: " ", count: width - fault.rawValue.utf8.count)
      text += "  \(fault.rawValue)\(padding)  \(fault.meaning)\n"
    }
    return text
  }
}
