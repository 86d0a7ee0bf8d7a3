import Foundation
import TenfoldTestSupport
import Testing

@Suite("Configurations against their plan")
struct ConfigDiffTests {
  private static let plan = "examples/medium/expected"

  /// Copies the plan's configurations, changes them, hands the folder out.
  private func withConfigs(
    _ change: (URL) throws -> Void, _ work: (URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent("running")
      try FileManager.default.copyItem(
        at: Repository.root.appendingPathComponent("\(Self.plan)/switches"), to: copy)
      try change(copy)
      try work(copy)
    }
  }

  private func replace(_ old: String, _ new: String, in file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let range = try #require(text.range(of: old))
    try text.replacingCharacters(in: range, with: new)
      .write(to: file, atomically: true, encoding: .utf8)
  }

  @Test("What the plan wrote does not differ from it, and passes every proof")
  func same() throws {
    try withConfigs { _ in
    } _: { folder in
      let diff = try Binary.run(["config", "diff", Self.plan, folder.path])
      #expect(diff.status == 0 && diff.output == "nothing differs\n" && diff.errors == "")
      let audit = try Binary.run(["audit", Self.plan, "--configs", folder.path])
      #expect(audit.status == 0 && audit.output.contains("text-equals-intent"))
      #expect(!audit.output.contains("FAILED"))
    }
  }

  @Test("What differs is named by device, place and setting, whatever the file is called")
  func differs() throws {
    try withConfigs { folder in
      let spine = folder.appendingPathComponent("spine-1.cfg")
      try replace(" mtu 9216\n", " mtu 1554\n", in: spine)
      let tor = folder.appendingPathComponent("r1-tor-a.cfg")
      try replace("allowed vlan 711,721\n", "allowed vlan 711\n", in: tor)
      try replace("exit\n", "exit\nsnmp-server community x\n", in: tor)
      try FileManager.default.moveItem(at: tor, to: folder.appendingPathComponent("backup.txt"))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("r6-tor-b.cfg"))
    } _: { folder in
      let diff = try Binary.run(["config", "diff", Self.plan, folder.path])
      #expect(diff.status == 1)
      #expect(
        diff.output.replacingOccurrences(of: folder.path, with: "running") == """
          spine-1
            TenGigabitEthernet 0/20: MTU: the text says 1554 (planned: 9216)
          r1-tor-a
            Te1/0/1: VLANs: the text says tagged 711 (planned: tagged 711, 721)
          r6-tor-b
            0 configurations carry this name (planned: one configuration for each switch)
          3 differences
          running/backup.txt: 1 line not understood, first line 12

          """)
      let audit = try Binary.run(["audit", Self.plan, "--configs", folder.path])
      #expect(audit.status == 1)
      for rule in ["text-equals-intent", "mtu-fits", "host-vlans", "intents-complete"] {
        #expect(audit.errors.contains("[\(rule)]"), "\(rule)")
      }
    }
  }

  @Test("Configurations are held to each other without a plan")
  func withoutPlan() throws {
    try withConfigs { _ in
    } _: { folder in
      let audit = try Binary.run(["audit", "--configs", folder.path])
      #expect(audit.status == 0 && audit.output.hasPrefix("ok     text-names"), "\(audit.errors)")
      #expect(!audit.output.contains("FAILED"))
      try replace(" mtu 9216\n", " mtu 1554\n", in: folder.appendingPathComponent("spine-1.cfg"))
      let wrong = try Binary.run(["audit", "--configs", folder.path])
      #expect(wrong.status == 1)
      #expect(wrong.errors.contains("spine-1 / TenGigabitEthernet 0/20: "))
      #expect(wrong.errors.contains("[text-mtu]"))
      #expect(try Binary.run(["audit"]).status == 2)
    }
  }

  @Test("A file of no dialect is said, and a folder that is not there ends with 3")
  func unreadable() throws {
    try withConfigs { folder in
      try Data("hello\n".utf8).write(to: folder.appendingPathComponent("readme"))
    } _: { folder in
      let diff = try Binary.run(["config", "diff", Self.plan, folder.path])
      #expect(diff.status == 1 && diff.output == "no setting differs, but see the errors\n")
      #expect(diff.errors.contains("readme: error: no line of it is one of a dialect"))
      let missing = try Binary.run(["config", "diff", Self.plan, folder.path + "/none"])
      #expect(missing.status == 3)
    }
  }
}
