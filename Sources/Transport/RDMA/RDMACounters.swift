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
    for port in KernelFiles.names(in: ports) {
      guard
        let words: UInt64 = KernelFiles.number("\(ports)/\(port)/counters/port_xmit_data")
      else { continue }
      sum = (sum ?? 0) &+ words &* 4
    }
    return sum
  }

  /// Adapters of this host with what each has sent.
  public static func all(root: String = "/sys/class/infiniband") -> [String: UInt64] {
    var all: [String: UInt64] = [:]
    for adapter in KernelFiles.names(in: root) { all[adapter] = bytesSent(by: adapter, root: root) }
    return all
  }
}
