import Agent
import Evidence
import Quantities
import Testing
import Validation

@testable import tenfold

/// What asking the agents adds to a result.
@Suite struct AgentNoteTests {
  private func note(_ outcome: AgentFailure) throws -> AgentNote {
    let host = AgentHost(
      name: try #require(HostName("h1")), address: AgentAddress(host: "10.0.0.1", port: 7310))
    return try #require(AgentNote(HostResult(host: host, outcome: .failure(outcome))))
  }

  private func result(_ findings: [Finding]) -> ValidationResult {
    let checks = [
      ValidationResult.Summary(
        check: .linkUp, claim: "", pass: 1, fail: 0, skipped: 0, unknown: 0)
    ]
    return ValidationResult(
      findings: findings, checks: checks, rows: [], hosts: 2, hostsWithEvidence: 1, links: [])
  }

  @Test("An agent that brings nothing is a finding, and the run is not green")
  func told() throws {
    for failure in [
      AgentFailure.unreachable("x"), .timedOut(.handshake), .timedOut(.connecting),
      .wrongPlan(found: "x"),
    ] {
      let added = result([]).adding([try note(failure)])
      #expect(added.findings.map(\.subject) == [["h1"]])
      #expect(added.verdict == .failed)
    }
    #expect(result([]).adding([]).verdict == .green)
  }

  @Test("Of a host that is away and answers nobody, one finding speaks")
  func away() throws {
    let dead = Finding(rule: "path.reach", subject: ["h1"], message: "h1 answers nobody")
    let port = Finding(rule: "path.reach", subject: ["h1 p1", "C1"], message: "nothing passes")
    let other = Finding(rule: "path.reach", subject: ["h11 p1", "C1"], message: "nothing passes")
    for failure in [AgentFailure.unreachable("No route to host"), .timedOut(.connecting)] {
      for known in [dead, port] {
        let added = result([known]).adding([try note(failure)])
        #expect(added.findings.map(\.message) == [known.message])
        #expect(added.findings[0].hint.contains("h1 is on"))
      }
      #expect(result([other]).adding([try note(failure)]).findings.count == 2)
    }
    // It is there and does not answer as it should: that is another thing.
    for failure in [
      AgentFailure.unreachable("Connection refused"), .wrongPlan(found: "x"), .timedOut(.handshake),
    ] {
      #expect(result([dead]).adding([try note(failure)]).findings.count == 2)
    }
  }

  @Test("A clock that is off by an hour is told with how far, one that is off by a second is not")
  func clock() throws {
    let file = EvidenceFile(
      collector: "test 1", host: "h1", system: .linux, plan: "",
      collected: try #require(Timestamp(seconds: 1)), isPrivileged: true, outputs: [], probes: [])
    func note(_ ahead: Int64) throws -> AgentNote? {
      AgentNote(
        HostResult(
          host: AgentHost(
            name: try #require(HostName("h1")), address: AgentAddress(host: "h1", port: 1)),
          outcome: .success(file), clockAhead: ahead, isPrivileged: true))
    }
    #expect(try note(1) == nil)
    #expect(try note(3600)?.finding.message == "its clock is 3600 s ahead")
    #expect(try note(-3600)?.finding.message == "its clock is 3600 s behind")
    #expect(try note(3600)?.isAway == false)
  }
}
