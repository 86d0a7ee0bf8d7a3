/// Makes facts of evidence.
public enum HostFactsReader {
  /// What the outputs of one host say. Never fails: what cannot be read is `unknown`, with the reason.
  public static func facts(of file: EvidenceFile) -> HostFacts {
    var facts =
      switch file.system {
      case .linux: LinuxReader.facts(of: file)
      case .windows: WindowsReader.facts(of: file)
      }
    guard case .known(var interfaces, let source) = facts.interfaces else { return facts }
    for place in interfaces.indices {
      let numbers = interfaces[place].dcb.classes.value?.flatMap(\.priorities) ?? []
      if Set(numbers).count < numbers.count {
        interfaces[place].dcb.classes = .unknown(
          Unknown(.notUnderstood, "a priority is in two traffic classes"))
      }
    }
    facts.interfaces = .known(interfaces, source)
    return facts
  }
}
