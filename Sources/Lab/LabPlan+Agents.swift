import Quantities

extension LabPlan {
  /// Port at which agents listen.
  public static let agentPort = 7310

  /// The LAN beside the new fabric: a bridge of the kernel, for nothing is ever broken in it.
  var lanSteps: [LabStep] {
    var batch = IPBatch()
    batch.add("link add name \(LabLAN.bridge) type bridge")
    for place in hosts.indices {
      batch.add("link set dev l\(place) master \(LabLAN.bridge)")
      batch.add("link set dev l\(place) up")
    }
    if let own = lan.coordinator {
      batch.add("address add \(own)/\(lan.prefix.prefixLength) dev \(LabLAN.bridge)")
    }
    batch.add("link set dev \(LabLAN.bridge) up")
    var steps = [batch.step(.lan)].compactMap { $0 }
    for (place, host) in hosts.enumerated() {
      guard let own = lan.address(ofHost: place) else { continue }
      var batch = IPBatch()
      batch.add("address add \(own)/\(lan.prefix.prefixLength) dev \(LabLAN.interface)")
      batch.add("link set dev \(LabLAN.interface) up")
      steps += [batch.step(.host(host.name))].compactMap { $0 }
    }
    return steps
  }

  /// Where the agent of a host listens, such as `198.18.0.2:7310`; `nil` for a host that is not here.
  public func agentAddress(_ host: String) -> String? {
    hosts.firstIndex { $0.name == host }.flatMap { lan.address(ofHost: $0) }
      .map { "\($0):\(LabPlan.agentPort)" }
  }

  /// Hosts and where their agents listen, as `tenfold validate --hosts` reads them.
  public var agentList: String {
    hosts.compactMap { host in agentAddress(host.name).map { "\(host.name) \($0)\n" } }.joined()
  }

  /// Keys of an agent as the host sees them: those of the lab's plan, and those of another one.
  enum Keys: String {
    case own = "/run/agent"
    case others = "/run/agent-of-another-plan"
  }

  private static let pidFile = "/run/agent.pid"
  private static let logFile = "/run/agent.log"

  /// Starts the agent of a host, and waits until it listens.
  /// - Parameter within: words before it, of a program that runs it.
  func agentSteps(
    _ host: LabHost, keys: Keys = .own, within: [String] = []
  ) -> [LabStep] {
    guard let address = agentAddress(host.name) else { return [] }
    let node = LabNode.host(host.name)
    // Each program takes the place of the one before, so the number of the shell is the agent's.
    let script =
      "echo $$ >\(LabPlan.pidFile); exec \"$@\" </dev/null >\(LabPlan.logFile) 2>&1"
    return [
      LabStep(node, ["rm", "-f", LabPlan.logFile]),
      LabStep(
        node,
        within
          + [
            "sh", "-c", script, "sh", agent, "agent", "serve", "--keys", keys.rawValue, "--listen",
            address,
          ],
        isBackground: true),
      LabStep(node, ["cat", LabPlan.logFile], awaits: "on \(address)"),
    ]
  }

  /// Sends a signal to the agent of a host, and to nobody who has its number after its end.
  func signalAgent(_ host: LabHost, _ signal: String) -> LabStep {
    let script =
      "read -r p <\(LabPlan.pidFile) && [ \"/proc/$p/exe\" -ef \"$1\" ] || exit 0;"
      + " kill -\(signal) \"$p\""
      // What was killed keeps its name in /proc until somebody waits for it, but no program.
      + (signal == "KILL" ? "; while [ -e \"/proc/$p/exe\" ]; do sleep 0.05; done" : "")
    return LabStep(.host(host.name), ["sh", "-c", script, "sh", agent], mayFail: true)
  }

  /// Faults of an agent, which the network knows nothing of.
  func agentChange(
    _ fault: LabFault, _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    let own = hosts.filter { place.node.isEmpty || place.node == $0.name }
    guard !agent.isEmpty, let host = own.randomElement(using: &random) else { return nil }
    func change(
      _ said: String, _ words: [String], _ steps: [LabStep], undo: [LabStep]
    ) -> LabChange {
      LabChange(fault: fault, said: said, words: [host.name] + words, steps: steps, undo: undo)
    }
    let end = signalAgent(host, "KILL")
    let restart = [end] + agentSteps(host)
    switch fault {
    case .agentDead:
      return change("ended the agent of \(host.name)", ["unreachable"], [end], undo: restart)
    case .agentHangs:
      return change(
        "stopped the agent of \(host.name) amid its work", ["no answer in time"],
        [signalAgent(host, "STOP")], undo: [signalAgent(host, "CONT")])
    case .agentOfAnotherPlan:
      return change(
        "gave the agent of \(host.name) the keys of another plan", ["another plan"],
        [end] + agentSteps(host, keys: .others), undo: restart)
    case .clockOff:
      let isAhead = Bool.random(using: &random)
      var off = change(
        "set the clock of \(host.name) \(isAhead ? "an hour ahead" : "back by an hour")",
        ["clock", isAhead ? "ahead" : "behind"],
        [end]
          + agentSteps(
            host,
            within: [
              // What it leaves in shared memory when it is killed goes with the agent.
              "sh", "-c", "mount -t tmpfs none /dev/shm && exec \"$@\"", "sh",
              // How long something takes is no matter of the clock on the wall.
              "faketime", "-m", "-f", isAhead ? "+1h" : "-1h",
            ]), undo: restart)
      off.needs = ("faketime", "faketime")
      return off
    default: return nil
    }
  }
}
