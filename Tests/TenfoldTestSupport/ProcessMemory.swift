import Foundation

/// What the kernel says of this process's memory.
public enum ProcessMemory {
  /// Starts a new high-water mark; has no effect where the kernel does not offer it.
  public static func resetPeak() {
    guard let handle = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? handle.write(contentsOf: Data("5".utf8))
    try? handle.close()
  }

  /// Most resident memory since the last reset, in bytes; 0 when the kernel does not say.
  public static func peak() -> Int { value("VmHWM:") }

  /// Resident memory, in bytes; 0 when the kernel does not say.
  public static func resident() -> Int { value("VmRSS:") }

  private static func value(_ key: String) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return 0
    }
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      let digits = line.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return (Int(String(decoding: digits, as: UTF8.self)) ?? 0) * 1024
    }
    return 0
  }
}
