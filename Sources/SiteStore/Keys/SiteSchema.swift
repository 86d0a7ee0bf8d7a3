import Quantities

/// The JSON Schema of the site file, made from the table of keys that the reader uses.
public enum SiteSchema {
  /// JSON Schema 2020-12 as text with a final newline, always the same bytes.
  ///
  /// It says what each value may look like. Rules that need several values (a rack that is named
  /// is defined, subnets do not overlap) are the reader's.
  public static func json() -> String {
    var schema = object(SiteKeys.site)
    schema.insert(("$schema", .text("https://json-schema.org/draft/2020-12/schema")), at: 0)
    schema.insert(("title", .text("Tenfold site file")), at: 1)
    schema.append(("anyOf", .list([required("racks"), required("room")])))
    return JSON.object(schema).text() + "\n"
  }

  private static func required(_ key: String) -> JSON {
    .object([("required", .list([.text(key)]))])
  }

  private static func object(_ section: Section) -> [(String, JSON)] {
    let properties = section.keys.map { key in
      (key.name, JSON.object(documentation(key) + kind(key.kind)))
    }
    var result: [(String, JSON)] = [
      ("description", .text(section.doc)), ("type", .text("object")),
      ("properties", .object(properties)),
    ]
    let needed = section.keys.filter(\.isRequired).map { JSON.text($0.name) }
    if !needed.isEmpty { result.append(("required", .list(needed))) }
    result.append(("additionalProperties", .flag(false)))
    return result
  }

  private static func documentation(_ key: SiteKey) -> [(String, JSON)] {
    var text = key.doc + "."
    if let fallback = key.fallback {
      text += " Default: \(fallback)" + (key.reason.isEmpty ? "." : " (\(key.reason)).")
    } else if !key.reason.isEmpty {
      text += " When left out: \(key.reason)."
    }
    return [("description", .text(text))]
  }

  private static func kind(_ kind: ValueKind) -> [(String, JSON)] {
    switch kind {
    case .name: return pattern("^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$")
    case .text: return pattern("^[!-~]([ -~]{0,78}[!-~])?$")
    case .flag: return [("enum", .list([.flag(true), .flag(false), .text("yes"), .text("no")]))]
    case .integer(let limits): return integer(limits.lowerBound, limits.upperBound)
    case .money: return [("type", .text("number")), ("exclusiveMinimum", .number(0))]
    case .quantity(let dimension, _):
      let units = (dimension.units + dimension.shortUnits).map(\.name).joined(separator: "|")
      return pattern("^[0-9]+(\\.[0-9]+)? *(\(units))$")
    case .percent: return pattern("^[0-9]+(\\.[0-9]+)? *%$")
    case .ratio:
      return anyOf([
        [
          ("type", .text("number")), ("exclusiveMinimum", .number(0)), ("maximum", .number(100)),
        ], pattern("^[0-9]+(\\.[0-9]+)?( *: *[0-9]+(\\.[0-9]+)?)?$"),
      ])
    case .decimal: return [("type", .text("number")), ("exclusiveMinimum", .number(0))]
    case .currency: return pattern("^[A-Z]{3}$")
    case .date: return pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
    case .address: return pattern("^[0-9]{1,3}(\\.[0-9]{1,3}){3}$")
    case .subnet: return pattern("^[0-9]{1,3}(\\.[0-9]{1,3}){3}/([89]|1[0-9]|2[0-9])$")
    case .vlan: return integer(2, 4093)
    case .choice(let words): return [("enum", .list(words.map(JSON.text)))]
    case .list(let item, let most):
      let list: [(String, JSON)] = [
        ("type", .text("array")), ("items", .object(self.kind(item))),
        ("maxItems", .number(most)),
      ]
      return anyOf([list, self.kind(item)])
    case .map(let section): return object(section)
    case .table(let item, let most):
      return [
        ("type", .text("object")), ("maxProperties", .number(most)),
        ("additionalProperties", .object(self.kind(item))),
      ]
    case .dated(let item, let most):
      return [
        ("type", .text("object")), ("maxProperties", .number(most)),
        ("properties", .object([("on", .object(self.kind(.date)))])),
        ("additionalProperties", .object(self.kind(item))),
      ]
    case .forms(let forms): return anyOf(forms.map(self.kind))
    case .word(let word): return [("const", .text(word))]
    }
  }

  private static func integer(_ least: Int, _ most: Int) -> [(String, JSON)] {
    [("type", .text("integer")), ("minimum", .number(least)), ("maximum", .number(most))]
  }

  private static func pattern(_ pattern: String) -> [(String, JSON)] {
    [("type", .text("string")), ("pattern", .text(pattern))]
  }

  private static func anyOf(_ forms: [[(String, JSON)]]) -> [(String, JSON)] {
    [("anyOf", .list(forms.map(JSON.object)))]
  }
}

/// JSON in the order in which it was made.
private indirect enum JSON {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSON])
  case object([(String, JSON)])

  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return JSON.quoted(text)
    case .number(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let items):
      let isShort = items.allSatisfy { item in
        switch item {
        case .list, .object: false
        default: true
        }
      }
      if isShort { return "[" + items.map { $0.text() }.joined(separator: ", ") + "]" }
      let lines = items.map { inner + $0.text(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { inner + JSON.quoted($0.0) + ": " + $0.1.text(indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
