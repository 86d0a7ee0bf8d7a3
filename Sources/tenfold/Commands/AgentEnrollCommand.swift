import Agent
import ArgumentParser
import Quantities

struct AgentTokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Print a token with which one host can enrol, once, within an hour.",
    discussion: """
      Whoever has the token first gets the certificate: bring it to the host as you would a \
      password.

      Example:
        tenfold agent token out --host hv-r1-01
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("The host as the plan names it.", valueName: "name"))
  var host: String

  @OptionGroup var keyOptions: KeyOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let plan = try PlanKeys(plan, keys: keyOptions.keys)
      let host = try plan.host(host)
      let authority = try plan.authority()
      let token = EnrolmentToken(for: host, by: authority, at: .now)
      if output.json {
        try printer.json(Printed(host: host.text, token: token.text, ends: token.end))
      } else {
        try Terminal.print(token.text + "\n")
      }
    }
  }

  private struct Printed: Encodable {
    var host: String
    var token: String
    var ends: Timestamp
  }
}

struct AgentEnrollCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enroll",
    abstract: "Get this host's certificate, or write those of many hosts into folders.",
    discussion: """
      On a host, with a token: makes a key, which never leaves the host, and asks the authority for \
      a certificate. Or beside the authority, with a plan: writes one folder a host, with a key in \
      each, for a tool such as Ansible to bring there. Certificates hold for thirty days.

      Example:
        tenfold agent enroll --coordinator 10.0.0.5 --token - --keys agent-keys
        tenfold agent enroll out --hosts all -o agent-keys
      """)

  @Argument(
    help: ArgumentHelp(
      "The plan, or the folder that holds it; with --hosts.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @Option(
    help: ArgumentHelp("Where `tenfold agent authority` listens.", valueName: "address"))
  var coordinator: String?

  @Option(
    help: ArgumentHelp(
      "What `tenfold agent token` printed; - reads it from standard input, where no list of "
        + "processes shows it.", valueName: "token"))
  var token: String?

  @Option(
    help: ArgumentHelp("\"all\", or a file with a host on each line.", valueName: "list"),
    completion: .file())
  var hosts: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write; with --hosts.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  @OptionGroup var keyOptions: KeyOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if plan == nil {
      guard coordinator != nil, token != nil, keyOptions.keys != nil else {
        throw ValidationError(
          "A host needs --coordinator, --token and --keys; else give a plan with --hosts and -o.")
      }
    } else if hosts == nil || folder == nil {
      throw ValidationError("A plan needs --hosts and -o.")
    }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      if let plan, let hosts, let folder {
        let text = try writeAll(plan, hosts, folder)
        try printer.say(text)
      } else if let coordinator, let token, let keys = keyOptions.keys {
        let text = try enrol(coordinator, token, keys)
        try printer.say(text)
      }
    }
  }

  private func enrol(_ coordinator: String, _ text: String, _ keys: String) throws -> String {
    let address = try AgentHosts.address(coordinator, defaultPort: AgentAddress.enrolmentPort)
    let line = text == "-" ? readLine() ?? "" : text
    guard let token = EnrolmentToken(line) else {
      throw Failure(
        [
          Finding(
            rule: "usage", message: "this is no token of enrolment",
            hint: "copy the whole line that tenfold agent token printed")
        ], .usage)
    }
    switch try AgentRuntime().enrol(with: token, at: address) {
    case .failure(let why):
      throw Failure(
        [Finding(rule: "enrolment", message: "no certificate from \(address): \(why)")], .failed)
    case .success(let own):
      try AgentFolder.write(Files.withoutTrailingSlash(keys), own)
      return "enrolled \(token.host), until \(own.end)\n"
    }
  }

  private func writeAll(_ plan: String, _ list: String, _ folder: String) throws -> String {
    let plan = try PlanKeys(plan, keys: keyOptions.keys)
    let hosts = try AgentHosts.read(list, in: plan.names, port: AgentAddress.port)
    let authority = try plan.authority()
    let folder = Files.withoutTrailingSlash(folder)
    for host in hosts {
      let own = try authority.credentials(
        for: .agent(host.name), lifetime: Authority.agentLifetime, at: .now)
      try AgentFolder.write("\(folder)/\(host.name)", own)
    }
    return """
      wrote \(hosts.count) folders below \(folder)
      They hold keys: bring each to its host, then remove them here.

      """
  }
}
