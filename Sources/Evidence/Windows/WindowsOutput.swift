import JSONText

/// The objects that one cmdlet gave, however they were written: a list, one object alone, nothing.
struct WindowsOutput {
  /// What was looked for, for messages.
  let command: String
  /// `nil` when the evidence holds no such output.
  let source: Source?
  /// Why there are no objects to look at; `nil` when there are, or could be.
  let failure: Unknown?
  let objects: [WindowsObject]
  private let places: [String: Int]

  /// - Parameters:
  ///   - found: The output and its place in the evidence; `nil` when there is none.
  ///   - isPrivileged: Whether the collector ran with the rights of an administrator.
  init(
    _ command: String, _ found: (place: Int, output: ToolOutput)?, isPrivileged: Bool
  ) {
    guard let (place, output) = found else {
      self.init(command, source: nil, failure: Unknown(.notCollected, command), objects: [])
      return
    }
    let source = Source(output: place)
    guard let objects = WindowsOutput.objects(of: output) else {
      let unknown = Unknown(.notUnderstood, "\(command): no objects")
      self.init(command, source: source, failure: unknown, objects: [])
      return
    }
    // Some cmdlets complain of one object and give the others.
    var failure: Unknown?
    if output.status != 0, objects.isEmpty {
      failure = WindowsOutput.failure(of: output)
    } else if objects.isEmpty, !isPrivileged, WindowsOutput.isSilent(command) {
      failure = Unknown(.notPermitted, "\(command): nothing is listed without administrator")
    }
    self.init(command, source: source, failure: failure, objects: objects)
  }

  private init(_ command: String, source: Source?, failure: Unknown?, objects: [WindowsObject]) {
    self.command = command
    self.source = source
    self.failure = failure
    self.objects = objects
    var places: [String: Int] = [:]
    for (place, object) in objects.enumerated() {
      guard let name = object.name, places[name] == nil else { continue }
      places[name] = place
    }
    self.places = places
  }

  /// The first object of a name.
  func named(_ name: String) -> WindowsObject? {
    guard let place = places[name], objects.indices.contains(place) else { return nil }
    return objects[place]
  }

  /// A field of one of the objects.
  /// - Parameters:
  ///   - object: `nil` where the cmdlet lists none for what is asked about.
  ///   - take: Its value in the model; `nil` when it is nothing that can be.
  func reading<Value: Hashable & Sendable>(
    _ object: WindowsObject?, _ field: String, _ take: (WindowsValue) -> Value?
  ) -> Reading<Value> {
    reading(object) { object in
      guard let value = object[field] else {
        return .failure(Unknown(.notSupported, "\(command): \(field) is empty"))
      }
      guard let taken = take(value) else {
        return .failure(Unknown(.notUnderstood, "\(command): \(field) \(value.shown)"))
      }
      return .success(taken)
    }
  }

  /// Something that several fields of one of the objects say.
  func reading<Value: Hashable & Sendable>(
    _ object: WindowsObject?, _ take: (WindowsObject) -> WindowsFound<Value>
  ) -> Reading<Value> {
    if let failure { return .unknown(failure) }
    guard let source else { return .unknown(Unknown(.notCollected, command)) }
    guard let object else { return .unknown(Unknown(.notSupported, "\(command): not listed")) }
    switch take(object) {
    case .success(let value): return .known(value, source)
    case .failure(let unknown): return .unknown(unknown)
    }
  }

  /// Something that all objects say together.
  func reading<Value: Hashable & Sendable>(
    all take: ([WindowsObject]) -> WindowsFound<Value>
  ) -> Reading<Value> {
    if let failure { return .unknown(failure) }
    guard let source else { return .unknown(Unknown(.notCollected, command)) }
    switch take(objects) {
    case .success(let value): return .known(value, source)
    case .failure(let unknown): return .unknown(unknown)
    }
  }

  /// Whether a cmdlet may list nothing, without a word, where it is not allowed to look.
  private static func isSilent(_ command: String) -> Bool {
    command.hasPrefix("Get-VM") || command.hasPrefix("Get-Smb")
  }

  private static func failure(of output: ToolOutput) -> Unknown {
    let line = output.errors.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    if output.status == 127 { return Unknown(.toolMissing, output.command) }
    // Messages are in the language of the host; the category before them and codes are not.
    let isRefused = ["PermissionDenied", "SecurityError", "0x80041003", "0x80070005"].contains {
      output.errors.contains($0)
    }
    let detail = "\(output.command): \(line.isEmpty ? "status \(output.status)" : line)"
    return Unknown(isRefused ? .notPermitted : .notSupported, detail)
  }

  private static func objects(of output: ToolOutput) -> [WindowsObject]? {
    if let value = output.value { return objects(of: value) }
    let text = output.text.drop(while: \.isWhitespace)
    // No object at all prints as nothing, not as an empty list.
    if text.isEmpty { return [] }
    guard let tree = try? JSONTree(Array(text.utf8), limits: .tools) else { return nil }
    return objects(of: tree)
  }

  private static func objects(of tree: JSONTree) -> [WindowsObject]? {
    switch tree.value {
    case .null: return []
    case .array(let elements):
      return elements.flatMap { element -> [WindowsObject] in
        switch element.value {
        case .object: [WindowsObject(tree: element)]
        case .array(let inner): inner.compactMap(WindowsObject.init(object:))
        default: []
        }
      }
    case .object(let members):
      // Windows PowerShell writes some lists as an object with their count.
      if members.count == 2, let list = tree.member("value"), tree.member("Count") != nil,
        case .array = list.value
      {
        return objects(of: list)
      }
      return [WindowsObject(tree: tree)]
    case .string(let text): return text.allSatisfy(\.isWhitespace) ? [] : nil
    case .bool, .integer, .decimal: return nil
    }
  }
}

/// What was found, or why nothing was.
enum WindowsFound<Value> {
  case success(Value)
  case failure(Unknown)
}
