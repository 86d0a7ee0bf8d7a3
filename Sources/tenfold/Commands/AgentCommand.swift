import Agent
import ArgumentParser
import Quantities

struct AgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent",
    abstract: "Collect evidence of hosts over the network, with keys of the plan.",
    discussion: """
      An agent on a Linux host runs the collector of `tenfold kit linux` for its plan's coordinator \
      (`tenfold validate --hosts`), and does nothing else for anybody. Both show certificates of the \
      plan's own authority over TLS 1.3.

      Example:
        tenfold agent authority out
        tenfold agent token out --host hv-r1-01
        tenfold agent enroll --coordinator 10.0.0.5 --token - --keys agent-keys
        tenfold agent serve --keys agent-keys
      """,
    subcommands: [
      AgentServeCommand.self, AgentEnrollCommand.self, AgentTokenCommand.self,
      AgentAuthorityCommand.self,
    ])
}

/// Where a plan's authority keeps its keys.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of keys, readable by you alone; .tenfold beside the plan's folder if left out.",
      valueName: "folder"), completion: .directory)
  var keys: String?
}

struct AgentServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve this host's evidence to the plan's coordinator.",
    discussion: """
      Needs the keys that `tenfold agent enroll` brought, and no root; what it cannot see without, \
      the evidence says for each tool. Takes no command and no program from the network. Writes one \
      line to standard error for each collection and each refusal, until it is told to end.

      Example:
        tenfold agent serve --keys /var/lib/tenfold-agent --listen 10.0.0.7:7310
      """)

  @Option(
    help: ArgumentHelp("Folder of this host's key and certificate.", valueName: "folder"),
    completion: .directory)
  var keys: String

  @Option(
    help: ArgumentHelp("Where to listen; on all addresses if left out.", valueName: "address"))
  var listen = "0.0.0.0:\(AgentAddress.port)"

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let address = try AgentHosts.address(listen)
      let (own, host) = try Self.credentials(keys)
      let collector = ScriptCollector(
        try CollectorFile.script(), folder: System.environment("TMPDIR") ?? "/tmp")
      AgentRuntime.blockEndSignals()
      System.allowAllDescriptors()
      let runtime = AgentRuntime()
      let identity = AgentIdentity(
        plan: own.trust.plan, host: host, version: Tenfold.configuration.version,
        isPrivileged: System.isRoot)
      let server = try AgentHosts.listening {
        try runtime.agent(
          on: address, identity: identity, own: own, collector: collector,
          options: AgentLog.options)
      }
      AgentLog.note(
        "agent of \(host), plan \(own.trust.plan.short), on \(server.address);"
          + " its certificate ends \(own.end)")
      if !System.isRoot {
        AgentLog.note("no root: what a tool does not show without it, the evidence says")
      }
      AgentRuntime.waitForEnd()
      AgentLog.note("ends")
      runtime.stop(server)
    }
  }

  private static func credentials(
    _ keys: String
  ) throws(Failure) -> (credentials: Credentials, host: HostName) {
    do throws(Findings) {
      return try AgentFolder.read(Files.withoutTrailingSlash(keys), at: .now)
    } catch {
      throw Failure(error.all, .machine)
    }
  }
}

struct AgentAuthorityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority",
    abstract: "Give certificates to hosts that bring a token.",
    discussion: """
      Makes the plan's authority when there is none, and serves `tenfold agent enroll` until it is \
      told to end. A token is good for one certificate of one host.

      Example:
        tenfold agent authority out --listen 10.0.0.5:7311
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @OptionGroup var keyOptions: KeyOptions

  @Option(
    help: ArgumentHelp("Where to listen; on all addresses if left out.", valueName: "address"))
  var listen = "0.0.0.0:\(AgentAddress.enrolmentPort)"

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let address = try AgentHosts.address(listen, defaultPort: AgentAddress.enrolmentPort)
      let plan = try PlanKeys(plan, keys: keyOptions.keys)
      let authority = try plan.authority()
      AgentRuntime.blockEndSignals()
      let runtime = AgentRuntime()
      let server = try AgentHosts.listening {
        try runtime.enrolment(
          on: address, desk: TokenDesk(authority, keys: plan.keys), options: AgentLog.options)
      }
      AgentLog.note("authority of plan \(plan.hash.short) on \(server.address)")
      AgentRuntime.waitForEnd()
      AgentLog.note("ends")
      runtime.stop(server)
    }
  }
}
