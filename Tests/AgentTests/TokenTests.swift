import Crypto
import Foundation
import Quantities
import Testing
import X509

@testable import Agent

@Suite("Tokens of enrolment")
struct TokenTests {
  let world: World

  init() throws { world = try World() }

  private func request(_ key: P256.Signing.PrivateKey = P256.Signing.PrivateKey()) throws -> String
  {
    try CertificateSigningRequest(
      version: .v1, subject: DistinguishedName { CommonName("any") },
      privateKey: Certificate.PrivateKey(key), attributes: CertificateSigningRequest.Attributes(),
      signatureAlgorithm: .ecdsaWithSHA256
    ).serializeAsPEM().pemString
  }

  /// A desk whose authority is on the disk.
  private func withDesk(_ work: (TokenDesk, Authority) throws -> Void) async throws {
    try await withFolder { folder in
      let authority = try AuthorityFolder.open(folder, plan: World.plan, at: world.now)
      try work(TokenDesk(authority, keys: folder), authority)
    }
  }

  private func refusal(
    _ desk: TokenDesk, _ text: String, at now: Timestamp
  ) throws -> EnrolmentRefusal? {
    let request = try request()
    do throws(EnrolmentRefusal) {
      _ = try desk.redeem(text, request: request, at: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("A token is read back from its text, which needs no quoting")
  func text() throws {
    let token = EnrolmentToken(for: World.host, by: world.authority, at: world.now)
    let read = try #require(EnrolmentToken(token.text))
    #expect(read.text == token.text && read.host == World.host)
    #expect(read.end == world.now + 3600)
    #expect(read.fingerprint == world.authority.trust.fingerprint)
    #expect(token.text.utf8.count < 160)
    #expect(token.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }

  @Test("A token gives one certificate, for its host and the key of the request")
  func redeemed() async throws {
    try await withDesk { desk, authority in
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      let key = P256.Signing.PrivateKey()
      let given = try desk.redeem(token.text, request: request(key), at: world.now)
      #expect(given.host == World.host)
      #expect(given.certificate.publicKey == Certificate.PublicKey(key.publicKey))
      let verdict = authority.trust.check(
        [try given.certificate.derBytes], as: .agent(World.host), at: world.now)
      #expect(verdict.failure == nil)
    }
  }

  @Test("A token that was used is refused, by another server over the same folder too")
  func replayed() async throws {
    try await withFolder { folder in
      let authority = try AuthorityFolder.open(folder, plan: World.plan, at: world.now)
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      #expect(try refusal(TokenDesk(authority, keys: folder), token.text, at: world.now) == nil)
      let again = try AuthorityFolder.open(folder, plan: World.plan, at: world.now)
      for desk in [TokenDesk(authority, keys: folder), TokenDesk(again, keys: folder)] {
        #expect(try refusal(desk, token.text, at: world.now) == .spent)
      }
      let next = EnrolmentToken(for: World.host, by: authority, at: world.now)
      #expect(try refusal(TokenDesk(again, keys: folder), next.text, at: world.now) == nil)
    }
  }

  @Test("A spent token stays spent when the list of them was cut short")
  func cutShort() async throws {
    try await withFolder { folder in
      let authority = try AuthorityFolder.open(folder, plan: World.plan, at: world.now)
      let desk = TokenDesk(authority, keys: folder)
      let file = "\(AuthorityFolder.path(folder, World.plan))/\(AuthorityFolder.spentFile)"
      try Data("halfali".utf8).write(to: URL(fileURLWithPath: file))
      chmod(file, 0o600)
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      #expect(try refusal(desk, token.text, at: world.now) == nil)
      #expect(try refusal(desk, token.text, at: world.now) == .spent)
    }
  }

  @Test("One token redeemed by eight threads at once gives one certificate")
  func raced() async throws {
    try await withFolder { folder in
      let authority = try AuthorityFolder.open(folder, plan: World.plan, at: world.now)
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      let request = try request()
      let now = world.now
      let given = await withTaskGroup(of: Bool.self) { tasks in
        for _ in 0..<8 {
          tasks.addTask {
            (try? TokenDesk(authority, keys: folder).redeem(token.text, request: request, at: now))
              != nil
          }
        }
        var given = 0
        for await isGiven in tasks where isGiven { given += 1 }
        return given
      }
      #expect(given == 1)
    }
  }

  @Test("A token is refused a second after its hour")
  func expired() async throws {
    try await withDesk { desk, authority in
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      let late = try refusal(desk, token.text, at: token.end + 1)
      #expect(late == .expired(token.end))
      let last = try refusal(desk, token.text, at: token.end)
      #expect(last == nil)
    }
  }

  @Test("A token of another plan's authority is not genuine")
  func otherPlan() async throws {
    try await withDesk { desk, _ in
      let other = try Authority(for: World.otherPlan, at: world.now)
      let token = EnrolmentToken(for: World.host, by: other, at: world.now)
      let why = try refusal(desk, token.text, at: world.now)
      #expect(why == .genuine)
    }
  }

  @Test("A token with any bit of any byte changed is refused, and so is one with another digit")
  func tampered() async throws {
    try await withDesk { desk, authority in
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      let bytes = try #require(Base64URL.bytes(token.text))
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= UInt8(1 << (place % 8))
        let why = try refusal(desk, Base64URL.text(damaged), at: world.now)
        #expect(why == .token || why == .genuine, "byte \(place)")
      }
      for place in token.text.indices {
        var text = Array(token.text)
        let digit = token.text.distance(from: token.text.startIndex, to: place)
        text[digit] = text[digit] == "A" ? "B" : "A"
        let why = try refusal(desk, String(text), at: world.now)
        #expect(why == .token || why == .genuine, "digit \(digit)")
      }
      for text in ["", "A", token.text + "A", String(token.text.dropLast()), token.text + "="] {
        #expect(try refusal(desk, text, at: world.now) == .token, "\(text)")
      }
      #expect(try refusal(desk, token.text, at: world.now) == nil)
    }
  }

  @Test("A request that is not signed by its own key is refused, and the token stays good")
  func unsigned() async throws {
    try await withDesk { desk, authority in
      let token = EnrolmentToken(for: World.host, by: authority, at: world.now)
      let text = try request()
      // One bit of the signature, in the last line before the end.
      var lines = text.split(separator: "\n").map(String.init)
      let last = lines.count - 2
      let first = lines[last].removeFirst()
      lines[last] = (first == "A" ? "B" : "A") + lines[last]
      for wrong in [lines.joined(separator: "\n"), "", "no request"] {
        #expect(throws: EnrolmentRefusal.request) {
          try desk.redeem(token.text, request: wrong, at: world.now)
        }
      }
      #expect(try refusal(desk, token.text, at: world.now) == nil)
    }
  }

  @Test("Base64 for URLs writes what RFC 4648 has, and reads back every length")
  func base64() {
    #expect(Base64URL.text(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(Base64URL.text(Array("foob".utf8)) == "Zm9vYg")
    #expect(Base64URL.text([0xFB, 0xFF]) == "-_8")
    for count in 0..<40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(Base64URL.bytes(Base64URL.text(bytes)) == bytes)
    }
    for text in ["A", "Zg=", "Zh", "Z g", "Zm9vYmF", "é"] { #expect(Base64URL.bytes(text) == nil) }
  }
}
