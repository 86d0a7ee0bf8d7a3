import Agent
import Fabric
import Quantities
import Validation

/// A plan as the commands of the agent need it: its hash, its hosts, and where its keys are.
struct PlanKeys {
  let fabric: Fabric
  let hash: PlanHash
  let keys: String
  /// Hosts with a port on the new fabric, in the order of the plan.
  let names: [HostName]

  /// - Parameter keys: As the user gave it; `.tenfold` beside the plan's folder if not.
  init(_ plan: String, keys: String?) throws {
    let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
    self = try PlanKeys(fabric, hash: hash, at: plan, keys: keys)
  }

  init(_ fabric: Fabric, hash: String, at plan: String, keys: String?) throws(Failure) {
    guard let planHash = PlanHash(hash) else {
      throw Failure([Finding(rule: "agent", message: "\"\(hash)\" is no SHA-256")], .machine)
    }
    self.fabric = fabric
    self.hash = planHash
    let folder = Files.isFolder(plan) ? plan : Files.parent(plan)
    self.keys =
      keys.map(Files.withoutTrailingSlash)
      ?? Files.parent(System.realPath(folder) ?? folder) + "/.tenfold"
    let linked = Set(fabric.links.filter { $0.role == .host }.map(\.b.node))
    names = fabric.hosts.map(\.name).filter(linked.contains).compactMap { HostName($0) }
  }

  /// The plan's authority, made on demand.
  /// - Throws: `Failure` when its keys cannot be used.
  func authority() throws(Failure) -> Authority {
    do throws(Findings) { return try AuthorityFolder.open(keys, plan: hash, at: .now) } catch {
      throw Failure(error.all, .machine)
    }
  }

  /// A host of the plan.
  func host(_ text: String) throws(Failure) -> HostName {
    if let host = names.first(where: { $0.text == text }) { return host }
    throw AgentHosts.unknown(text, names)
  }
}

/// Lists of hosts and where their agents listen.
enum AgentHosts {
  /// Where the agent of a host is, by a list.
  static func agent(
    _ name: HostName, _ agents: [AgentHost]
  ) throws(Failure) -> AgentHost {
    if let agent = agents.first(where: { $0.name == name }) { return agent }
    throw Failure(
      [
        Finding(
          rule: "agent-hosts",
          message: "the list of hosts does not say where the agent of \(name) is")
      ], .usage)
  }

  /// Reads a list: `all` for every host of the plan by its own name, else a file with a line
  /// `HOST [ADDRESS[:PORT]]` for each; what follows a # is left out.
  static func read(
    _ list: String, in names: [HostName], port: Int
  ) throws(Failure) -> [AgentHost] {
    if list == "all" {
      return names.map {
        AgentHost(name: $0, address: AgentAddress(host: $0.text, port: port))
      }
    }
    let known = Set(names)
    var hosts: [AgentHost] = []
    var seen: Set<HostName> = []
    let text = String(decoding: try Files.read(list, limit: 1 << 20), as: UTF8.self)
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      let place = SourcePosition(file: list, line: number + 1)
      guard let name = HostName(first), known.contains(name) else {
        throw unknown(String(first), names, at: place)
      }
      guard words.count <= 2,
        let address = AgentAddress(String(words.last ?? first), defaultPort: port)
      else {
        throw Failure(
          [
            Finding(
              rule: "agent-hosts", position: place,
              message: "this line is not HOST, HOST ADDRESS or HOST ADDRESS:PORT")
          ], .usage)
      }
      guard seen.insert(name).inserted else {
        throw Failure(
          [Finding(rule: "agent-hosts", position: place, message: "\(name) stands here twice")],
          .usage)
      }
      hosts.append(AgentHost(name: name, address: address))
    }
    return hosts
  }

  static func address(
    _ text: String, defaultPort: Int = AgentAddress.port
  ) throws(Failure) -> AgentAddress {
    guard let address = AgentAddress(text, defaultPort: defaultPort) else {
      throw Failure(
        [
          Finding(
            rule: "usage", message: "\"\(text)\" is no address",
            hint: "write ADDRESS, ADDRESS:PORT or [IPV6]:PORT")
        ], .usage)
    }
    return address
  }

  /// Starts a server; that it cannot listen is the machine's refusal.
  static func listening<Server>(_ start: () throws -> Server) throws -> Server {
    do { return try start() } catch let findings as Findings {
      throw Failure(findings.all, .machine)
    }
  }

  static func unknown(
    _ text: String, _ names: [HostName], at place: SourcePosition? = nil
  ) -> Failure {
    let near = NearestName.nearest(to: text, among: names.map(\.text))
    return Failure(
      [
        Finding(
          rule: "agent-hosts", position: place, message: "the plan has no host \"\(text)\"",
          hint: near.map { "did you mean \($0)?" } ?? "")
      ], .usage)
  }
}
