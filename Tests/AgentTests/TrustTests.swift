import Crypto
import Quantities
import Testing
import X509

@testable import Agent

@Suite("Whose certificate is accepted")
struct TrustTests {
  let world: World
  let key = P256.Signing.PrivateKey()

  init() throws { world = try World() }

  private func verdict(
    _ certificate: Certificate, as role: Role = .coordinator, at now: Timestamp? = nil
  ) throws -> PeerRefusal? {
    try world.authority.trust.check(
      [certificate.derBytes], as: role, at: now ?? world.now
    ).failure
  }

  @Test("A certificate is accepted for its own role")
  func ownRole() throws {
    for role in [Role.coordinator, .agent(World.host), .enrolment] {
      let certificate = try world.authority.issue(role, to: key.publicKey, at: world.now)
      #expect(try verdict(certificate, as: role) == nil)
    }
  }

  @Test("No certificate, or bytes that are none, are refused")
  func noCertificate() throws {
    let trust = world.authority.trust
    #expect(trust.check([], as: .coordinator, at: world.now).failure == PeerRefusal.none)
    #expect(trust.check([[1, 2, 3]], as: .coordinator, at: world.now).failure != nil)
    let long = [UInt8](repeating: 0x30, count: 100_000)
    #expect(trust.check([long], as: .coordinator, at: world.now).failure != nil)
  }

  @Test("An authority of the same plan and name, but with another key, is unknown")
  func otherAuthority() throws {
    let other = try Authority(for: world.authority.plan, at: world.now)
    let certificate = try other.issue(.coordinator, to: key.publicKey, at: world.now)
    #expect(try verdict(certificate) == .unknownAuthority)
  }

  @Test("A certificate of another plan is told as that, by whichever authority")
  func otherPlan() throws {
    let other = try Authority(for: World.otherPlan, at: world.now)
    let foreign = try other.issue(.coordinator, to: key.publicKey, at: world.now)
    #expect(try verdict(foreign) == .plan(World.otherPlan))
    let own = try world.authority.issue(
      Identity(plan: World.otherPlan, role: .coordinator), to: key.publicKey, lifetime: 3600,
      at: world.now)
    #expect(try verdict(own) == .plan(World.otherPlan))
  }

  @Test("A certificate is refused a second after its end, and before its beginning")
  func validity() throws {
    let certificate = try world.authority.issue(
      .coordinator, to: key.publicKey, lifetime: 3600, at: world.now)
    let end = world.now + 3600
    #expect(try verdict(certificate, at: end) == nil)
    #expect(try verdict(certificate, at: end + 1) == .expired(end))
    let start = world.now - Authority.backdating
    #expect(try verdict(certificate, at: start) == nil)
    #expect(try verdict(certificate, at: start - 1) == .notYetValid(start))
  }

  @Test("Certificates end with their authority")
  func authorityEnds() throws {
    let late = world.now + Authority.lifetime - 60
    let certificate = try world.authority.issue(.coordinator, to: key.publicKey, at: late)
    #expect(certificate.notValidAfter <= world.authority.certificate.notValidAfter)
    #expect(try verdict(certificate, at: late + 120) != nil)
  }

  @Test("No role opens another: an agent is no coordinator, no enrolment server, no other agent")
  func otherRole() throws {
    let roles = [Role.coordinator, .agent(World.host), .agent(World.name("hv02")), .enrolment]
    for own in roles {
      let certificate = try world.authority.issue(own, to: key.publicKey, at: world.now)
      for asked in roles where asked != own {
        #expect(try verdict(certificate, as: asked) != nil, "\(own) as \(asked)")
      }
    }
    let agent = try world.authority.issue(.agent(World.host), to: key.publicKey, at: world.now)
    #expect(try verdict(agent, as: .agent(World.name("hv02"))) == .host(World.host))
  }

  @Test("The authority's own certificate opens nothing")
  func authorityItself() throws {
    #expect(try verdict(world.authority.certificate) != nil)
  }

  @Test("A certificate with any byte changed is refused")
  func damaged() throws {
    let certificate = try world.authority.issue(.coordinator, to: key.publicKey, at: world.now)
    let bytes = try certificate.derBytes
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[place] ^= 1
      let verdict = world.authority.trust.check([damaged], as: .coordinator, at: world.now)
      #expect(verdict.failure != nil, "byte \(place)")
    }
  }

  @Test("Names of identities are read back, and nothing else is")
  func identities() {
    for role in [Role.coordinator, .agent(World.host), .enrolment] {
      let identity = Identity(plan: World.plan, role: role)
      #expect(Identity(uri: identity.uri) == identity)
    }
    let stem = "tenfold://\(World.plan)"
    for uri in [
      "", stem, stem + "/", stem + "/agent", stem + "/agent/", stem + "/agent/a/b",
      stem + "/agent/../x", stem + "/agent/-x", stem + "/coordinator/x", stem + "/Coordinator",
      "http://\(World.plan)/coordinator", "tenfold://abc/coordinator",
    ] { #expect(Identity(uri: uri) == nil, "\(uri)") }
  }

  @Test("Names of hosts are safe as files, in URIs and in scripts")
  func hostNames() {
    for name in ["hv01", "A", "a.b-c_d", String(repeating: "a", count: 64)] {
      #expect(HostName(name) != nil, "\(name)")
    }
    for name in [
      "", ".", "..", "-x", "a b", "a/b", "a\n", "é", "$x", "a;b", "a\0",
      String(repeating: "a", count: 65),
    ] { #expect(HostName(name) == nil, "\(name)") }
  }
}
