import Quantities

/// Carries out what the lines of a configuration say, on a `ConfigModel`.
struct ConfigRecorder {
  let kinds: [InterfaceKind]
  var model = ConfigModel()
  /// Number of the line, 0 for what holds before the first.
  var line = 0
  /// The last VLAN that the platform has.
  let lastVLAN: Int
  /// Whether an interface is shut until something else is said, and whether a port is.
  var (startsShut, portsShut) = (false, false)
  var switchportsShut: Bool?
  /// Whether ports are switchports that no line says anything of; `nil` where the platform has no
  /// word for that.
  var portsSwitched: Bool?
  var portsRouted = false
  /// Whether a line says so, not the platform.
  private(set) var saysPortsSwitched = false
  var startMode = ConfigModel.Interface.Mode.access
  var newUserLevel: Int?

  /// What the lines of a block are about, by place in the model.
  enum Subject: Hashable {
    case device
    case interfaces([Int])
    case vlans([Int])
    case management(Int)
    case policy(Int)
    /// A group of a policy: its place and the group's id.
    case group(Int, Int)
    case uplinkGroup(Int)
    /// A class, by its name; in a policy that puts classes in queues, its place as well.
    case className(String)
    /// A scheduler, by its name.
    case scheduler(String)
    case inputPolicy(Int)
    case inputClass(Int, String)
    case queuePolicy(Int)
    /// A queue of such a policy; `nil` for all.
    case queue(Int, Int?)

    /// The VLAN, where it is one.
    var onlyVLAN: Int? {
      if case .vlans(let ids) = self, ids.count == 1 { ids[0] } else { nil }
    }
  }

  init(_ grammar: Grammar, lastVLAN: Int) {
    kinds = grammar.kinds
    self.lastVLAN = lastVLAN
    var subject = Subject.device
    for action in grammar.start { _ = carryOut(action, [], &subject) }
    model.startsInOneQueue = Set(model.queueOfPriority).count == 1
  }

  /// Carries out a rule's actions.
  /// - Returns: Whether all of them made sense; of several for one line none is left half done
  ///   unless its grammar mixes them up.
  mutating func carryOut(
    _ actions: [Grammar.Action], _ values: [Pattern.Value], _ subject: inout Subject
  ) -> Bool {
    for action in actions where !carryOut(action, values, &subject) { return false }
    return true
  }

  private mutating func carryOut(
    _ action: Grammar.Action, _ values: [Pattern.Value], _ subject: inout Subject
  ) -> Bool {
    let arguments = Arguments(
      values: action.arguments.map {
        switch $0 {
        case .capture(let place): values.indices.contains(place) ? values[place] : .text("")
        case .word(let word): .text(word)
        }
      })
    return opens(action.setting, arguments, &subject) ?? device(action.setting, arguments)
      ?? takesBack(action.setting, arguments)
      ?? interface(action.setting, arguments, subject) ?? vlan(action.setting, arguments, subject)
      ?? pairOrPolicy(action.setting, arguments, subject)
      ?? queues(action.setting, arguments, subject)
      ?? uplinkGroup(action.setting, arguments, subject) ?? false
  }

  // MARK: What the lines after it are about

  private mutating func opens(
    _ setting: Setting, _ arguments: Arguments, _ subject: inout Subject
  ) -> Bool? {
    switch setting {
    case .interface:
      guard let names = arguments.names(0) else { return false }
      var places: [Int] = []
      for name in names { places.append(place(name)) }
      subject = .interfaces(places)
    case .management:
      guard let names = arguments.names(0), names.count == 1 else { return false }
      if let known = model.management.firstIndex(where: { $0.name == names[0] }) {
        subject = .management(known)
      } else {
        model.management.append(
          ConfigModel.Management(name: names[0], line: line, isShut: startsShut))
        subject = .management(model.management.count - 1)
      }
    case .vlan:
      let ids = arguments.numbers(0) ?? arguments.names(0)?.map(\.first) ?? []
      guard !ids.isEmpty, ids.allSatisfy({ (1...4094).contains($0) }) else { return false }
      for id in ids where model.vlans[id] == nil { model.vlans[id] = ConfigModel.VLAN(line: line) }
      subject = .vlans(ids)
    case .pair:
      if model.pair?.isMade == false {
        model.pair?.line = line
        model.pair?.isMade = true
      } else if model.pair == nil || model.pair?.domain ?? 0 != arguments.number(0) ?? 0 {
        model.pair = ConfigModel.Pair(line: line, isMade: true, domain: arguments.number(0))
      }
      subject = .device
    case .policy:
      guard let name = arguments.text(0) else { return false }
      if let known = model.policies.firstIndex(where: { $0.name == name }) {
        subject = .policy(known)
      } else {
        model.policies.append(ConfigModel.Policy(line: line, name: name))
        subject = .policy(model.policies.count - 1)
      }
    case .ofGroup:
      guard case .policy(let place) = subject else { return false }
      let name = arguments.number(0) == nil ? arguments.text(0) ?? "" : ""
      let known = model.policies[place].groups.first { !name.isEmpty && $0.className == name }
      let id = arguments.number(0) ?? known?.id ?? -1 - model.policies[place].groups.count
      if !model.policies[place].groups.contains(where: { $0.id == id }) {
        model.policies[place].groups.append(
          ConfigModel.Group(
            id: id, bandwidth: 0, isLossless: false, isStrict: true, className: name))
      }
      subject = .group(place, id)
    case .uplinkGroup:
      guard let name = arguments.number(0).map(String.init) ?? arguments.text(0) else {
        return false
      }
      subject = .uplinkGroup(uplinkGroup(name))
    case .className:
      guard let name = arguments.text(0) else { return false }
      if case .inputPolicy(let place) = subject {
        subject = .inputClass(place, name)
      } else {
        subject = .className(name)
      }
    case .scheduler:
      guard let name = arguments.text(0) else { return false }
      if model.schedulers[name] == nil { model.schedulers[name] = ConfigModel.Scheduler() }
      subject = .scheduler(name)
    case .inputPolicy:
      guard let name = arguments.text(0) else { return false }
      model.inputPolicies.append(ConfigModel.InputPolicy(line: line, name: name))
      subject = .inputPolicy(model.inputPolicies.count - 1)
    case .queuePolicy:
      guard let name = arguments.text(0) else { return false }
      model.queuePolicies.append(ConfigModel.QueuePolicy(line: line, name: name))
      subject = .queuePolicy(model.queuePolicies.count - 1)
    case .ofQueue:
      guard case .queuePolicy(let place) = subject else { return false }
      subject = .queue(place, arguments.number(0))
    case .rstpBlock:
      model.rstpLine = line
      subject = .device
    default: return nil
    }
    return true
  }

  /// Place of a group in the model, which it enters if it is new. A name that ends in a number has
  /// that number, any other the next one that is free.
  mutating func uplinkGroup(_ name: String) -> Int {
    if let known = model.uplinkGroups.firstIndex(where: { $0.name == name }) { return known }
    let own = ReaderValues.number(endOf: name)
    func isFree(_ id: Int) -> Bool { id > 0 && !model.uplinkGroups.contains { $0.id == id } }
    var id = own ?? 1
    while !isFree(id) { id += 1 }
    let place = model.uplinkGroups.firstIndex { $0.id > id } ?? model.uplinkGroups.count
    model.uplinkGroups.insert(
      ConfigModel.UplinkGroup(id: id, name: name, line: line), at: place)
    return place
  }

  /// Place of an interface in the model, which it enters if it is new.
  mutating func place(_ name: InterfaceName) -> Int {
    if let place = model.places[name] {
      model.interfaces[place].isGone = false
      return place
    }
    let place = model.interfaces.count
    model.places[name] = place
    model.interfaces.append(unconfigured(name))
    return place
  }

  func unconfigured(_ name: InterfaceName) -> ConfigModel.Interface {
    var interface = ConfigModel.Interface(name: name, line: line)
    interface.mode = startMode
    interface.lastVLAN = lastVLAN
    return interface
  }

  // MARK: The switch

  private mutating func device(_ setting: Setting, _ arguments: Arguments) -> Bool? {
    switch setting {
    case .hostname:
      let name = arguments.text(0)
      if let other = model.hostname, let name, other != name {
        model.oddities.append(
          ConfigModel.Oddity(
            line: line, rule: "two-switches",
            message: "the switch is called \(other) above: texts of two are not told apart",
            isError: true))
      }
      model.hostname = name
    case .user:
      guard let name = arguments.text(0) else { return false }
      // Where an account has several lines, one without a level leaves that of another.
      let known = newUserLevel == nil ? nil : model.users.first { $0.name == name }
      model.users.removeAll { $0.name == name }
      model.users.append(
        ConfigModel.User(
          name: name, privilege: arguments.number(1) ?? known?.privilege ?? newUserLevel))
    case .newUserLevel where line == 0: newUserLevel = arguments.number(0)
    case .syslog:
      guard let address = arguments.address(0) else { return false }
      model.syslog.append(address)
    case .ntp:
      guard let address = arguments.address(0) else { return false }
      model.ntp.append(address)
    case .gateway: model.gateway = arguments.address(0)
    case .ntpClient: return set(arguments, \.ntpClient)
    case .telnet: return set(arguments, \.telnet)
    case .ssh: return set(arguments, \.ssh)
    case .web: return set(arguments, \.web)
    case .secureWeb: return set(arguments, \.secureWeb)
    case .lldp: return set(arguments, \.lldp)
    case .rstp: return set(arguments, \.rstp)
    case .guardAll: return set(arguments, \.guardsAll)
    case .edgeAll: return set(arguments, \.edgesAll)
    case .made where line == 0: model.wantsMaking = true
    case .portQueue where line == 0, .portShare where line == 0:
      var classes = model.classes ?? ConfigModel.TrafficClasses()
      guard classes.set(setting, arguments) else { return false }
      model.classes = classes
    case .dcb: return set(arguments, \.dcb)
    case .trust: return set(arguments, \.trust)
    case .vlanFilter: return set(arguments, \.vlanFilter)
    case .bridgePriority: model.bridgePriority = arguments.number(0)
    case .otherSpanningTree: model.otherSpanningTree = (line, arguments.text(0) ?? "")
    case .onlyRSTP: model.otherSpanningTree = nil
    case .defaultVLANUse: return set(arguments, \.usesDefaultVLAN)
    case .defaultVLAN: model.defaultVLAN = arguments.number(0)
    case .systemMTU: model.systemMTU = arguments.number(0)
    case .switchNoDrop:
      model.noDrop = ReaderValues.ascending(model.noDrop + (arguments.numbers(0) ?? []))
    case .mode where line == 0:
      guard let mode = arguments.text(0).flatMap(ConfigModel.Interface.Mode.init) else {
        return false
      }
      startMode = mode
    case .portsShut: portsShut = arguments.isOn(0) ?? false
    case .switchportsShut: switchportsShut = arguments.isOn(0)
    case .portsSwitched:
      portsSwitched = arguments.isOn(0) ?? false
      saysPortsSwitched = line > 0
    case .portsRouted: portsRouted = arguments.isOn(0) ?? false
    case .defines, .refers, .supposes:
      guard let kind = arguments.text(0),
        let text = arguments.text(1) ?? arguments.number(1).map(String.init)
          ?? arguments.names(1)?.first?.text(kinds)
      else { return false }
      let name = ConfigModel.Name(kind: kind, name: text)
      let table =
        setting == .defines
        ? \ConfigModel.definitions
        : setting == .refers ? \ConfigModel.references : \ConfigModel.suppositions
      if model[keyPath: table][name] == nil { model[keyPath: table][name] = line }
    case .treeless: model.treeless += arguments.numbers(0) ?? []
    case .split: return split(arguments)
    case .shutdown where line == 0: startsShut = arguments.isOn(0) ?? false
    default: return nil
    }
    return true
  }

  mutating func set(
    _ arguments: Arguments, _ toggle: WritableKeyPath<ConfigModel, ConfigModel.Toggle>
  ) -> Bool {
    guard let isOn = arguments.isOn(0) else { return false }
    model[keyPath: toggle] = ConfigModel.Toggle(isOn: isOn, line: line)
    return true
  }
}
