import Evidence
import Quantities
import TenfoldTestSupport
import Testing

/// Evidence of a Linux host for tests: outputs by hand around one physical port `nic1-p1`.
struct LinuxSample {
  var outputs: [ToolOutput] = []

  static let port =
    #"[{"ifname":"nic1-p1","flags":["BROADCAST","UP","LOWER_UP"],"mtu":9000,"link_type":"ether","#
    + #""address":"b8:59:9f:00:00:01","promiscuity":0,"addr_info":[]}]"#

  /// The port alone, with one more output.
  static func port(
    _ command: String, _ text: String, status: Int = 0, errors: String = ""
  ) throws -> InterfaceFacts {
    var sample = LinuxSample()
    sample.add("ip -j -d -s -s address show", port)
    sample.add(command, text, status: status, errors: errors)
    return try sample.interface("nic1-p1")
  }

  mutating func add(_ command: String, _ text: String, status: Int = 0, errors: String = "") {
    outputs.append(ToolOutput(command: command, status: status, text: text, errors: errors))
  }

  func facts() throws -> HostFacts {
    let collected = try #require(Timestamp("2026-11-27T01:02:03Z"))
    return HostFactsReader.facts(
      of: EvidenceFile(
        collector: "test", host: "host01", system: .linux, plan: "", collected: collected,
        isPrivileged: true, outputs: outputs, probes: []))
  }

  func interface(_ name: String) throws -> InterfaceFacts {
    let list = try #require(try facts().interfaces.value)
    return try #require(list.first { $0.name == name })
  }
}

/// Files of evidence that the collector wrote, and one written after samples of tools on hardware
/// that nobody here has.
enum LinuxRecorded {
  static let folder = "Tests/EvidenceTests/Recorded/linux"

  static func names() -> [String] { Repository.names(in: folder, ending: ".json") }

  static func file(_ name: String) throws -> EvidenceFile {
    try EvidenceJSON.file(from: Repository.bytes("\(folder)/\(name)"), file: name)
  }

  static func interfaces(_ name: String) throws -> [String: InterfaceFacts] {
    let facts = HostFactsReader.facts(of: try file(name))
    let list = try #require(facts.interfaces.value)
    return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
  }
}

extension Reading {
  /// The reason and its detail, for expectations in one line.
  var why: String? { unknown.map { "\($0.reason.rawValue): \($0.detail)" } }
}

func priorities(_ numbers: Int...) -> [PriorityCodePoint] {
  numbers.compactMap { PriorityCodePoint($0) }
}

func vlans(_ numbers: Int...) -> [VLANID] { numbers.compactMap { VLANID($0) } }
