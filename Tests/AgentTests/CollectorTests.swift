import Evidence
import Foundation
import Quantities
import Testing

@testable import Agent

@Suite("The collector that an agent runs")
struct CollectorTests {
  /// The script that kits use.
  private static let shipped: [UInt8] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return (try? Data(contentsOf: root.appendingPathComponent("templates/kits/linux.sh")))
      .map(Array.init) ?? []
  }()

  private func script(_ body: String) -> [UInt8] {
    Array(
      """
      cat >/dev/null <<'X'
      # tenfold kit: the table of the plan begins
      # tenfold kit: the table of the plan ends
      X
      \(body)

      """.utf8)
  }

  /// What a script brings.
  private func collect(
    _ text: [UInt8], _ request: CollectRequest = CollectRequest(interval: 0),
    isCancelled: @Sendable () -> Bool = { false }
  ) async throws -> Result<[UInt8], CollectFailure> {
    let script = try #require(CollectScript(text))
    return try await withFolder { folder in
      let collector = ScriptCollector(script, folder: folder)
      let result: Result<[UInt8], CollectFailure>
      do throws(CollectFailure) {
        result = .success(
          try collector.collect(
            request, host: World.host, plan: World.plan, isCancelled: isCancelled))
      } catch {
        result = .failure(error)
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty, "left behind: \(left)")
      return result
    }
  }

  @Test("The shipped script brings evidence of this machine, for the host and plan of the agent")
  func shipped() async throws {
    let network = ProbeNetwork(
      name: "n", own: IPv4Address(bits: 0x0A00_0001), prefixLength: 24, mtu: 1500, vlan: 1,
      others: [IPv4Address(bits: 0x0A00_0002)])
    let bytes = try await collect(
      Self.shipped, CollectRequest(probes: false, interval: 0, networks: [network])
    ).get()
    let file = try EvidenceJSON.file(from: bytes, file: "live")
    #expect(file.host == "hv01" && file.plan == World.plan.text)
    #expect(file.outputs.contains { $0.command.hasPrefix("ip -j") })
    #expect(file.isPrivileged == (geteuid() == 0))
  }

  @Test("The table that a script gets names the host, its addresses and those of the others")
  func table() throws {
    let script = try #require(CollectScript(Self.shipped))
    let network = ProbeNetwork(
      name: "n", own: IPv4Address(bits: 1), prefixLength: 24, mtu: 1500, vlan: 1,
      others: [IPv4Address(bits: 2)])
    let request = CollectRequest(networks: [network], crossings: [IPv4Address(bits: 3)])
    let text = String(
      decoding: script.text(request, host: World.host, plan: World.plan), as: UTF8.self)
    #expect(
      text.contains(
        """
        plan \(World.plan)
        network hv01 n 0.0.0.1 24 1500 1
        network +1 n 0.0.0.2 24 1500 1
        cross 0.0.0.3
        # tenfold kit: the table of the plan ends
        """))
    #expect(CollectScript(Array("echo no marks".utf8)) == nil)
  }

  @Test("A script gets numbers and names, a fixed environment, and nothing of the agent's own")
  func environment() async throws {
    setenv("TENFOLD_TEST_SECRET", "x", 1)
    let bytes = try await collect(script("echo \"$@\"; env; ls /proc/self/fd | wc -l; trap")).get()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("--host hv01 --interval 0 --jobs 16\n"), "\(text)")
    #expect(!text.contains("SECRET") && !text.contains("HOME="))
    #expect(text.contains("PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"))
  }

  @Test("A script that fails, says nothing, or is ended: the agent says which, and its last words")
  func failures() async throws {
    for (body, words) in [
      ("echo '\u{1B}bad' >&2; exit 3", "ended with 3: \\x1bbad\\x0a"), ("exit 0", "ended with 0"),
      ("kill -9 $$", "ended by signal 9"),
    ] {
      let failure = try await collect(script(body)).failure
      #expect(failure?.description.contains(words) == true, "\(String(describing: failure))")
    }
  }

  @Test("A script that is cancelled ends with all that it started, `timeout` and background too")
  func cancelled() async throws {
    let start = ContinuousClock.now
    let mark = "31\(getpid())"
    let failure = try await collect(
      script("sleep \(mark) & timeout 1000 sleep \(mark) & (trap '' TERM; sleep \(mark)); wait")
    ) { ContinuousClock.now - start > .milliseconds(500) }.failure
    #expect(failure == CollectFailure("cancelled"))
    #expect(ContinuousClock.now - start < .seconds(5))
    for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      let words = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
      #expect(words?.contains("\0\(mark)\0") != true, "process \(process) was left")
    }
  }

  @Test("A script that is too slow is ended, even one that ignores being asked to")
  func tooSlow() throws {
    let start = ContinuousClock.now
    var run = try ShellRun(
      Array("trap '' TERM; echo begun; while :; do sleep 1; done\n".utf8), arguments: [],
      folder: "/tmp")
    let result = run.finish(within: .milliseconds(400), limit: 1000) { false }
    #expect(result.end == .tooSlow && result.output == Array("begun\n".utf8))
    #expect(ContinuousClock.now - start < .seconds(4))
  }

  @Test("What a script leaves behind in its session ends with it")
  func leftBehind() async throws {
    let mark = "32\(getpid())"
    let bytes = try await collect(script("sleep \(mark) >/dev/null 2>&1 & echo done")).get()
    #expect(bytes == Array("done\n".utf8))
    for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      let words = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
      #expect(words?.contains("\0\(mark)\0") != true, "process \(process) was left")
    }
  }

  @Test("Output has a limit, and a flood of complaints stops nothing")
  func floods() async throws {
    let failure = try await collect(script("yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")).failure
    #expect(failure == CollectFailure("the collector brought more than 64 MiB"))
    let bytes = try await collect(script("yes | head -c 3000000 >&2; echo done")).get()
    #expect(bytes == Array("done\n".utf8))
  }

  @Test("A whole run by an agent: the shipped script, over TLS, into facts")
  func whole() async throws {
    let script = try #require(CollectScript(Self.shipped))
    let world = try World()
    try await withFolder { folder in
      let agent = try await LiveAgent(world, collector: ScriptCollector(script, folder: folder))
      let file = try await agent.ask(request: CollectRequest(probes: false, interval: 0))
        .outcome.get()
      let facts = HostFactsReader.facts(of: file)
      #expect(facts.host == "hv01")
      try await agent.server.stop()
    }
  }
}
