import CSHA256

/// SHA-256 (FIPS 180-4) over bytes, for content hashes of catalogues and plans.
///
/// Kept here because the packages that offer it build all of BoringSSL, which costs minutes, for
/// this one function. It guards against stale and damaged files, not against an attacker.
public enum SHA256 {
  /// The digest as 64 lower-case hexadecimal digits.
  public static func hexDigest(_ bytes: [UInt8]) -> String { hexDigest(bytes, plainly: false) }

  /// - Parameter plainly: whether to do without the processor's instructions for it.
  static func hexDigest(_ bytes: [UInt8], plainly: Bool) -> String {
    var state = initialState
    let whole = bytes.count / 64
    add(bytes, blocks: whole, to: &state, plainly)
    // The rest, a one bit, zeros, and the length in bits fill one block or two.
    var rest = Array(bytes[(whole * 64)...])
    rest.append(0x80)
    while rest.count % 64 != 56 { rest.append(0) }
    let bitCount = UInt64(bytes.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      rest.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    add(rest, blocks: rest.count / 64, to: &state, plainly)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }

  private static func add(
    _ message: [UInt8], blocks: Int, to state: inout [UInt32], _ plainly: Bool
  ) {
    message.withUnsafeBufferPointer { bytes in
      guard blocks > 0, let base = bytes.baseAddress else { return }
      if !plainly, tenfold_sha256_blocks(&state, base, blocks) == 1 { return }
      // Pointers instead of arrays: the plan and the catalogue have half a million bytes each.
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
        constants.withUnsafeBufferPointer { constants in
          for block in 0..<blocks {
            expand(base + block * 64, into: words)
            compress(words, constants, into: &state)
          }
        }
      }
    }
  }

  private static func expand(
    _ block: UnsafePointer<UInt8>, into words: UnsafeMutableBufferPointer<UInt32>
  ) {
    let raw = UnsafeRawPointer(block)
    for index in 0..<16 {
      words[index] = UInt32(
        bigEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }
    for index in 16..<64 {
      let (x, y) = (words[index &- 15], words[index &- 2])
      let s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x &>> 3)
      let s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y &>> 10)
      words[index] = words[index &- 16] &+ s0 &+ words[index &- 7] &+ s1
    }
  }

  private static func compress(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
    into state: inout [UInt32]
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ s1 &+ choice &+ constants[index] &+ words[index]
      let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ s0 &+ majority)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }

  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  private static let initialState: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
