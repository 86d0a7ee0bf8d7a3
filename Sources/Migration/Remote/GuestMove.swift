import Quantities
import Transport

/// A synthetic guest that is made here, moved to another host, and retired there.
public struct GuestMove: Hashable, Sendable {
  /// A way for memory: an own address and one of the other host.
  public struct Way: Hashable, Sendable {
    public var own: IPv4Address
    public var other: IPv4Address
    /// Makes a way.
    public init(own: IPv4Address, other: IPv4Address) {
      self.own = own
      self.other = other
    }

    /// The same for the other host.
    public var reversed: Way { Way(own: other, other: own) }
  }

  public var shape: GuestShape
  /// Pages that are full of what nobody can compress; the others hold nothing at first.
  public var fullPages: Int
  public var settings: MigrationMachine.Settings
  /// Also says whether memory goes encrypted.
  public var secret: TransferSecret
  /// Where the other host answers questions, in the order in which they are tried.
  public var control: [TransferPath]
  public var ways: [Way]
  /// Connections over each way.
  public var streams: Int
  /// Whether bytes may go packed.
  public var isPacked: Bool
  /// Whether adapters are to write by RDMA where both ends have one.
  public var wantsRDMA: Bool
  /// What is set of each connection.
  public var lanes = LaneShape()
  /// Longest time of one pass.
  public var limit: Duration

  /// Makes a move with usual settings.
  public init(
    _ shape: GuestShape, fullPages: Int, secret: TransferSecret, control: [TransferPath],
    ways: [Way], streams: Int
  ) {
    self.shape = shape
    self.fullPages = fullPages
    settings = MigrationMachine.Settings()
    self.secret = secret
    self.control = control
    self.ways = ways
    self.streams = streams
    isPacked = false
    wantsRDMA = false
    limit = .seconds(600)
  }

  /// Moves it; the thread that calls this waits.
  /// - Parameter filling: Gives the guest its memory; `nil` for `fullPages`.
  /// - Throws: `MigrationFault` when this host has no memory for the guest.
  public func run(
    filling: ((GuestMemory) -> Void)? = nil, isCancelled: @escaping () -> Bool
  ) throws(MigrationFault) -> MigrationReport {
    let (bytes, over) = shape.pages.multipliedReportingOverflow(by: shape.pageSize)
    guard !over, let reservation = MemoryReservation(bytes),
      let memory = GuestMemory(pages: shape.pages), memory.pageSize == shape.pageSize
    else {
      throw MigrationFault(
        .refused, "this host has no memory for \(shape.pages) pages of \(shape.pageSize) bytes")
    }
    if let filling {
      filling(memory)
    } else {
      memory.fill(pages: fullPages, seed: shape.seed)
    }
    let guest = Guest(memory, shape.workload, seed: shape.seed, threads: shape.threads)
    defer { withExtendedLifetime(reservation) { guest.stop() } }
    let target = RemoteTarget(ControlClient(secret, over: control))
    let run = MigrationRun(
      guest, shape, to: target, settings, packing: isPacked ? PackingWay.available : [.plain],
      wantsRDMA: wantsRDMA, isEncrypted: secret.isEncrypted, lanes: lanes, limit: limit,
      over: { waits in
        ways.flatMap { way in
          waits.filter { $0.other == way.other }.flatMap { wait in
            Array(
              repeating: TransferPath(own: way.own, other: way.other, port: wait.port),
              count: streams)
          }
        }
      }, isCancelled: isCancelled)
    let report = run.run()
    // One that does not hear it retires by itself.
    do throws(MigrationFault) { try target.retire() } catch {}
    return report
  }
}
