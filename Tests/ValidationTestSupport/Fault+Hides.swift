extension Fault {
  /// Faults that keep hosts from each other in some network.
  private static let cutting: Set<Fault> = [
    .crossedCables, .missingCable, .neighboursPort, .fabricsSwapped, .hostVLAN, .switchPortVLAN,
    .untagged, .uplinkVLAN, .blockedUplink, .wrongAddress, .duplicateAddress, .wrongMask, .portShut,
    .memberMissing, .hostOff, .switchOff, .rdmaOff, .rssOff,
  ]

  /// Why this fault keeps another one of the same world from being told; `nil` when it does not.
  func hides(_ other: Fault) -> String? {
    switch other {
    case .smbLink where Self.cutting.contains(self):
      "a session of SMB is not asked for where a network of either end is broken"
    default: nil
    }
  }
}
