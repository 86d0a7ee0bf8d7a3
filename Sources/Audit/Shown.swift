import Fabric

/// A setting for people: `yes`, `nothing`, `untagged 4, tagged 711`.
func shown<Value>(_ value: Value) -> String {
  if let membership = value as? Membership { return membership.shown }
  if let text = value as? String { return text.isEmpty ? "nothing" : text }
  if let isOn = value as? Bool { return isOn ? "yes" : "no" }
  if let optional = value as? Int? { return optional.map(String.init) ?? "nothing" }
  return "\(value)"
}
