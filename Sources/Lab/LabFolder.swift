import Fabric
import Glibc
import JSONText
import Quantities

/// What a lab keeps on disk while it is up: enough to take all of it down again.
public struct LabFolder: Sendable {
  /// All labs of this machine.
  public static let root = "/run/tenfold-lab"

  public let name: LabName
  public var path: String { "\(LabFolder.root)/\(name)" }
  /// The plan that was built.
  public var planPath: String { "\(path)/plan.json" }
  /// Hosts and where their agents listen.
  public var agentListPath: String { "\(path)/agents" }
  /// Keys of the plan's authority.
  public var keysPath: String { "\(path)/keys" }
  /// Keys of a host's agent: those of the plan, and those of another one.
  public func agentKeysPath(_ host: String, ofAnotherPlan: Bool = false) -> String {
    // A host sees this folder as /run.
    let keys = ofAnotherPlan ? LabPlan.Keys.others : .own
    return runPath(.host(host)) + keys.rawValue.dropFirst("/run".count)
  }
  var statePath: String { "\(path)/state.json" }
  var enterPath: String { "\(path)/enter" }
  func runPath(_ node: LabNode) -> String { "\(path)/nodes/\(node.folder)/run" }

  /// The folder of a lab, which need not exist.
  public init(_ name: LabName) { self.name = name }

  /// Labs that have something on this machine, by name.
  public static var all: [LabFolder] {
    guard let folder = opendir(root) else { return [] }
    defer { closedir(folder) }
    var names: [LabName] = []
    while let entry = readdir(folder) {
      let text = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let name = LabName(text) { names.append(name) }
    }
    return names.sorted { $0.description.precedesInBytes($1.description) }.map { LabFolder($0) }
  }

  public var exists: Bool { access(statePath, F_OK) == 0 }

  func make(_ nodes: [LabNode]) throws(LabFailure) {
    try LabFolder.make(path)
    for node in nodes {
      // Open vSwitch and lldpd keep their sockets there.
      for folder in ["openvswitch", "lldpd"] { try LabFolder.make("\(runPath(node))/\(folder)") }
    }
  }

  /// Makes a folder and those above it that are missing. Others may enter: lldpd gives up its rights.
  static func make(_ path: String) throws(LabFailure) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
        throw LabFailure(.machine, "cannot make \(made): \(String(cString: strerror(errno)))")
      }
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(LabFailure) {
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw LabFailure(.machine, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    var isGood = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    isGood = close(descriptor) == 0 && isGood
    guard isGood, rename(draft, path) == 0 else {
      unlink(draft)
      throw LabFailure(.machine, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
  }

  static func read(_ path: String) throws(LabFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw LabFailure(.machine, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
    }
  }

  /// What is known of the lab.
  public func state() throws(LabFailure) -> LabState {
    let bytes = try LabFolder.read(statePath)
    do { return try LabState.read(bytes) } catch {
      throw LabFailure(.machine, "\(statePath) is damaged", hint: "tenfold lab down \(name)")
    }
  }

  func save(_ state: LabState) throws(LabFailure) {
    let bytes: [UInt8]
    do { bytes = try state.bytes() } catch {
      throw LabFailure(.machine, "cannot write the state of the lab")
    }
    try LabFolder.write(bytes, to: statePath)
  }

  /// The lab as it was built.
  public func plan() throws -> LabPlan {
    let fabric = try FabricJSON.fabric(from: try LabFolder.read(planPath), file: planPath)
    return LabPlan(fabric, name: name, agent: try state().agent)
  }
}

/// What a lab is made of now.
public struct LabState: Sendable, Codable {
  /// A fault that was made, and how to mend it.
  public struct Broken: Sendable, Codable {
    public var fault: LabFault
    /// What was done, as one sentence without a full stop.
    public var said: String
    var undo: [LabStep]
    /// Host that is off; empty for none.
    var silent = ""
  }
  /// Process that brings it up or holds it.
  public var owner: Int32
  /// Whether it is up.
  public var isUp: Bool
  public var hosts: Int
  /// Program of the agents; empty in a lab without.
  public var agent = ""
  /// Namespaces that were made, or are about to be.
  public var namespaces: [String]
  public var broken: [Broken]

  static func read(_ bytes: [UInt8]) throws -> LabState {
    try LabState(from: JSONTreeDecoder(try JSONTree(bytes)))
  }

  func bytes() throws -> [UInt8] { try JSONWriter.bytes(self) }
}
