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
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: [OwnInterface] = []
    var next = first
    while let entry = next?.pointee {
      next = entry.ifa_next
      let isUp = entry.ifa_flags & UInt32(IFF_UP) != 0
      let isLoopback = entry.ifa_flags & UInt32(IFF_LOOPBACK) != 0
      guard isUp, !isLoopback, let address = ipv4(entry.ifa_addr),
        let mask = ipv4(entry.ifa_netmask), let text = entry.ifa_name
      else { continue }
      let name = String(cString: text)
      found.append(
        OwnInterface(
          name: name, address: address, prefixLength: (~mask.bits).leadingZeroBitCount,
          rate: number("/sys/class/net/\(name)/speed").map {
            DataRate(bitsPerSecond: $0 * 1_000_000)
          },
          hasRSS: entries("/sys/class/net/\(name)/queues") { $0.hasPrefix("rx-") } > 1,
          hasRDMA: entries("/sys/class/net/\(name)/device/infiniband") { !$0.hasPrefix(".") } > 0))
    }
    return found.sorted { ($0.name, $0.address) < ($1.name, $1.address) }
  }

  private static func ipv4(_ address: UnsafeMutablePointer<sockaddr>?) -> IPv4Address? {
    guard let address, address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
    return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
      IPv4Address(bits: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
    }
  }

  /// A number that a file of the kernel holds; `nil` where it holds none, or one below 1.
  private static func number(_ path: String) -> Int64? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [CChar](repeating: 0, count: 32)
    guard fgets(&bytes, 32, file) != nil else { return nil }
    let text = String(
      decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return Int64(text.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }).flatMap {
      1...1_000_000 ~= $0 ? $0 : nil
    }
  }

  private static func entries(_ path: String, _ isCounted: (String) -> Bool) -> Int {
    guard let folder = opendir(path) else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if isCounted(name) { count += 1 }
    }
    return count
  }
}
