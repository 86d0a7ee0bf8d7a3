import Glibc

/// What an adapter for RDMA says of itself: nothing of it shows at the counters of its interface.
public enum RDMACounters {
  /// Bytes that an adapter has sent, over all of its ports; `nil` where it does not say it, as adapters in
  /// software.
  ///
  /// `port_xmit_data` counts words of four bytes (Linux, Documentation/ABI/stable/sysfs-class-infiniband).
  /// - Parameter root: Where the kernel shows adapters.
  public static func bytesSent(
    by adapter: String, root: String = "/sys/class/infiniband"
  ) -> UInt64? {
    guard !adapter.isEmpty, !adapter.contains("/"), !adapter.hasPrefix(".") else { return nil }
    let ports = "\(root)/\(adapter)/ports"
    var sum: UInt64?
    for port in names(in: ports) {
      guard let words = number("\(ports)/\(port)/counters/port_xmit_data") else { continue }
      sum = (sum ?? 0) &+ words &* 4
    }
    return sum
  }

  /// Adapters of this host with what each has sent.
  public static func all(root: String = "/sys/class/infiniband") -> [String: UInt64] {
    var all: [String: UInt64] = [:]
    for adapter in names(in: root) { all[adapter] = bytesSent(by: adapter, root: root) }
    return all
  }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func number(_ path: String) -> UInt64? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    return UInt64(String(decoding: bytes.prefix(count).prefix { $0 > 32 }, as: UTF8.self))
  }
}
