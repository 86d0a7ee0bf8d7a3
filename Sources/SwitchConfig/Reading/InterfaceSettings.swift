extension ConfigModel.Interface {
  /// Carries out a setting of an interface; `nil` for one that no interface has, `false` for a
  /// value that cannot be.
  mutating func set(_ setting: Setting, _ arguments: Arguments) -> Bool? {
    switch setting {
    case .description: description = arguments.text(0) ?? ""
    case .noDescription: description = ""
    case .mtu: mtu = arguments.number(0)
    case .shutdown:
      isShut = arguments.isOn(0) ?? false
      saysShut = true
    case .switchport:
      guard let isOn = arguments.isOn(0) else { return false }
      saidSwitchport = isOn
      if !isOn { loseVLANs() }
    case .hybrid: isHybrid = arguments.isOn(0) ?? false
    case .frames:
      guard let frames = arguments.text(0).flatMap(Frames.init) else { return false }
      self.frames = frames
    case .edge:
      isEdge = arguments.isOn(0) ?? false
      isAccessEdge = false
      saysEdge = arguments.text(0) != "default"
    case .accessEdge: isAccessEdge = arguments.isOn(0) ?? false
    case .bpduGuard: isGuarded = arguments.isOn(0) ?? false
    case .lag where arguments.text(0) == "none":
      lag = nil
      isLACP = false
    case .lag, .lagOfPair:
      guard let own = arguments.number(0) ?? arguments.names(0)?.first?.first else {
        return false
      }
      let number = own + (setting == .lag ? 0 : ConfigModel.lagsOfPair)
      if let lag, lag != number { otherLAGs.append(lag) }
      lag = number
      isLACP = arguments.text(1) == "lacp"
    case .lacp: lacp = arguments.isOn(0) ?? false
    case .pairLAG:
      guard let number = arguments.number(0) ?? arguments.names(0)?.first?.first else {
        return false
      }
      pairLAG = number
    case .peerLink: isPeerLink = true
    case .usesPolicy: policy = arguments.text(0)
    case .noPolicy: policy = nil
    case .rate: rate = arguments.number(0)
    case .queueScheduler:
      guard let queues = arguments.numbers(0), let name = arguments.text(1) else { return false }
      for queue in queues { schedulers[queue] = name }
    case .policyPart: policyParts.insert(arguments.text(0) ?? "")
    case .treePort: hasTree = true
    case .unsure: isUnsure = true
    case .trunkGroup: trunkGroups.append(arguments.text(0) ?? "")
    case .made: isMade = arguments.isOn(0) ?? false
    case .linkType:
      guard let word = arguments.text(0), ["upstream", "downstream"].contains(word) else {
        return false
      }
      isUpstream = word == "upstream"
    case .willing: isWilling = arguments.isOn(0) ?? false
    case .pfc: pfc = arguments.isOn(0) ?? false
    case .flowControl: flowControl = arguments.isOn(0) ?? false
    case .noDrop, .drop:
      guard let priorities = arguments.numbers(0) else { return false }
      noDrop.removeAll { priorities.contains($0) }
      if setting == .noDrop { noDrop = ReaderValues.ascending(noDrop + priorities) }
    default: return setVLAN(setting, arguments)
    }
    return true
  }

  /// A port that is switched no more has none of the VLANs that lines gave it.
  private mutating func loseVLANs() {
    mode = .access
    access = nil
    native = 1
    allowed = nil
    openList = nil
    trunkUntagged = 0
    hasVLANs = false
  }

  private mutating func setVLAN(_ setting: Setting, _ arguments: Arguments) -> Bool? {
    let ids = arguments.numbers(0) ?? []
    switch setting {
    case .mode:
      guard let word = arguments.text(0), let mode = Mode(rawValue: word) else { return false }
      self.mode = mode
    case .accessVLAN: access = ids.first
    case .nativeVLAN: native = ids.first ?? (arguments.text(0) == "none" ? 0 : native)
    case .pvid: pvid = ids.first ?? pvid
    case .allowed: allowed = ids
    case .openList:
      openList = ReaderValues.ascending((openList ?? []) + ids)
      allowed = openList
    case .openListRemove:
      openList = openList?.filter { !ids.contains($0) }
      allowed = openList
    case .trunkUntagged:
      guard let id = ids.first ?? (arguments.text(0) == "none" ? 0 : nil) else { return false }
      trunkUntagged = id
    case .allowedAll: allowed = nil
    case .allowedNone:
      allowed = []
      if openList != nil { openList = [] }
    case .allowedAdd: allowed = ReaderValues.ascending((allowed ?? Array(1...lastVLAN)) + ids)
    case .allowedRemove:
      let removed = Set(ids)
      allowed = (allowed ?? Array(1...lastVLAN)).filter { !removed.contains($0) }
    case .generalNone:
      tagsAll = false
      generalMembers.removeAll { generalTags.contains($0) }
    case .generalAll: tagsAll = true
    case .generalTag: generalTags.formUnion(ids)
    case .generalUntag: generalTags.subtract(ids)
    case .generalMember: generalMembers = ReaderValues.ascending(generalMembers + ids)
    case .generalRemove: generalMembers.removeAll { ids.contains($0) }
    case .generalTagged, .generalUntagged:
      generalMembers = ReaderValues.ascending(generalMembers + ids)
      if setting == .generalTagged {
        generalTags.formUnion(ids)
      } else {
        generalTags.subtract(ids)
      }
    default: return nil
    }
    hasVLANs = true
    return true
  }
}
