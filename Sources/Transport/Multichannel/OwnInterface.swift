import Glibc
import Quantities

/// An address of this machine, and what its interface can.
public struct OwnInterface: Hashable, Sendable {
  public var name: String
  public var address: IPv4Address
  public var prefixLength: Int
  /// As its driver says; `nil` where it does not.
  public var rate: DataRate?
  /// Whether packets of one address can be spread over processors: it has more than one queue to
  /// receive.
  public var hasRSS: Bool
  /// Whether an RDMA device belongs to it.
  public var hasRDMA: Bool

  /// Makes an interface.
  public init(
    name: String, address: IPv4Address, prefixLength: Int, rate: DataRate?, hasRSS: Bool,
    hasRDMA: Bool
  ) {
    self.name = name
    self.address = address
    self.prefixLength = prefixLength
    self.rate = rate
    self.hasRSS = hasRSS
    self.hasRDMA = hasRDMA
  }

  /// The interfaces of this machine that are up, loopback left out, by name and address.
  public static func all() -> [OwnInterface] {
    addresses().map { name, address, prefixLength in
      let folder = "/sys/class/net/\(name)"
      let megabits: Int64? = KernelFiles.number(folder + "/speed")
      return OwnInterface(
        name: name, address: address, prefixLength: prefixLength,
        rate: megabits.flatMap {
          1...1_000_000 ~= $0 ? DataRate(bitsPerSecond: $0 * 1_000_000) : nil
        },
        hasRSS: KernelFiles.names(in: folder + "/queues").count { $0.hasPrefix("rx-") } > 1,
        hasRDMA: !KernelFiles.names(in: folder + "/device/infiniband").isEmpty)
    }
  }

  /// The name of the interface that has an address; `nil` where none that is up has it.
  static func name(of address: IPv4Address) -> String? {
    addresses().first { $0.address == address }?.name
  }

  private static func addresses() -> [(name: String, address: IPv4Address, prefixLength: Int)] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: [(name: String, address: IPv4Address, prefixLength: Int)] = []
    var next = first
    while let entry = next?.pointee {
      next = entry.ifa_next
      let isUp = entry.ifa_flags & UInt32(IFF_UP) != 0
      let isLoopback = entry.ifa_flags & UInt32(IFF_LOOPBACK) != 0
      guard isUp, !isLoopback, let address = ipv4(entry.ifa_addr),
        let mask = ipv4(entry.ifa_netmask), let text = entry.ifa_name
      else { continue }
      found.append((String(cString: text), address, (~mask.bits).leadingZeroBitCount))
    }
    return found.sorted { ($0.name, $0.address) < ($1.name, $1.address) }
  }

  private static func ipv4(_ address: UnsafeMutablePointer<sockaddr>?) -> IPv4Address? {
    guard let address, address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
    return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
      IPv4Address(bits: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
    }
  }
}
