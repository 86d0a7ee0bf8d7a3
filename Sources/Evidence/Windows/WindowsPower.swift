/// Reads the power plan.
enum WindowsPower {
  private static let command = "powercfg /getactivescheme"

  /// The words around the identifier are in the language of the host: the identifier alone counts.
  static func reading(_ tools: WindowsTools) -> Reading<PowerFacts> {
    if let (place, output) = tools.raw(command), output.value == nil, output.status == 0,
      !output.text.isEmpty
    {
      guard let scheme = identifier(in: output.text) else {
        return .unknown(Unknown(.notUnderstood, "\(command): no identifier"))
      }
      return .known(.scheme(scheme), Source(output: place))
    }
    let objects = tools.output(command)
    return objects.reading(objects.objects.first, "SchemeGuid") { value in
      value.text.flatMap(identifier(in:)).map(PowerFacts.scheme)
    }
  }

  /// The first text of the form `8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c`, in lower case.
  private static func identifier(in text: String) -> String? {
    let groups = [8, 4, 4, 4, 12]
    for word in text.split(whereSeparator: { !$0.isHexDigit && $0 != "-" }) {
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      if parts.map(\.utf8.count) == groups { return word.lowercased() }
    }
    return nil
  }
}
