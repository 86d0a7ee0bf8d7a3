extension Fault {
  /// Faults that keep hosts from each other in some network.
  private static let cutting: Set<Fault> = [
    .crossedCables, .missingCable, .neighboursPort, .fabricsSwapped, .hostVLAN, .switchPortVLAN,
    .untagged, .uplinkVLAN, .blockedUplink, .wrongAddress, .duplicateAddress, .wrongMask, .portShut,
    .memberMissing, .hostOff, .switchOff, .rdmaOff, .rssOff,
  ]

  /// Why this fault keeps another one of the same world from being told; `nil` when it does not.
  /// - Parameter sharesDevice: Whether both are at one switch.
  func hides(_ other: Fault, sharesDevice: Bool) -> String? {
    switch other {
    case .smbLink where Self.cutting.contains(self):
      "a session of SMB is not asked for where a network of either end is broken"
    case .lossyLink where self == .uplinkVLAN && sharesDevice:
      "the only host of a network on a switch loses no packets where none pass"
    default: nil
    }
  }
}
