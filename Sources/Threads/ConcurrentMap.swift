import Glibc
import Synchronization

/// What `body` makes of each element, in the order of the elements, computed on as many threads as
/// there are processors, eight at most.
///
/// Nothing depends on which thread comes first, so results are the same on one processor and on
/// many.
/// - Throws: what `body` throws; of several errors, that of the first element.
public func concurrentMap<Element: Sendable, Value: Sendable, Failure: Error>(
  _ elements: [Element], _ body: @Sendable (Element) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let results = concurrentResults(elements, body)
  var values: [Value] = []
  values.reserveCapacity(results.count)
  for result in results { values.append(try result.get()) }
  return values
}

private func concurrentResults<Element: Sendable, Value: Sendable, Failure: Error>(
  _ elements: [Element], _ body: @Sendable (Element) throws(Failure) -> Value
) -> [Result<Value, Failure>] {
  let slots = Mutex([Result<Value, Failure>?](repeating: nil, count: elements.count))
  let next = Atomic(0)
  let run = { @Sendable in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < elements.count else { return }
      let result: Result<Value, Failure>
      do throws(Failure) { result = .success(try body(elements[index])) } catch {
        result = .failure(error)
      }
      slots.withLock { $0[index] = result }
    }
  }
  withoutActuallyEscaping(run) { run in
    var work = Work()
    for _ in 1..<max(1, min(elements.count, processors)) where !work.start(run) { break }
    run()
    work.finish()
  }
  // None is missing: each index was taken by a thread that has ended.
  return slots.withLock { $0 }.compactMap { $0 }
}

/// Threads at once. More than a few cost more to start than they spare.
private let processors = Int(min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
