/// One line of a rendered configuration, explainable.
public struct ConfigLine: Hashable, Sendable {
  /// 1-based.
  public var number: Int
  /// Without the line end.
  public var text: String
  /// Facts it rests on, the one that its wording comes from first; empty for separators.
  public var facts: [String]
  /// The least known of its facts on this model; `nil` when it rests on none, as separators and
  /// the marks above unverified lines.
  public var grade: FactGrade?
  /// Part of the intent that it says, such as `port TenGigabitEthernet 0/0` or `vlan 711`; empty
  /// for lines that every switch has.
  public var subject: String
  /// What the first unverified fact says; empty when all are known.
  public var doubt: String
  /// Makes a line.
  public init(
    number: Int, text: String, facts: [String], grade: FactGrade?, subject: String,
    doubt: String = ""
  ) {
    self.number = number
    self.text = text
    self.facts = facts
    self.grade = grade
    self.subject = subject
    self.doubt = doubt
  }
}
