import Foundation

/// Checks a JSON value against the part of JSON Schema 2020-12 that Tenfold's schemas use.
struct SchemaValidator {
  let root: [String: Any]

  init(_ schema: String) throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(schema.utf8))
    root = parsed as? [String: Any] ?? [:]
  }

  /// Where the value breaks the schema, and how.
  func problems(_ value: Any) -> [String] { problems(value, root, "$") }

  private func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      guard let name = reference.split(separator: "/").last,
        let definitions = root["$defs"] as? [String: Any],
        let definition = definitions[String(name)] as? [String: Any]
      else { return ["\(path): no definition \(reference)"] }
      return problems(value, definition, path)
    }
    if let choice = schema["enum"] as? [String] {
      let isOne = (value as? String).map(choice.contains) ?? false
      return isOne ? [] : ["\(path): \(value) is none of \(choice)"]
    }
    switch schema["type"] as? String {
    case "object": return object(value, schema, path)
    case "array":
      guard let items = value as? [Any], let item = schema["items"] as? [String: Any] else {
        return ["\(path): no array"]
      }
      return items.enumerated().flatMap { problems($0.element, item, "\(path)[\($0.offset)]") }
    case "string":
      guard let text = value as? String else { return ["\(path): no string"] }
      guard let pattern = schema["pattern"] as? String else { return [] }
      let matches = text.range(of: pattern, options: .regularExpression) != nil
      return matches ? [] : ["\(path): \"\(text)\" does not match \(pattern)"]
    case "integer":
      guard let number = value as? Int else { return ["\(path): no integer"] }
      let low = schema["minimum"] as? Int ?? .min
      let high = schema["maximum"] as? Int ?? .max
      return low <= number && number <= high ? [] : ["\(path): \(number) is out of range"]
    case "boolean": return value is Bool ? [] : ["\(path): no boolean"]
    default: return ["\(path): the schema says nothing"]
    }
  }

  private func object(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let members = value as? [String: Any],
      let properties = schema["properties"] as? [String: Any]
    else { return ["\(path): no object"] }
    var found: [String] = []
    for name in schema["required"] as? [String] ?? [] where members[name] == nil {
      found.append("\(path): \(name) is missing")
    }
    if let least = schema["minProperties"] as? Int, members.count < least {
      found.append("\(path): too few members")
    }
    if let most = schema["maxProperties"] as? Int, members.count > most {
      found.append("\(path): too many members")
    }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      guard let property = properties[name] as? [String: Any] else {
        found.append("\(path): the schema does not know \(name)")
        continue
      }
      found += problems(member, property, "\(path).\(name)")
    }
    return found
  }
}
