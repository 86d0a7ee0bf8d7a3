import Quantities

/// What lines say of interfaces and VLANs.
extension ConfigRecorder {
  mutating func interface(
    _ setting: Setting, _ arguments: Arguments, _ subject: Subject
  ) -> Bool? {
    if case .management(let place) = subject {
      switch setting {
      case .shutdown: model.management[place].isShut = arguments.isOn(0) ?? false
      case .address:
        guard let (address, length) = arguments.prefix() else { return false }
        model.management[place].address = address
        model.management[place].length = length
      case .noAddress: model.management[place].address = nil
      default: return nil
      }
      return true
    }
    guard case .interfaces(let places) = subject else { return nil }
    switch setting {
    case .members:
      guard places.count == 1, let names = arguments.names(0) else { return false }
      model.interfaces[places[0]].members += names
      return true
    case .splitThis:
      for place in places where !model.splits.contains(model.interfaces[place].name) {
        model.splits.append(model.interfaces[place].name)
      }
      return true
    case .portQueue, .portShare, .portStrict:
      for place in places {
        var classes =
          model.interfaces[place].classes ?? model.classes ?? ConfigModel.TrafficClasses()
        guard classes.set(setting, arguments) else { return false }
        model.interfaces[place].classes = classes
        if setting == .portQueue {
          model.interfaces[place].queuedPriorities = ReaderValues.ascending(
            model.interfaces[place].queuedPriorities + (arguments.numbers(0) ?? []))
        }
      }
      return true
    case .taggedIn, .untaggedIn:
      guard let ids = arguments.numbers(0),
        ids.count * places.count <= InterfaceListReader.maxCount
      else { return false }
      for id in ids {
        model.vlans[id, default: ConfigModel.VLAN(line: line)].members += places.map {
          ConfigModel.Member(
            line: line, isTagged: setting == .taggedIn, interface: model.interfaces[$0].name)
        }
      }
      return true
    case .inGroup:
      guard let name = arguments.text(0) else { return false }
      for place in places {
        model.interfaces[place].groups.names.removeAll { $0 == name }
        model.interfaces[place].groups.names.append(name)
        model.interfaces[place].groups.line = line
      }
      return true
    case .upstreamOf, .downstreamOf:
      guard let name = arguments.text(0) else { return false }
      let group = uplinkGroup(name)
      let names = places.map { model.interfaces[$0].name }
      if setting == .upstreamOf {
        model.uplinkGroups[group].upstream += names
      } else {
        model.uplinkGroups[group].downstream += names
      }
      return true
    default:
      for place in places {
        guard let isGood = model.interfaces[place].set(setting, arguments) else { return nil }
        if !isGood { return false }
      }
      return true
    }
  }

  mutating func vlan(
    _ setting: Setting, _ arguments: Arguments, _ subject: Subject
  ) -> Bool? {
    guard case .vlans(let ids) = subject else { return nil }
    switch setting {
    case .vlanNumber: return arguments.number(0).map { [$0] } == ids
    case .name: for id in ids { model.vlans[id]?.name = arguments.text(0) ?? "" }
    case .description: for id in ids { model.vlans[id]?.description = arguments.text(0) ?? "" }
    case .made: for id in ids { model.vlans[id]?.isMade = arguments.isOn(0) ?? false }
    case .noDescription: for id in ids { model.vlans[id]?.description = "" }
    case .noAddress:
      for id in ids {
        model.vlans[id]?.hasAddress = false
        model.vlans[id]?.address = nil
      }
    case .hasAddress: for id in ids { model.vlans[id]?.hasAddress = true }
    case .address:
      guard let address = arguments.prefix(), ids.count == 1 else { return false }
      model.vlans[ids[0]]?.hasAddress = true
      model.vlans[ids[0]]?.address = address
    case .trunkGroup:
      for id in ids { model.vlans[id]?.trunkGroups.append(arguments.text(0) ?? "") }
    case .tagged, .untagged:
      guard let names = arguments.names(0),
        ids.count * names.count <= InterfaceListReader.maxCount
      else { return false }
      for id in ids {
        model.vlans[id]?.members += names.map {
          ConfigModel.Member(line: line, isTagged: setting == .tagged, interface: $0)
        }
      }
    case .taggedNoMore, .untaggedNoMore:
      guard let names = arguments.names(0) else { return false }
      for id in ids {
        model.vlans[id]?.members.removeAll {
          $0.isTagged == (setting == .taggedNoMore) && names.contains($0.interface)
        }
      }
    default: return nil
    }
    return true
  }
}
