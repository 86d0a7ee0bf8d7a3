import Glibc
import Migration
import Quantities
import Transport

/// Both ends of a transfer as processes of their own, to be measured beside other programs.
public enum TransportLoad {
  /// Takes memory until the sender is done; prints `PORT SECRET` first; bytes, processor seconds and a
  /// number for the memory at the end.
  public static func receive(
    on address: IPv4Address, bytes: Int, isEncrypted: Bool
  ) -> Bool {
    let secret = TransferSecret(isEncrypted: isEncrypted)
    guard let memory = GuestMemory(pages: max(1, bytes / 4096)),
      let receiver = try? TransferReceiver(secret, into: memory.transfer, on: [address])
    else { return false }
    print(receiver.ports[0], secret.text)
    fflush(nil)
    let isDone = receiver.run { false }
    print(receiver.totals.carried, processorSeconds, sum(memory))
    return isDone
  }

  /// A number for all of a memory.
  private static func sum(_ memory: GuestMemory) -> UInt64 {
    memory.hashes().reduce(0) { ($0 &* 31) ^ $1 }
  }

  /// Sends memory again and again for some time; prints bytes, seconds and processor seconds, a number
  /// for the memory, and what carried it.
  public static func send(
    _ secret: TransferSecret, from own: IPv4Address, to other: IPv4Address, port: Int, bytes: Int,
    streams: Int, seconds: Double, wantsRDMA: Bool
  ) -> Bool {
    guard let memory = GuestMemory(pages: max(1, bytes / 4096)) else { return false }
    memory.fill(pages: memory.pages, seed: 3)
    let path = TransferPath(own: own, other: other, port: port)
    let transport = LaneTransport(
      secret, of: memory.transfer, over: Array(repeating: path, count: streams),
      wantsRDMA: wantsRDMA)
    // Once around without counting: both ends have all their pages then, and windows are open.
    func once() -> Bool {
      transport.send([Extent(offset: 0, count: memory.count)])
      return (try? transport.flush()) != nil
    }
    guard once() else { return false }
    let (before, start) = (processorSeconds, ContinuousClock.now)
    var sent = 0
    while (ContinuousClock.now - start) / .seconds(1) < seconds {
      guard once() else { return false }
      sent += memory.count
    }
    let time = (ContinuousClock.now - start) / .seconds(1)
    let carriers = transport.packing.map { lane in
      switch lane.adapter {
      case nil: "tcp"
      case .success(let adapter): adapter
      case .failure(let failure): "tcp, since \(failure)"
      }
    }
    print(sent, time, processorSeconds - before, sum(memory), carriers.joined(separator: "; "))
    return (try? transport.finish()) != nil
  }

  /// Of this process, its own and the kernel's for it.
  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
