import Glibc
import Synchronization

/// Memory of this machine that guests may have.
public enum HostMemory {
  /// Bytes that can be had without swapping: `MemAvailable` of proc_meminfo(5), or less where a control
  /// group allows less (cgroup-v2: memory.max, memory.current); `nil` where the kernel does not say it.
  public static var available: Int? {
    let system = lines("/proc/meminfo").first { $0.hasPrefix("MemAvailable:") }
      .flatMap(number).flatMap { $0 <= Int.max >> 10 ? $0 << 10 : nil }
    return [system, ownGroup].compactMap { $0 }.min()
  }

  /// What the control groups of this process leave it; `nil` where they limit nothing.
  private static var ownGroup: Int? {
    guard let line = lines("/proc/self/cgroup").first(where: { $0.hasPrefix("0::/") }) else {
      return nil
    }
    var path = String(line.dropFirst(4))
    var least: Int?
    // A limit of any of them holds.
    while !path.isEmpty {
      let folder = "/sys/fs/cgroup/" + path
      if let most = lines(folder + "/memory.max").first.flatMap(number),
        let used = lines(folder + "/memory.current").first.flatMap(number)
      {
        least = min(least ?? Int.max, max(0, most - used))
      }
      path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
    return least
  }

  private static func lines(_ path: String) -> [String] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var line = [CChar](repeating: 0, count: 512)
    while lines.count < 200, fgets(&line, 512, file) != nil {
      lines.append(
        String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    return lines
  }

  /// The first whole number of a line.
  private static func number(_ line: String) -> Int? {
    Int(
      line.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber })
  }

  fileprivate static let state = Mutex((budget: 0, taken: 0))
}

/// Memory that is kept for a guest until this is gone: guests fill theirs long after they were let in.
public final class MemoryReservation: Sendable {
  private let bytes: Int

  /// - Returns: `nil` where all guests of this process together would have more than nine tenths of what
  ///   was available when there were none.
  public init?(_ bytes: Int) {
    let isKept = HostMemory.state.withLock { state in
      if state.taken == 0 { state.budget = (HostMemory.available ?? 0) / 10 * 9 }
      guard bytes > 0, bytes <= state.budget - state.taken else { return false }
      state.taken += bytes
      return true
    }
    guard isKept else { return nil }
    self.bytes = bytes
  }

  deinit { HostMemory.state.withLock { $0.taken -= bytes } }
}
