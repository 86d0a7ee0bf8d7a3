import CLab
import Glibc

extension LabRunner {
  /// Does something with this thread in the LAN that all hosts have beside the new fabric; threads
  /// that are started meanwhile stay there.
  /// - Throws: `LabFailure` when the lab is not up, and what the work throws.
  public func inLAN<Value>(_ work: () throws -> Value) throws -> Value {
    let path = "/run/netns/\(plan.name.namespace(of: .lan) ?? "")"
    let other = open(path, O_RDONLY | O_CLOEXEC)
    guard other >= 0 else {
      throw LabFailure(.machine, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(other) }
    let own = tenfold_lab_own_network()
    defer { close(own) }
    let code = own < 0 ? errno : tenfold_lab_enter_network(other)
    guard code == 0 else {
      throw LabFailure(.machine, "cannot enter \(path): \(String(cString: strerror(code)))")
    }
    let result = Result { try work() }
    guard tenfold_lab_enter_network(own) == 0 else {
      throw LabFailure(.machine, "cannot leave \(path)")
    }
    return try result.get()
  }
}
