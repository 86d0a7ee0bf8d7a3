import CLab
import Fabric
import Glibc
import Quantities
import Threads

/// Brings labs up and down, and runs commands in them.
public struct LabRunner: Sendable {
  /// Called with what is being done.
  public typealias Progress = @Sendable (String) -> Void

  public let plan: LabPlan
  public let folder: LabFolder
  private let progress: Progress

  /// Makes the runner of a lab.
  public init(_ plan: LabPlan, progress: @escaping Progress = { _ in }) {
    self.plan = plan
    self.folder = LabFolder(plan.name)
    self.progress = progress
  }

  /// Programs that a lab needs, and the packages of Debian that hold them.
  static let tools: [(program: String, package: String)] = [
    ("ip", "iproute2"), ("tc", "iproute2"), ("unshare", "util-linux"), ("mount", "mount"),
    ("hostname", "hostname"), ("sysctl", "procps"), ("ovs-vsctl", "openvswitch-switch"),
    ("ovs-vswitchd", "openvswitch-switch"), ("ovsdb-server", "openvswitch-switch"),
    ("lldpd", "lldpd"), ("lldpcli", "lldpd"), ("ethtool", "ethtool"), ("ping", "iputils-ping"),
    ("nft", "nftables"),
  ]

  /// Refuses where labs cannot be: without root, or without tools. From then on a request to end
  /// this process ends what it is doing, and what it has begun is put in order first.
  public static func checkMachine() throws(LabFailure) {
    tenfold_lab_note_signals()
    // Tools of administrators are not on the path of everybody.
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    setenv("PATH", path + ":/usr/local/sbin:/usr/sbin:/sbin", 1)
    let missing = tools.filter { !isInstalled($0.program) }
    guard missing.isEmpty else {
      throw LabFailure(
        .machine, "a lab needs " + unique(missing.map(\.program)).joined(separator: ", "),
        hint: "apt-get install -y --no-install-recommends "
          + unique(missing.map(\.package)).joined(separator: " "))
    }
    guard geteuid() == 0 else {
      throw LabFailure(
        .machine, "a lab needs root: it makes network namespaces", hint: "run it with sudo")
    }
  }

  /// Whether somebody asked this process to end, after `checkMachine`.
  public static var isStopAsked: Bool { ChildProcess.isStopAsked }

  /// Whether a program stands in a folder of the path.
  static func isInstalled(_ program: String) -> Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// Brings the lab up; when anything fails, or somebody ends it, nothing is left.
  /// - Parameter prepare: done once the lab's plan is in its folder, before anything runs.
  public func up(prepare: () throws -> Void = {}) throws {
    // sethostname(2): HOST_NAME_MAX.
    if let long = plan.hosts.map(\.name).first(where: { $0.utf8.count > 64 }) {
      throw LabFailure(.usage, "no host of Linux can be called \"\(long)\": 64 bytes are the most")
    }
    if let bad = plan.unusableNames.first {
      throw LabFailure(.usage, "no interface can be called \"\(bad)\", or two would be")
    }
    if let earlier = try? folder.state() {
      guard !earlier.isUp, kill(earlier.owner, 0) != 0 else {
        throw LabFailure(
          .usage, "the lab \(plan.name) is up already",
          hint: "tenfold lab down \(plan.name), or give this one another name (--name)")
      }
      // Somebody died while bringing it up.
      try LabRunner.down(folder)
    }
    do { try build(prepare) } catch {
      progress("taking it down again")
      try? LabRunner.down(folder)
      throw error
    }
  }

  private func build(_ prepare: () throws -> Void) throws {
    var state = LabState(
      owner: getpid(), isUp: false, hosts: plan.hosts.count, agent: plan.agent,
      namespaces: plan.nodes.compactMap { plan.name.namespace(of: $0) }, broken: [])
    // What is going to be made is written down first.
    try LabFolder.make(folder.path)
    try folder.save(state)
    try folder.make(plan.nodes)
    try LabFolder.write(try FabricJSON.bytes(plan.fabric), to: folder.planPath)
    try LabFolder.write(Array(LabRunner.enter.utf8), to: folder.enterPath)
    try LabFolder.write(Array(plan.agentList.utf8), to: folder.agentListPath)
    try prepare()
    progress("\(state.namespaces.count) namespaces")
    for namespace in state.namespaces {
      try run(LabStep(.machine, ["ip", "netns", "add", namespace]))
    }
    for stage in plan.stages {
      progress(stage.name)
      _ = try concurrentMap(stage.lists) { list throws(LabFailure) in
        for step in list { try run(step) }
      }
    }
    state.isUp = true
    try folder.save(state)
  }

  /// Enters a node: its own name, and its own `/run` for the sockets of its daemons.
  private static let enter = """
    #!/bin/sh
    # enter NAME FOLDER COMMAND...: within namespaces of its own.
    hostname "$1" && mount --bind "$2" /run || exit 125
    shift 2
    exec "$@"

    """

  /// The words that run a command in a node.
  func words(_ node: LabNode, _ words: [String]) -> [String] {
    guard let namespace = plan.name.namespace(of: node) else { return words }
    let hostname = if case .host(let name) = node { name } else { "lab" }
    return [
      "ip", "netns", "exec", namespace, "unshare", "--mount", "--uts", "sh", folder.enterPath,
      hostname, folder.runPath(node),
    ] + words
  }

  /// Seconds for which a step is tried until its output holds what it awaits.
  private static let patience = 30

  /// Runs a step.
  @discardableResult
  func run(_ step: LabStep, isStoppable: Bool = true) throws(LabFailure) -> String {
    let words = words(step.node, step.words)
    if step.isBackground {
      _ = try ChildProcess.start(words)
      return ""
    }
    var result = try ChildProcess.run(words, input: step.input, isStoppable: isStoppable)
    if !step.awaits.isEmpty {
      var tries = 0
      while result.status != 0 || !result.text.contains(step.awaits),
        tries < LabRunner.patience * 4
      {
        if isStoppable, ChildProcess.isStopAsked { throw LabFailure(.stopped, "stopped") }
        usleep(250_000)
        tries += 1
        result = try ChildProcess.run(words, input: step.input, isStoppable: isStoppable)
      }
      guard result.text.contains(step.awaits) || step.mayFail else {
        throw LabFailure(
          .machine, "\(step.shown) does not say \"\(step.awaits)\": \(result.text.prefix(400))")
      }
    }
    guard result.status == 0 || step.mayFail else {
      throw LabFailure(
        .machine, "\(step.shown) ended with status \(result.status): \(result.text.prefix(400))")
    }
    return result.text
  }

  /// Takes a lab down, whatever is left of it.
  public static func down(_ folder: LabFolder) throws(LabFailure) {
    var namespaces = (try? folder.state())?.namespaces ?? []
    // Of a lab whose state is damaged, by their names.
    let listed = try ChildProcess.run(["ip", "netns", "list"], isStoppable: false).text
    let known = listed.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    let stem = "tf-\(folder.name)"
    namespaces += known.filter { $0.hasPrefix(stem + ".") || $0.hasPrefix(stem + "_") }
    let present = unique(namespaces).filter(known.contains)
    try end(present)
    for namespace in present {
      let gone = try ChildProcess.run(["ip", "netns", "delete", namespace], isStoppable: false)
      guard gone.status == 0 else {
        throw LabFailure(.machine, "cannot delete the namespace \(namespace): \(gone.text)")
      }
    }
    _ = try ChildProcess.run(["rm", "-rf", "--", folder.path], isStoppable: false)
    rmdir(LabFolder.root)
  }

  /// Ends all processes in namespaces: those of the lab, since nobody else knows these.
  private static func end(_ namespaces: [String]) throws(LabFailure) {
    for signal in [SIGTERM, SIGTERM, SIGKILL, SIGKILL] {
      var isEmpty = true
      for namespace in namespaces {
        let text = try ChildProcess.run(["ip", "netns", "pids", namespace], isStoppable: false).text
        for process in text.split(separator: "\n").compactMap({ pid_t($0) }) where process > 1 {
          isEmpty = false
          kill(process, signal)
        }
      }
      if isEmpty { return }
      usleep(200_000)
    }
  }
}
