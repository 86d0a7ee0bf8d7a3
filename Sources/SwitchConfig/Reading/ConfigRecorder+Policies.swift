import Quantities

/// What lines say of the pair, of traffic policies and of uplink groups.
extension ConfigRecorder {
  mutating func pairOrPolicy(
    _ setting: Setting, _ arguments: Arguments, _ subject: Subject
  ) -> Bool? {
    if model.pair == nil, setting.isOfPair { model.pair = ConfigModel.Pair(line: line) }
    switch setting {
    case .pairDomain:
      let name = arguments.text(0) ?? ""
      model.pair?.domain = arguments.number(0) ?? ReaderValues.number(endOf: name)
    case .sharedAddress:
      guard let shared = arguments.prefix() else { return false }
      model.pair?.shared = shared
    case .peeringVLAN:
      model.pair?.peeringVLAN =
        arguments.number(0) ?? arguments.names(0)?.first?.first ?? subject.onlyVLAN
    case .peerAddress: model.pair?.peer = arguments.address(0)
    case .peerLAG: model.pair?.peerLAG = arguments.number(0) ?? arguments.names(0)?.first?.first
    case .peerMembers: model.pair?.peerMembers += arguments.names(0) ?? []
    case .backup: model.pair?.backup = arguments.address(0)
    case .peerMTU: model.pair?.peerMTU = arguments.number(0)
    case .pairPriority: model.pair?.priority = arguments.number(0)
    case .systemMAC: model.pair?.systemMAC = arguments.text(0).map(ReaderValues.mac)
    case .unit: model.pair?.unit = arguments.number(0)
    case .delayRestore: model.pair?.delayRestore = arguments.number(0)
    case .classGroup:
      guard case .className(let name) = subject, let id = arguments.number(0) else { return false }
      model.groupOfClass[name] = id
    case .group:
      guard case .policy(let place) = subject, let id = arguments.number(0),
        let share = arguments.number(1)
      else { return false }
      model.policies[place].groups.removeAll { $0.id == id }
      model.policies[place].groups.append(
        ConfigModel.Group(id: id, bandwidth: share, isLossless: arguments.isOn(2) ?? false))
    case .groupOfPriority:
      guard case .policy(let place) = subject else { return false }
      model.policies[place].groupOfPriority = arguments.allNumbers
    case .bufferOfClass, .pauseQueue:
      guard let from = arguments.number(0), let to = arguments.number(1) else { return false }
      let table =
        setting == .bufferOfClass ? \ConfigModel.bufferOfClass : \ConfigModel.pauseQueues
      model[keyPath: table][from] = to
    case .share, .strict:
      if case .scheduler(let name) = subject {
        if setting == .share {
          guard let share = arguments.number(0) else { return false }
          model.schedulers[name]?.share = share
        } else {
          guard let isStrict = arguments.isOn(0) else { return false }
          model.schedulers[name]?.isStrict = isStrict
        }
        return true
      }
      guard case .group(let place, let id) = subject,
        let group = model.policies[place].groups.firstIndex(where: { $0.id == id })
      else { return false }
      if setting == .share {
        guard let share = arguments.number(0) else { return false }
        model.policies[place].groups[group].bandwidth = share
      } else {
        guard let isStrict = arguments.isOn(0) else { return false }
        model.policies[place].groups[group].isStrict = isStrict
      }
    case .queueOfPriority, .groupOfQueue:
      guard let from = arguments.numbers(0) ?? arguments.number(0).map({ [$0] }),
        from.allSatisfy((0...15).contains), let to = arguments.number(1)
      else { return false }
      let table =
        setting == .queueOfPriority ? \ConfigModel.queueOfPriority : \ConfigModel.groupOfQueue
      for one in from {
        if setting == .queueOfPriority, line > 0 {
          if model.saidPriorities[one] != nil {
            model.oddities.append(
              ConfigModel.Oddity(
                line: line, rule: "map", message: "priority \(one) was put in a queue above",
                isNote: true))
          }
          model.saidPriorities[one] = line
        }
        while model[keyPath: table].count <= one { model[keyPath: table].append(0) }
        model[keyPath: table][one] = to
      }
      model.hasPolicy = model.hasPolicy || line > 0
    case .weights:
      model.weights = arguments.allNumbers
      model.hasPolicy = true
    default: return nil
    }
    return true
  }

  mutating func uplinkGroup(
    _ setting: Setting, _ arguments: Arguments, _ subject: Subject
  ) -> Bool? {
    guard case .uplinkGroup(let place) = subject else { return nil }
    switch setting {
    case .upstream: model.uplinkGroups[place].upstream += arguments.names(0) ?? []
    case .downstream: model.uplinkGroups[place].downstream += arguments.names(0) ?? []
    case .groupEnabled: model.uplinkGroups[place].isEnabled = arguments.isOn(0) ?? true
    case .groupInverse: model.uplinkGroups[place].isInverse = arguments.isOn(0) ?? true
    default: return nil
    }
    return true
  }
}
