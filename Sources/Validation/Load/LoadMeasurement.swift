import Evidence
import Fabric
import Quantities

/// What a network did under a load, and what is wrong with that.
public struct LoadMeasurement: Sendable {
  /// What one flow got.
  public struct Flow: Sendable {
    public var flow: LoadPlan.Flow
    /// Whether it went in the class that is to lose nothing.
    public var isLossless: Bool
    /// Payload, or why nothing was measured.
    public var rate: Result<DataRate, LoadFault>
    /// Segments that were sent again.
    public var retransmissions: Int64

    /// Makes a flow.
    public init(
      flow: LoadPlan.Flow, isLossless: Bool, rate: Result<DataRate, LoadFault>,
      retransmissions: Int64
    ) {
      self.flow = flow
      self.isLossless = isLossless
      self.rate = rate
      self.retransmissions = retransmissions
    }
  }

  /// What counters of the ports of a host grew by meanwhile.
  public struct Counters: Hashable, Sendable {
    public var host: String
    public var drops: UInt64
    /// `nil` where no driver says it.
    public var pauses: UInt64?

    /// Makes counters.
    public init(host: String, drops: UInt64, pauses: UInt64?) {
      self.host = host
      self.drops = drops
      self.pauses = pauses
    }

    /// Of the ports that a host has on the planned network, by what was collected meanwhile; `nil` where
    /// no counter of theirs is known.
    public init?(_ evidence: HostEvidence, of host: Host) {
      let ports = Set(host.cards.flatMap(\.ports))
      let counters = (evidence.facts.interfaces.value ?? []).filter { ports.contains($0.name) }
        .compactMap(\.counters.value)
      guard !counters.isEmpty else { return nil }
      self.host = host.name
      drops = counters.reduce(0) { $0 &+ $1.drops }
      let told = counters.compactMap(\.pauses)
      pauses = told.isEmpty ? nil : told.reduce(0, &+)
    }
  }

  public var network: String
  /// `nil` while nothing but small messages was sent.
  public var shape: LoadPlan.Shape?
  public var flows: [Flow]
  /// Of small messages, or why there are none.
  public var delays: Result<Delays, LoadFault>
  public var counters: [Counters]
  /// Why those of other hosts that took part are not known, host by host.
  public var unread: [String]

  /// Makes a measurement.
  public init(
    network: String, shape: LoadPlan.Shape?, flows: [Flow], delays: Result<Delays, LoadFault>,
    counters: [Counters], unread: [String] = []
  ) {
    self.unread = unread
    self.network = network
    self.shape = shape
    self.flows = flows
    self.delays = delays
    self.counters = counters
  }

  private var rates: [Int64] { flows.compactMap { try? $0.rate.get().bitsPerSecond } }

  /// Payload of all flows together; `nil` without any, or beyond 64 bits.
  public var total: DataRate? {
    guard !rates.isEmpty else { return nil }
    var sum: Int64 = 0
    for rate in rates {
      let (next, over) = sum.addingReportingOverflow(rate)
      if over { return nil }
      sum = next
    }
    return DataRate(bitsPerSecond: sum)
  }

  /// The least and the most that a flow got.
  public var range: (least: DataRate, most: DataRate)? {
    guard let least = rates.min(), let most = rates.max() else { return nil }
    return (DataRate(bitsPerSecond: least), DataRate(bitsPerSecond: most))
  }

  /// Segments that were sent again, of all flows.
  public var retransmissions: Int64 { flows.reduce(0) { $0 &+ $1.retransmissions } }

  /// What is wrong, each a sentence without its stop; none where all is as it should be.
  public var problems: [String] {
    var problems: [String] = []
    for flow in flows {
      if case .failure(let fault) = flow.rate {
        problems.append("\(flow.flow.sender) to \(flow.flow.receiver): \(fault)")
      }
    }
    if case .failure(let fault) = delays { problems.append("small messages: \(fault)") }
    if let least = shape?.least, rates.count == flows.count, let total, total < least {
      problems.append(
        "all together carry \(Format.hundredths(total)) Gbps, which is less than"
          + " \(Format.hundredths(least)) Gbps")
    }
    problems += unread.map { "counters of \($0)" }
    let lost = flows.filter { $0.isLossless && $0.retransmissions > 0 }
    if let first = lost.first {
      let sum = lost.reduce(0) { $0 &+ $1.retransmissions }
      problems.append(
        "the lossless class lost \(Format.count(Int(clamping: sum), "segment")), the first from"
          + " \(first.flow.sender) to \(first.flow.receiver)")
    }
    return problems
  }
}

/// Why nothing was measured.
public struct LoadFault: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
  /// Makes a fault.
  public init(_ description: String) { self.description = description }
}
