/// Makes facts of evidence.
public enum HostFactsReader {
  /// What the outputs of one host say. Never fails: what cannot be read is `unknown`, with the reason.
  public static func facts(of file: EvidenceFile) -> HostFacts {
    switch file.system {
    case .linux: LinuxReader.facts(of: file)
    case .windows: WindowsReader.facts(of: file)
    }
  }
}
