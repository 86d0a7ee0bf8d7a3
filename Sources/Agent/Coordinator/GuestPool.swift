import Migration
import Quantities
import Transport

/// A guest that one agent makes and gives to another.
public struct GuestTransfer: Sendable {
  public var source: AgentHost
  public var target: AgentHost
  /// Addresses over which the source may ask the target, in the order in which they are tried.
  public var control: [GuestMove.Way]
  public var ways: [GuestMove.Way]
  public var shape: GuestShape
  /// Pages that are full at first.
  public var fullPages: Int
  public var settings: MigrationMachine.Settings
  /// Connections over each way.
  public var streams: Int
  public var isPacked: Bool
  /// What is set of each connection.
  public var lanes = LaneShape()
  /// Whether adapters are to write by RDMA where both hosts have one.
  public var wantsRDMA = false
  /// Whether memory goes encrypted.
  public var isEncrypted = false
  /// Seconds after which it has failed.
  public var seconds: Int

  /// Makes one, with what stands between the addresses that the agents are reached by before the ways.
  public init(
    from source: AgentHost, to target: AgentHost, over ways: [GuestMove.Way], _ shape: GuestShape,
    fullPages: Int, _ settings: MigrationMachine.Settings, streams: Int, isPacked: Bool = false,
    seconds: Int = 3600
  ) {
    self.source = source
    self.target = target
    let lan = GuestMove.Way(betweenAgents: source, target)
    control = unique([lan].compactMap { $0 } + ways)
    self.ways = ways
    self.shape = shape
    self.fullPages = fullPages
    self.settings = settings
    self.streams = streams
    self.isPacked = isPacked
    self.seconds = seconds
  }
}

extension GuestMove.Way {
  /// Between the addresses that agents are reached by; `nil` where one of them is a name.
  public init?(betweenAgents source: AgentHost, _ target: AgentHost) {
    guard let own = IPv4Address(source.address.host),
      let other = IPv4Address(target.address.host)
    else { return nil }
    self.init(own: own, other: other)
  }
}

extension AgentPool {
  /// One result a guest, in their order.
  func move(
    _ transfers: [GuestTransfer], atOnce: Int, each: @escaping @Sendable (Int) -> Void
  ) async -> [Result<MigrationReport, HostFailure>] {
    let results = await self.each(of: transfers, atOnce: atOnce, done: each) { transfer in
      await move(transfer)
    }
    return zip(transfers, results).map { transfer, result in
      result ?? .failure(HostFailure(transfer.source.name, .timedOut(.waiting)))
    }
  }

  private func move(_ transfer: GuestTransfer) async -> Result<MigrationReport, HostFailure> {
    let secret = TransferSecret(isEncrypted: transfer.isEncrypted)
    let take = TakeRequest(
      secret: secret, control: transfer.control.map(\.other),
      transports: transfer.ways.map(\.other),
      seconds: min(TakeRequest.longest, transfer.seconds + 2 * GiveRequest.ending))
    func failed(_ host: AgentHost, _ why: AgentFailure) -> Result<MigrationReport, HostFailure> {
      .failure(HostFailure(host.name, why))
    }
    let ports: [Int]
    switch await ask(transfer.target, .take(take), until: .now + longest(.take(take))) {
    case .success(let answer):
      guard case .waiting(let found) = answer.content, found.count == transfer.control.count
      else { return failed(transfer.target, .malformed("no ports")) }
      ports = found
    case .failure(let why): return failed(transfer.target, why)
    }
    var move = GuestMove(
      transfer.shape, fullPages: transfer.fullPages, secret: secret,
      control: zip(transfer.control, ports).map {
        TransferPath(own: $0.own, other: $0.other, port: $1)
      }, ways: transfer.ways, streams: transfer.streams)
    (move.settings, move.isPacked) = (transfer.settings, transfer.isPacked)
    (move.wantsRDMA, move.lanes) = (transfer.wantsRDMA, transfer.lanes)
    let give = AgentJob.give(GiveRequest(move, seconds: transfer.seconds))
    switch await ask(transfer.source, give, until: .now + longest(give)) {
    case .success(let answer):
      guard case .moved(let report) = answer.content else {
        return failed(transfer.source, .malformed("no report"))
      }
      return .success(report)
    case .failure(let why): return failed(transfer.source, why)
    }
  }
}
