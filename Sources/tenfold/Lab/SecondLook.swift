import Evidence
import Quantities

/// Pairs of hosts that are looked at again before anybody says that packets are lost between them. A
/// machine that is busy with other things answers late now and then; what is broken stays so.
struct SecondLook {
  /// Times that a target is asked again of which some packets came back: three packets each in two
  /// sizes or three, there and back, so that 1 % of loss on its way shows in them mostly.
  static let repeats = 8
  /// How often hosts look again while packets are lost.
  static let looks = 2
  /// Most targets of one host that are asked again for such loss; they speak for the others.
  static let most = 2

  /// Hosts that look again, in the order of their evidence.
  let hosts: [String]
  private let targets: [String: [IPv4Address]]
  /// Largest size that each host asks again by its own address.
  private let largest: [IPv4Address: Int]

  /// One way: an echo passes it there and back, so the way of the opposite direction is the same.
  private struct Way: Hashable {
    var from: IPv4Address
    var to: IPv4Address
    var size: Int
    var back: Way { Way(from: to, to: from, size: size) }
  }

  /// Finds what is to be looked at: loss of some packets, and silence of which the other direction
  /// knows nothing.
  init(_ files: [EvidenceFile]) {
    var answered: Set<Way> = []
    for probe in files.lazy.flatMap(Self.probes) where probe.received > 0 {
      answered.insert(probe.way)
    }
    var hosts: [String] = []
    var targets: [String: [IPv4Address]] = [:]
    var largest: [IPv4Address: Int] = [:]
    for file in files {
      let own = Self.probes(file)
      let silent = own.filter { $0.received == 0 && answered.contains($0.way.back) }
      let lossy = own.filter(\.isLossy)
      guard !silent.isEmpty || !lossy.isEmpty else { continue }
      hosts.append(file.host)
      let often = unique(lossy.map(\.way.to)).prefix(Self.most)
      targets[file.host] =
        unique(silent.map(\.way.to)).filter { !often.contains($0) }
        + often.flatMap { [IPv4Address](repeating: $0, count: Self.repeats) }
      for probe in silent + lossy {
        largest[probe.way.from] = max(largest[probe.way.from] ?? 0, probe.way.size)
      }
    }
    self.hosts = hosts
    self.targets = targets
    self.largest = largest
  }

  private struct Probe {
    var way: Way
    var received: Int
    var sent: Int
    var isLossy: Bool { received > 0 && received < sent }
  }

  private static func probes(_ file: EvidenceFile) -> [Probe] {
    file.probes.filter { $0.kind == .ping }.flatMap { column in
      zip(column.to, column.received).map { to, received in
        Probe(
          way: Way(from: column.from, to: to, size: column.size), received: received,
          sent: column.sent)
      }
    }
  }

  /// The lines of a plan's table that a host needs to look again, for sizes up to those that were lost.
  func lines(_ host: String, of lines: [String]) -> [String] {
    let wanted = targets[host] ?? []
    var kept: [String] = []
    for line in lines {
      var words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "plan": kept.append(line)
      case "network" where words.count > 5:
        guard let address = IPv4Address(words[3]) else { continue }
        if words[1].lowercased() == host.lowercased(), let size = largest[address] {
          words[5] = "\(size)"
          kept.append(words.joined(separator: " "))
        }
        kept += wanted.filter { $0 == address }.map { _ in line }
      default: continue
      }
    }
    return kept
  }

  /// Evidence with what the second look changes in it: where nothing was lost again, nothing was.
  func merged(_ first: [EvidenceFile], with second: [EvidenceFile]) -> [EvidenceFile] {
    first.map { file in
      guard let again = second.first(where: { $0.host == file.host }) else { return file }
      let probes = Self.probes(again)
      var best: [Way: Int] = [:]
      for probe in probes { best[probe.way] = max(best[probe.way] ?? -1, probe.received) }
      // Sizes that never pass say nothing of loss.
      let passing = Set(Self.probes(file).filter { $0.received > 0 }.map(\.way))
      let isWhole = !probes.contains {
        (0..<$0.sent).contains($0.received) && passing.contains($0.way)
      }
      var file = file
      for column in file.probes.indices where file.probes[column].kind == .ping {
        let own = file.probes[column]
        for place in own.received.indices where own.to.indices.contains(place) {
          let received = own.received[place]
          if received == 0 {
            let way = Way(from: own.from, to: own.to[place], size: own.size)
            file.probes[column].received[place] = max(0, min(best[way] ?? 0, own.sent))
          } else if isWhole, received > 0 {
            file.probes[column].received[place] = own.sent
          }
        }
      }
      return file
    }
  }
}
