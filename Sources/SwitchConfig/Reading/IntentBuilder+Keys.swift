/// LAGs by their keys, and what lines name without making it.
extension IntentBuilder {
  /// Number of a LAG in the intent, by its key: its own, or one beyond those of the platform where
  /// one of the pair has the number of another.
  func lagNumber(_ key: Int) -> Int {
    let number = key % ConfigModel.lagsOfPair
    return key == number || lagPlaces[number] == nil
      ? number : number + traits.lagNumbers.value.upperBound
  }

  /// What findings call a LAG, by its key.
  func lagText(_ key: Int) -> String {
    if key >= ConfigModel.lagsOfPair, let kind = kinds.first(where: { $0.role == .pairLAG }) {
      return "\(kind.text)\(key - ConfigModel.lagsOfPair)"
    }
    return "port-channel \(key)"
  }

  /// LAGs and VLANs that lines name but none makes.
  mutating func making() {
    guard model.wantsMaking else { return }
    let message = "is named by lines but made by none of its own"
    for interface in model.interfaces where role(interface.name).isLAG && !interface.isMade {
      log.report(
        "unsaid", as: .note, line: interface.line, subject: text(interface.name), message)
    }
    for number in defined where number != 1 {
      guard let vlan = model.vlans[number], !vlan.isMade else { continue }
      log.report("unsaid", as: .note, line: vlan.line, subject: "vlan \(number)", message)
    }
  }
}
