/// Reads objects of PowerShell.
enum WindowsReader {
  static func facts(of file: EvidenceFile) -> HostFacts {
    HostFacts(host: file.host, system: .windows)
  }
}
