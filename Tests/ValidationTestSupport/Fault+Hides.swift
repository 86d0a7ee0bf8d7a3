extension Fault {
  /// Why this fault keeps another one of the same world from being told; `nil` when it does not.
  func hides(_ other: Fault) -> String? {
    switch (self, other) {
    default: nil
    }
  }
}
