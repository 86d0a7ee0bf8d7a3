import Fabric
import Migration
import Quantities
import SiteModel

/// What it takes to move all guests of a host away, over one way to do it.
public struct DrainForecast: Hashable, Sendable {
  /// How guests move.
  public var arrangement: Arrangement
  /// Whether constants are those of a measured link, and not of the arrangement.
  public var isMeasured: Bool
  /// Gbps that the arrangement carries, as counters of ports show it.
  public var gbps: Double
  /// Cores that it keeps busy at each end.
  public var cores: Double
  /// Part of a host's cores, from 0 to 1; `nil` where nobody said how many it has.
  public var busy: Double?
  /// From the first guest's start until the last one is away.
  public var seconds: Double
  /// The longest time that a guest stands still.
  public var blackOut: Double
  /// Passes over a guest's memory, the last while it stands still.
  public var passes: Int
  /// Gigabytes over the network.
  public var gigabytes: Double
  /// Guests that do not move: they write faster than the network carries.
  public var stuck: Int

  /// Passes after which Hyper-V stops the guest for the rest
  /// (<https://www.directionsonmicrosoft.com/charts-illustrations/live-migration-switch-over>).
  static let passesOfHyperV = 10

  /// Predicts it.
  /// - Parameters:
  ///   - measured: What was measured between hosts with such ports; the rate of the arrangement is taken
  ///     where that is `nil`.
  init(
    _ arrangement: Arrangement, _ prediction: ArrangementPrediction, _ host: AdvisedHost,
    mtu: Int, guests: Int, _ guest: ModelGuest, measured: MigrationCosts? = nil
  ) {
    self.arrangement = arrangement
    isMeasured = measured != nil
    let payload =
      TCPCeiling.share(mtu: mtu).map { Double($0.numerator) / Double($0.denominator) } ?? 0
    // No hypervisor compares all pages at both ends.
    let measured = measured.map { measured in
      var own = measured
      own.comparePerPage = 0
      return own
    }
    var costs =
      measured ?? MigrationCosts(bytesPerSecond: max(1, prediction.gbps * 1e9 / 8 * payload))
    let isSingle = [.connectionPerGuest, .compression].contains(arrangement.carrier)
    if measured == nil, isSingle, guests > 0 {
      // A connection each; those of guests that are done carry nothing.
      costs.bytesPerSecondEach = costs.bytesPerSecond / Double(min(guests, host.guestsAtOnce))
    }
    var settings = MigrationMachine.Settings()
    // Hyper-V slows no guest down: after its last pass the guest stands still for what is left.
    if host.hypervisor == .hyperV {
      (settings.throttleStep, settings.whenStuck) = (0, .standStill)
      (settings.mostRounds, settings.endsWhenSlow) = (Self.passesOfHyperV, false)
    }
    let drain = DrainModel.predict(
      Array(repeating: guest, count: max(0, guests)), atOnce: host.guestsAtOnce, costs, settings)
    seconds = drain.total
    if let measured {
      gbps = payload > 0 ? measured.bytesPerSecond * 8 / 1e9 / payload : prediction.gbps
      // Of both ends together, each of which has about half.
      let work = drain.migrations.reduce(0) { $0 + $1.processorSeconds }
      cores = seconds > 0 ? work / 2 / seconds : 0
    } else {
      (gbps, cores) = (prediction.gbps, prediction.cores)
    }
    busy = ArrangementPrediction(gbps: gbps, cores: cores).busy(of: host)
    blackOut = drain.longestBlackOut
    passes = drain.migrations.reduce(0) { max($0, $1.passes) }
    gigabytes = drain.migrations.reduce(0) { $0 + $1.bytes } / 1e9
    stuck = drain.migrations.count { $0.outcome != .moved }
  }
}
