import Foundation
import Quantities
import Synchronization
import Testing
import Threads
import TransportTestSupport

@testable import Transport

@Suite("Encrypted transfers")
struct EncryptionTests {
  private static let loopback = Relay.loopback
  private static let secret = TransferSecret(isEncrypted: true)

  /// Sends memory by one connection over a relay.
  /// - Returns: whether it landed.
  private func send(
    _ from: TransferMoves.Memory, to: TransferMoves.Memory,
    _ secrets: (TransferSecret, TransferSecret),
    within limit: Duration, watch: (@Sendable (UnsafeMutableRawBufferPointer) -> Void)? = nil
  ) throws -> Bool {
    let receiver = try TransferReceiver(secrets.1, into: to.transfer, on: [Self.loopback])
    let relay = try Relay(to: receiver.ports[0], watch: watch)
    let isOver = Atomic(false)
    var work = Work()
    #expect(work.start { _ = receiver.run { isOver.load(ordering: .relaxed) } })
    let sender = LaneTransport(
      secrets.0, from.transfer,
      [TransferPath(own: Self.loopback, other: Self.loopback, port: relay.port)],
      SendLane.Limits(), limit)
    sender.send([Extent(offset: 0, count: from.bytes.count)])
    let isDone = (try? sender.finish()) != nil
    isOver.store(true, ordering: .relaxed)
    work.finish()
    relay.end()
    return isDone && from.equals(to)
  }

  /// Memory that is full of a word.
  private func words(_ count: Int) -> TransferMoves.Memory {
    let memory = TransferMoves.Memory(count)
    let word = Array("of nobody else ".utf8)
    for place in 0..<count { memory.bytes[place] = word[place % word.count] }
    return memory
  }

  @Test(
    "Who listens in hears nothing of what is sent, and of the secret neither",
    arguments: [false, true])
  func heard(isEncrypted: Bool) throws {
    let secret = TransferSecret(isEncrypted: isEncrypted)
    let heard = Mutex<[UInt8]>([])
    let landed = try send(
      words(2 << 20), to: TransferMoves.Memory(2 << 20), (secret, secret), within: .seconds(20)
    ) { bytes in heard.withLock { $0 += bytes } }
    #expect(landed)
    let all = Data(heard.withLock { $0 })
    #expect(all.count > 2 << 20)
    #expect((all.range(of: Data("nobody else".utf8)) == nil) == isEncrypted)
    #expect((all.range(of: Data(secret.ofSender)) == nil) == isEncrypted)
  }

  @Test("What is altered on its way is noticed, and lands as it was sent by another connection")
  func altered() throws {
    let passed = Mutex(0)
    let (from, to) = (TransferMoves.Memory(8 << 20, seed: 3), TransferMoves.Memory(8 << 20))
    let landed = try send(from, to: to, (Self.secret, Self.secret), within: .seconds(20)) { bytes in
      passed.withLock { passed in
        // A bit of a byte amid each megabyte, three times.
        let before = passed / (1 << 20)
        passed += bytes.count
        if passed / (1 << 20) > before, before < 3 { bytes[bytes.count / 2] ^= 1 }
      }
    }
    #expect(landed)
    #expect(passed.withLock { $0 } > 8 << 20)
  }

  @Test("Of two that do not have the same secret, or of which one does not encrypt, nothing lands")
  func strangers() throws {
    let others = [
      (Self.secret, TransferSecret(isEncrypted: true)), (Self.secret, TransferSecret()),
      (TransferSecret(), Self.secret),
      (Self.secret, TransferSecret(String(Self.secret.text.dropFirst(4))) ?? TransferSecret()),
    ]
    for pair in others {
      let to = TransferMoves.Memory(1 << 20)
      let landed = try send(
        TransferMoves.Memory(1 << 20, seed: 4), to: to, pair, within: .milliseconds(700))
      #expect(!landed && to.equals(TransferMoves.Memory(1 << 20)))
    }
  }

  @Test("What an adapter would write is not encrypted, so that none is asked for")
  func adapter() throws {
    var limits = SendLane.Limits()
    limits.wantsRDMA = true
    let (from, to) = (TransferMoves.Memory(1 << 20, seed: 5), TransferMoves.Memory(1 << 20))
    _ = try TransferMoves.move(from: from, to: to, lanes: 1, limits: limits, isEncrypted: true) {
      sender, _ in
      sender.send([Extent(offset: 0, count: 1 << 20)])
      try sender.finish()
      guard case .failure(let why)? = sender.packing[0].adapter else {
        Issue.record("\(sender.packing)")
        return
      }
      #expect(why.description.contains("nobody encrypts"))
    }
    #expect(from.equals(to))
  }

  /// OpenSSL's own program, where it is.
  private static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    "OpenSSL's own client meets a receiver with the right key, by TLS 1.3, and with no other",
    .enabled(if: program != nil), arguments: [true, false])
  func client(isRight: Bool) throws {
    let memory = TransferMoves.Memory(1 << 20)
    let receiver = try TransferReceiver(Self.secret, into: memory.transfer, on: [Self.loopback])
    let isOver = Atomic(false)
    var work = Work()
    #expect(work.start { _ = receiver.run { isOver.load(ordering: .relaxed) } })
    let key = (isRight ? Self.secret : TransferSecret(isEncrypted: true)).key
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.program))
    process.arguments = [
      "s_client", "-connect", "127.0.0.1:\(receiver.ports[0])", "-tls1_3", "-psk_identity",
      "tenfold",
      "-psk", key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(),
      "-ign_eof",
    ]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
    try process.run()
    // A lane that cannot be, so that the receiver ends it.
    input.fileHandleForWriting.write(Data(repeating: 0xFF, count: LaneHello.length))
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    isOver.store(true, ordering: .relaxed)
    work.finish()
    #expect(
      said.contains("Reused, TLSv1.3, Cipher is TLS_") == isRight, "\(said)")
  }
}
