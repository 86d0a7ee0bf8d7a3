/// Reads what tools of Linux print.
enum LinuxReader {
  static func facts(of file: EvidenceFile) -> HostFacts {
    HostFacts(host: file.host, system: .linux)
  }
}
