/// Runs a body for each element at once, the first on this thread, and waits for all. Where the
/// system gives no more threads, the rest run one after the other.
public func eachOnItsThread<Element: Sendable>(
  _ elements: [Element], _ body: @escaping @Sendable (Element) -> Void
) {
  var work = Work()
  var left: [Element] = []
  for element in elements.dropFirst() where !work.start({ body(element) }) { left.append(element) }
  if let first = elements.first { body(first) }
  for element in left { body(element) }
  work.finish()
}
