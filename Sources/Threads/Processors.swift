import CThreads

/// Lets the calling thread, and those that it starts, run only on some processors, as far as it may run
/// there at all.
/// - Returns: whether it is so now; `false` where none of them is left to it.
@discardableResult
public func stay(onProcessors processors: [Int]) -> Bool {
  let numbers = processors.compactMap { UInt32(exactly: $0) }
  return numbers.withUnsafeBufferPointer { tenfold_stay_on($0.baseAddress, $0.count) } > 0
}
