import Fabric
import Quantities
import TemplateText

/// What hosts need of a plan: scripts, settings and playbooks, as files.
public struct HostConfig: Sendable {
  /// In the order of the site's groups, then hosts; the playbooks last.
  public var files: [HostFile]
  /// What a group's hosts do otherwise than the plan has it, and why; group by group.
  public var notes: [HostNote]
  /// Groups that have a folder in `hosts/`, in the order of the site.
  public var folders: [String]

  /// What the head of a file says of the plan.
  public struct Header: Sendable {
    public var planName: String
    /// SHA-256 of the plan in lower-case hexadecimal digits.
    public var planHash: String
    public var date: CalendarDate
    /// Makes a head.
    public init(planName: String, planHash: String, date: CalendarDate) {
      self.planName = planName
      self.planHash = planHash
      self.date = date
    }
  }

  /// Makes the files of all groups with a port on the new fabric.
  /// - Throws: `Findings` when a name of the plan could break out of a script, or for templates that
  ///   do not fit.
  public init(_ fabric: Fabric, header: Header, templates: HostTemplates) throws(Findings) {
    files = []
    notes = []
    folders = []
    try HostNames.check(fabric)
    let shapes = HostShape.all(of: fabric)
    for shape in shapes {
      switch templates.systems[shape.group.os] {
      case .windows(let system):
        let made = WindowsFiles(shape, system, header)
        files += try made.files(templates)
        folders.append(shape.group.name)
        notes += made.notes
      case .linux(let system):
        let made = LinuxFiles(shape, system, header)
        files += try made.files(templates)
        folders.append(shape.group.name)
        notes += made.notes
      case .network, nil:
        notes.append(
          HostNote(
            group: shape.group.name, subject: "hosts of \(shape.group.name)",
            text: "no files are written for \(shape.group.os): set its ports up by addresses.csv"))
      }
    }
    files += try AnsibleFiles(fabric, shapes, header, templates.systems).files(templates)
  }
}

/// Something about the hosts of a group that their owner must know.
public struct HostNote: Hashable, Sendable {
  public var group: String
  /// What it is about, such as `nic1-p1 of hosts hv`.
  public var subject: String
  /// One sentence without full stop.
  public var text: String
}
