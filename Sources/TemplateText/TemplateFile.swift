/// A file of a templates directory.
public struct TemplateFile: Hashable, Sendable {
  /// Path within the directory, such as `os9/switch.mustache`.
  public var path: String
  /// As the user named the directory and file, for messages.
  public var displayPath: String
  public var text: String
  /// Makes a file.
  public init(path: String, displayPath: String = "", text: String) {
    self.path = path
    self.displayPath = displayPath.isEmpty ? path : displayPath
    self.text = text
  }
}
