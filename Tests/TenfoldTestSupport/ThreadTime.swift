import Foundation

/// Time that the calling thread itself has spent on a processor, which other jobs on the machine
/// do not lengthen.
public enum ThreadTime {
  /// Seconds since some start.
  public static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
