import CatalogModel
import Quantities
import TemplateText

/// What the comment at the head of a configuration says.
public struct ConfigHeader: Hashable, Sendable {
  /// Stands for the hash of a plan that is not written yet: see `RenderedConfig.sealed(_:)`.
  public static let hashToCome = String(repeating: "0", count: 64)

  /// Name of the plan.
  public var planName: String
  /// SHA-256 of the plan in lower-case hexadecimal digits.
  public var planHash: String
  /// Day of the plan.
  public var date: CalendarDate
  /// Model of the switch; some facts hold on some models only. Empty when unknown.
  public var model: String
  /// Makes a head.
  public init(planName: String, planHash: String, date: CalendarDate, model: String) {
    self.planName = planName
    self.planHash = planHash
    self.date = date
    self.model = model
  }
}

/// A configuration as text, and what each line rests on.
public struct RenderedConfig: Hashable, Sendable {
  public var hostname: String
  public var os: SwitchOS
  /// Lines end with a line feed.
  public var text: String
  /// All lines of `text`.
  public var lines: [ConfigLine]

  /// The configuration with the hash of its plan where `ConfigHeader.hashToCome` stands in its
  /// comments.
  public func sealed(_ hash: String) -> RenderedConfig {
    var sealed = self
    sealed.text.removeAll(keepingCapacity: true)
    for place in lines.indices {
      let line = lines[place]
      if line.facts.isEmpty, let start = line.text.byteOffset(of: ConfigHeader.hashToCome) {
        let bytes = line.text.utf8
        sealed.lines[place].text =
          String(decoding: bytes.prefix(start), as: UTF8.self) + hash
          + String(
            decoding: bytes.dropFirst(start + ConfigHeader.hashToCome.utf8.count), as: UTF8.self)
      }
      sealed.text += sealed.lines[place].text
      sealed.text += "\n"
    }
    return sealed
  }

  /// Lines with a fact that no source shows, for the report's list to confirm.
  public var unverified: [ConfigLine] {
    lines.filter { $0.grade == .unverified }
  }

  /// The line with a number; `nil` outside the text.
  public func line(_ number: Int) -> ConfigLine? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }
}
