import Testing

@testable import Quantities

/// Vectors of FIPS 180-4 and of NIST's example files.
@Suite struct SHA256Tests {
  @Test(
    "Messages of NIST have their digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func vectors(message: String, digest: String) {
    #expect(SHA256.hexDigest(Array(message.utf8)) == digest)
  }

  @Test("A million letters a have their digest")
  func long() {
    #expect(
      SHA256.hexDigest([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "Lengths around the block size are padded right", arguments: [55, 56, 63, 64, 65, 119, 120])
  func padding(length: Int) {
    let message = [UInt8](repeating: 0x61, count: length)
    #expect(SHA256.hexDigest(message).utf8.count == 64)
    #expect(SHA256.hexDigest(message) != SHA256.hexDigest(message + [0x61]))
  }

  @Test("With the processor's instructions and without, digests are the same")
  func plainly() {
    for length in 0..<300 {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ length) }
      #expect(
        SHA256.hexDigest(message, plainly: true) == SHA256.hexDigest(message, plainly: false))
    }
  }
}
