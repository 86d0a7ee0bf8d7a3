import CLab
import Glibc
import Migration
import Quantities
import Synchronization
import Threads
import Transport

/// Two hosts of one process, each in a network namespace of its own, with links between them.
public struct HostPair: Sendable {
  /// Names of the namespaces, as `ip netns` has them.
  public var source: String
  public var target: String
  /// Addresses at both ends of each link.
  public var ways: [GuestMove.Way]

  /// Makes a pair of namespaces and links that are there.
  public init(source: String, target: String, ways: [GuestMove.Way]) {
    (self.source, self.target, self.ways) = (source, target, ways)
  }

  /// Runs something within a namespace; threads that it starts are there too.
  static func within<Value: Sendable>(
    _ namespace: String, _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    let result = Mutex<Value?>(nil)
    let enter = { @Sendable in
      let descriptor = open("/run/netns/\(namespace)", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      defer { close(descriptor) }
      guard tenfold_lab_enter_network(descriptor) == 0 else { return }
      let value = body()
      result.withLock { $0 = value }
    }
    var work = Work()
    _ = work.start(enter)
    work.finish()
    return result.withLock { $0 }
  }

  /// Moves a guest from one to the other.
  /// - Parameter filling: Gives it its memory; by itself its first pages are full, the others empty.
  /// - Returns: `nil` where the namespaces cannot be used.
  public func move(
    _ guest: ModelGuest, _ settings: MigrationMachine.Settings, streams: Int, seed: UInt64,
    isPacked: Bool = false, lanes: LaneShape = LaneShape(),
    filling: (@Sendable (GuestMemory) -> Void)? = nil
  ) -> MigrationReport? {
    let secret = TransferSecret()
    let others = ways.map(\.other)
    let ports = Monitor<[Int]?>(nil)
    var work = Work()
    let isStarted = work.start { [target] in
      _ = HostPair.within(target) {
        let hosting = try? GuestHosting(
          secret, control: others, transports: others)
        ports.change { $0 = hosting?.ports ?? [] }
        hosting?.run(within: .seconds(600))
      }
    }
    guard isStarted, let found = ports.wait(for: .seconds(10), { $0 }), !found.isEmpty else {
      return nil
    }
    let shape = GuestShape(
      pageSize: settings.pageSize, pages: guest.pages, workload: guest.workload, seed: seed,
      threads: 1)
    var move = GuestMove(
      shape, fullPages: guest.pages - guest.zeroPages, secret: secret,
      control: zip(ways, found).map {
        TransferPath(own: $0.own, other: $0.other, port: $1)
      }, ways: ways, streams: streams)
    (move.settings, move.isPacked, move.lanes) = (settings, isPacked, lanes)
    let report = HostPair.within(source) { [move] in try? move.run(filling: filling) { false } }
    // It ends by itself, and nobody's time is to count that.
    work.leave()
    return report ?? nil
  }
}
