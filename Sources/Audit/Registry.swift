extension PlanProof {
  /// Every proof, in the order of reports: what is bought and plugged, then what is configured,
  /// then what happens when something breaks.
  static let all: [PlanProof] = [
    // The design and its parts.
    designShape, hostsComplete, portsMatchPart, portUsedOnce, portUsable, freePorts,
    // Cables.
    cablesMatchLinks, hostBothSides, speedAgrees, connectorFits, opticsMatch, reachSuffices,
    lengthCovers, mediumAccepted, opticPower, rdmaCapable,
    // The bill.
    accessories, billCounts, billPrices, billTotals, listToConfirm,
    // The racks.
    rackUnits, rackPower, airflow,
    // What the switches are told.
    intentsComplete, fitsDialect, descriptions, managementReach, unusedPortsShut,
    lagsConsistent, lagLimits, uplinksSplit, pairAgrees, peerLink, noStacking, noLoop,
    spanningTree, edgePorts, uplinkTracking, coreHookUp,
    // VLANs and addresses.
    vlanPlan, vlansDefined, vlanSides, vlanIsolation, trunksAgree, hostVLANs, nativeUnused,
    islands, addresses, mtuFits, losslessPath, qosPolicy,
    // When something breaks.
    survivesAnyLoss, coreAway, oversubscription,
  ]
}
