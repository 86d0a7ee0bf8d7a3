#if os(Linux)
  import Evidence
  import Foundation
  import TenfoldTestSupport
  import Testing

  /// Runs the collector on the machine that tests run on, whatever tools that has.
  @Suite struct LinuxKitTests {
    private struct Run {
      var status: Int32
      var output: [UInt8]
      var errors: String
    }

    /// Runs the collector, with a table of the plan when one is given.
    private func run(_ arguments: [String], table: String? = nil) throws -> Run {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("tenfold-kit-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var script = try #require(Repository.text("templates/kits/linux.sh"))
      if let table {
        let start = "# tenfold kit: the table of the plan begins\n"
        script = script.replacingOccurrences(of: start, with: start + table)
      }
      let files = ["kit.sh", "out", "err"].map { folder.appendingPathComponent($0) }
      try Data(script.utf8).write(to: files[0])
      for file in files.dropFirst() { try Data().write(to: file) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [files[0].path] + arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
      process.waitUntilExit()
      return Run(
        status: process.terminationStatus, output: [UInt8](try Data(contentsOf: files[1])),
        errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }

    @Test("What the collector writes here is read, and names the host of the plan")
    func run() throws {
      let result = try run(
        ["--no-probes", "--interval", "0", "--host", "HOST7"],
        table: "plan abc\nnetwork host7 storage 10.71.1.7 24 9000 711\n")
      #expect(result.status == 0, "\(result.errors)")
      let file = try EvidenceJSON.file(from: result.output, file: "host7.json")
      #expect(file.host == "host7")
      #expect(file.plan == "abc")
      #expect(file.probes.isEmpty)
      let commands = file.outputs.map(\.command)
      #expect(commands.first == "ip -j -d -s -s address show")
      #expect(commands.last == "sample interval")
      _ = HostFactsReader.facts(of: file)
    }

    @Test(
      "What it is not told rightly is refused with a hint",
      arguments: [
        (["--probes"], "unknown option: --probes"), (["-o"], "-o wants a value"),
        (["--interval", "-1"], "--interval is 0 to 3600 seconds"),
        (["--packets", "0"], "--packets is 1 to 1000"),
        (["--packets", "1001"], "--packets is 1 to 1000"),
        (["--jobs", "0"], "--jobs is 1 to 256"), (["--host", "h2"], "the plan has no host h2"),
      ])
    func refused(arguments: [String], message: String) throws {
      let result = try run(arguments, table: "network h1 n 10.0.0.1 24 1500 1\n")
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors == "linux.sh: \(message)\nlinux.sh: see --help\n")
    }

    @Test("Each option stands in its help")
    func help() throws {
      let result = try run(["--help"])
      #expect(result.status == 0)
      let text = String(decoding: result.output, as: UTF8.self)
      for option in [
        "--host", "--output", "--no-probes", "--interval", "--jobs", "--packets", "--help",
      ] {
        #expect(text.contains(option))
      }
    }
  }
#endif
