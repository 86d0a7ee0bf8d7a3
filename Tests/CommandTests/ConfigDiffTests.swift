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

  /// Shuts a host port of a ToR.
  private func shut(_ port: String, of tor: String, in folder: URL) throws {
    try replace(
      "interface \(port)\n", "interface \(port)\nshutdown\n",
      in: folder.appendingPathComponent("\(tor).cfg"))
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
      let start = try #require(diff.output.range(of: "To bring them back")).lowerBound
      let commands = String(diff.output[start...])
      #expect(
        diff.output[..<start].replacingOccurrences(of: folder.path, with: "running") == """
          spine-1
            TenGigabitEthernet 0/20: MTU: the text says 1554 (planned: 9216)
          r1-tor-a
            Te1/0/1: VLANs: the text says tagged 711 (planned: tagged 711, 721)
          r6-tor-b
            0 configurations carry this name (planned: one configuration for each switch)
          3 differences
          running/backup.txt: 1 line not understood, first line 12


          """)
      #expect(
        commands.replacingOccurrences(of: folder.path, with: "running").hasPrefix(
          """
          To bring them back, one switch at a time and in this order; go on only when all is as it \
          says after a switch, and no line was refused:
          1. r1-tor-a
             should it go away meanwhile, nobody is cut off
             before:
               - `show interfaces status`: every port that the plan uses is up; keep the output.

          """))
      #expect(
        commands.contains(
          """
             type:
               configure
               interface Te1/0/1
               switchport trunk allowed vlan 711,721
               exit
               exit
             and to keep it after a restart:
               copy running-config startup-config
             after:

          """))
      #expect(commands.contains("\n2. spine-1\n") && !commands.contains("\n3. "))
      let audit = try Binary.run(["audit", Self.plan, "--configs", folder.path])
      #expect(audit.status == 1)
      for rule in ["text-equals-intent", "mtu-fits", "host-vlans", "intents-complete"] {
        #expect(audit.errors.contains("[\(rule)]"), "\(rule)")
      }
    }
  }

  @Test("The switch goes first without which nobody is cut off")
  func order() throws {
    try withConfigs { folder in
      try shut("Te1/0/1", of: "r1-tor-b", in: folder)
      try replace(
        "description \"hv-r1-01 nic1-p1\"", "description \"hv\"",
        in: folder.appendingPathComponent("r1-tor-a.cfg"))
    } _: { folder in
      let diff = try Binary.run(["config", "diff", Self.plan, folder.path, "--json"])
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(diff.output.utf8)) as? [String: Any])
      let mends = try #require(json["mends"] as? [[String: Any]])
      #expect(mends.compactMap { $0["device"] as? String } == ["r1-tor-b", "r1-tor-a"])
      #expect(mends.compactMap { $0["risk"] as? String } == ["", ""])
      #expect(mends.allSatisfy { ($0["lines"] as? [String])?.first == "configure" })
    }
  }

  @Test("Who is cut off should a switch go away meanwhile is said")
  func risk() throws {
    try withConfigs { folder in
      try shut("Te1/0/1", of: "r1-tor-b", in: folder)
      try shut("Te1/0/3", of: "r1-tor-a", in: folder)
    } _: { folder in
      let diff = try Binary.run(["config", "diff", Self.plan, folder.path])
      #expect(
        diff.output.contains(
          """
          1. r1-tor-a
             should it go away meanwhile, who is cut off is not known: even now hv-r1-01 no longer \
          reaches hv-r1-02 (csv): stop what they carry first
          """))
      // With the first one whole, the second carries nobody alone.
      #expect(diff.output.contains("2. r1-tor-b\n   should it go away meanwhile, nobody"))
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
