/// Reads the work that a card takes off the processor.
enum WindowsOffloads {
  /// All of them must have been looked for: a list with a gap would tell less than it seems to.
  static func reading(_ tools: WindowsTools, of adapter: String) -> Reading<[OffloadState]> {
    var states: [OffloadState] = []
    let checksums = tools.checksums.reading(tools.checksums.named(adapter)) { directions(of: $0) }
    guard case .known(let found, let source) = checksums else {
      return .unknown(checksums.unknown ?? Unknown(.notCollected))
    }
    states += [
      OffloadState(.receiveChecksum, isOn: found.receive),
      OffloadState(.sendChecksum, isOn: found.send),
    ]
    let segmentation = tools.segmentation.reading(tools.segmentation.named(adapter)) {
      isOn("IPv4Enabled", $0)
    }
    if case .unknown(let unknown) = segmentation, unknown.reason != .notSupported {
      return .unknown(unknown)
    }
    let coalescing = tools.coalescing.reading(tools.coalescing.named(adapter)) { object in
      // Something between the driver and the stack can keep it from running though it is on.
      if let runs = object["IPv4OperationalState"]?.flag, !runs { return .success(false) }
      return isOn("IPv4Enabled", object)
    }
    if case .unknown(let unknown) = coalescing, unknown.reason != .notSupported {
      return .unknown(unknown)
    }
    // Adapters that a cmdlet leaves out have no such offload.
    if let isOn = segmentation.value {
      states.append(OffloadState(.segmentation, isOn: isOn))
    }
    if let isOn = coalescing.value {
      states.append(OffloadState(.coalescing, isOn: isOn))
    }
    return .known(states.sorted { $0.offload < $1.offload }, source)
  }

  private static func isOn(_ field: String, _ object: WindowsObject) -> WindowsFound<Bool> {
    guard let value = object[field] else {
      return .failure(Unknown(.notSupported, "\(field) is empty"))
    }
    guard let isOn = value.flag else {
      return .failure(Unknown(.notUnderstood, "\(field) \(value.shown)"))
    }
    return .success(isOn)
  }

  private struct Directions: Hashable {
    var send = true
    var receive = true
  }

  /// On where it is on for each protocol that the driver has.
  private static func directions(of object: WindowsObject) -> WindowsFound<Directions> {
    var all = Directions()
    var count = 0
    for field in ["IpIPv4Enabled", "TcpIPv4Enabled", "UdpIPv4Enabled"] {
      guard object[field] != nil || object["\(field)Text"] != nil else { continue }
      count += 1
      switch object.word(field) {
      case "rxtxenabled": continue
      case "rxenabled": all.send = false
      case "txenabled": all.receive = false
      case "disabled": all = Directions(send: false, receive: false)
      case .some(let word): return .failure(Unknown(.notUnderstood, "\(field) \(word)"))
      case nil:
        // Which number is which direction is not certain; none and both are.
        switch object[field]?.integer {
        case 0: all = Directions(send: false, receive: false)
        case 3: continue
        default:
          return .failure(Unknown(.notUnderstood, "\(field) \(object.shown(field))"))
        }
      }
    }
    guard count > 0 else {
      return .failure(Unknown(.notSupported, "Get-NetAdapterChecksumOffload: nothing is told"))
    }
    return .success(all)
  }
}
