import Quantities
import Threads

/// Processors that are at the same NUMA node as a card: others reach its buffers through them.
enum NearProcessors {
  /// Processors near the card behind an interface.
  /// - Parameter root: Where the kernel shows devices (Linux, Documentation/ABI/stable/sysfs-devices-node).
  /// - Returns: `nil` where all are alike: the machine has one node, the kernel does not say where the card
  ///   is, or the interface is of cards at several nodes.
  static func processors(near interface: String, root: String = "/sys") -> [Int]? {
    let nodes = KernelFiles.names(in: root + "/devices/system/node").filter {
      $0.hasPrefix("node") && Int($0.dropFirst(4)) != nil
    }
    guard nodes.count > 1, let node = node(of: interface, root, depth: 0),
      let list = KernelFiles.line("\(root)/devices/system/node/node\(node)/cpulist")
    else { return nil }
    return numbers(list)
  }

  /// Lets this thread run only on the processors near the interface that has an own address, as far as it
  /// may run there at all.
  static func stay(near address: IPv4Address) {
    guard let interface = OwnInterface.name(of: address), let near = processors(near: interface)
    else { return }
    Threads.stay(onProcessors: near)
  }

  /// The node of an interface's card: of those below it where it is a VLAN, a team or a bridge.
  private static func node(of interface: String, _ root: String, depth: Int) -> Int? {
    guard depth < 8, !interface.contains("/") else { return nil }
    let folder = "\(root)/class/net/\(interface)"
    if let node: Int = KernelFiles.number(folder + "/device/numa_node") {
      return node >= 0 ? node : nil
    }
    let lower = KernelFiles.names(in: folder).filter { $0.hasPrefix("lower_") }
    let nodes = Set(lower.map { node(of: String($0.dropFirst(6)), root, depth: depth + 1) })
    return nodes.count == 1 ? nodes.first ?? nil : nil
  }

  /// `0-3,8,10-11` (Linux, Documentation/core-api/printk-formats, bitmaps as lists); `nil` for what is none.
  static func numbers(_ list: String) -> [Int]? {
    var all: [Int] = []
    for part in list.split(separator: ",") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1],
        0...8191 ~= first, first...8191 ~= last
      else { return nil }
      all += first...last
    }
    return all.isEmpty ? nil : all
  }
}
