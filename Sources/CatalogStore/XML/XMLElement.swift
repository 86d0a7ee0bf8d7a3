/// A place of an element or attribute in its file.
struct TextPlace: Hashable, Sendable {
  /// 1-based.
  var line: Int
  /// 1-based, in characters; 0 when unknown.
  var column: Int
}

/// An attribute as it stands in the file.
struct XMLAttribute: Hashable, Sendable {
  var name: String
  var value: String
  var place: TextPlace
}

/// An element of a well-formed document without document type, entities or other namespaces than
/// its own.
struct XMLElement: Hashable, Sendable {
  /// Local name.
  var name: String
  /// Namespace address; empty when there is none.
  var namespace: String
  var attributes: [XMLAttribute]
  var children: [XMLElement]
  /// The text directly inside, white space collapsed.
  var text: String
  var place: TextPlace
}
