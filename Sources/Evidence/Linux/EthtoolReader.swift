import Quantities

/// Reads a port's own settings from `ethtool`.
enum EthtoolReader {
  /// `Speed: 10000Mb/s`; `Unknown!` without a link, and from virtual cards.
  static func rate(_ told: Told) -> Reading<DataRate> {
    let pairs = ToolText.colonPairs(told.output.text)
    guard let speed = ToolText.value("Speed", in: pairs) else {
      return .unknown(
        pairs.isEmpty ? told.failure("no settings") : told.absent("no Speed"))
    }
    let digits = ToolText.string(speed.utf8.prefix { (48...57).contains($0) })
    if speed.hasSuffix("Mb/s"), digits.utf8.count + 4 == speed.utf8.count,
      let megabits = ToolText.whole(digits, in: 1...10_000_000)
    {
      return told.known(DataRate(bitsPerSecond: Int64(megabits) * 1_000_000))
    }
    return speed.hasPrefix("Unknown")
      ? .unknown(Unknown(.notSupported, ToolText.shown("Speed: \(speed)")))
      : .unknown(told.garbled("Speed: \(speed)"))
  }

  static func hasLink(_ told: Told) -> Reading<Bool> {
    let pairs = ToolText.colonPairs(told.output.text)
    guard let link = ToolText.value("Link detected", in: pairs) else {
      return .unknown(
        pairs.isEmpty ? told.failure("no settings") : told.absent("no Link detected"))
    }
    // Newer releases add the reason: `no (No cable)`.
    let word = link.utf8.split(separator: 0x20).first.map(ToolText.string) ?? ""
    guard let flag = ToolNode.flag(word) else {
      return .unknown(told.garbled("Link detected: \(link)"))
    }
    return told.known(flag)
  }

  static func permanentMAC(_ told: Told) -> Reading<MACAddress> {
    let pairs = ToolText.colonPairs(told.output.text)
    guard let text = ToolText.value("Permanent address", in: pairs) else {
      return .unknown(told.failure("no Permanent address"))
    }
    // Virtual cards say `not set`, or zeros.
    guard let address = MACAddress(text) else {
      return text == "not set"
        ? .unknown(Unknown(.notSupported, "Permanent address: not set"))
        : .unknown(told.garbled("Permanent address: \(text)"))
    }
    return address.bits == 0
      ? .unknown(Unknown(.notSupported, "Permanent address: \(text)")) : told.known(address)
  }

  /// Features by the names of the kernel.
  private static let offloads: [(name: String, offload: Offload)] = [
    ("rx-checksumming", .receiveChecksum), ("tx-checksumming", .sendChecksum),
    ("tcp-segmentation-offload", .segmentation), ("generic-receive-offload", .coalescing),
    ("large-receive-offload", .hardwareCoalescing),
  ]

  static func offloads(_ told: Told) -> Reading<[OffloadState]> {
    var states: [OffloadState] = []
    if told.isJSON {
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node):
        guard let features = node.elements.first else { return .unknown(told.absent("no list")) }
        for (name, offload) in offloads {
          guard let feature = features[name] else { continue }
          guard let isOn = (feature["active"] ?? feature).flag else {
            return .unknown(told.garbled("\(name) is neither on nor off"))
          }
          states.append(OffloadState(offload, isOn: isOn))
        }
      }
    } else {
      let pairs = ToolText.colonPairs(told.output.text)
      for (name, offload) in offloads {
        guard let value = ToolText.value(name, in: pairs) else { continue }
        let word = value.utf8.split(separator: 0x20).first.map(ToolText.string) ?? ""
        guard let isOn = ToolNode.flag(word) else {
          return .unknown(told.garbled("\(name): \(value)"))
        }
        states.append(OffloadState(offload, isOn: isOn))
      }
    }
    guard !states.isEmpty else { return .unknown(told.failure("no features")) }
    return told.known(states.sorted { $0.offload < $1.offload })
  }

  /// What is set, not what was negotiated: a link that comes up again may negotiate otherwise.
  static func flowControl(_ told: Told) -> Reading<Bool> {
    var (receive, send): (Bool?, Bool?)
    if told.isJSON {
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node):
        let first = node.elements.first
        (receive, send) = (first?["rx"]?.flag, first?["tx"]?.flag)
      }
    } else {
      let pairs = ToolText.colonPairs(told.output.text)
      receive = ToolText.value("RX", in: pairs).flatMap(ToolNode.flag)
      send = ToolText.value("TX", in: pairs).flatMap(ToolNode.flag)
    }
    guard let receive, let send else { return .unknown(told.absent("no RX and TX pause")) }
    return told.known(receive || send)
  }
}
