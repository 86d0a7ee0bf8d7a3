extension Proof {
  /// Every proof, in the order of reports: what is bought and plugged, then what is configured,
  /// then what happens when something breaks.
  static let all: [Proof] = [
    portsMatchPart, portUsedOnce, portUsable, cablesMatchLinks, speedAgrees, connectorFits,
    opticsMatch, reachSuffices, lengthCovers, mediumAccepted, opticPower,
  ]
}
