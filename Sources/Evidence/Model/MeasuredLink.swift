/// What was measured of migrations from one host to another.
public struct MeasuredLink: Hashable, Sendable {
  /// Constants that were fitted to them.
  public struct Constants: Hashable, Sendable, Encodable {
    /// Of all that went at once, without what Ethernet, IP and TCP add.
    public var bitsPerSecond: Int
    /// Of a page that holds nothing.
    public var bitsPerEmptyPage: Int
    /// From the start until the first page goes.
    public var setUpMicroseconds: Int
    /// Of each pass beside sending.
    public var passMicroseconds: Int
    /// That a guest stands still beside the last pass.
    public var blackOutMicroseconds: Int
    /// To compare a page at both ends.
    public var comparisonPicosecondsPerPage: Int
    public var cleanUpMicroseconds: Int
    /// Both ends together, of a gigabyte over the network and of a page that is looked at.
    public var processorMicrosecondsPerGigabyte: Int
    public var processorPicosecondsPerPage: Int

    /// Nothing takes time.
    public init(bitsPerSecond: Int) {
      self.bitsPerSecond = bitsPerSecond
      bitsPerEmptyPage = 0
      (setUpMicroseconds, passMicroseconds, blackOutMicroseconds) = (0, 0, 0)
      (comparisonPicosecondsPerPage, cleanUpMicroseconds) = (0, 0)
      (processorMicrosecondsPerGigabyte, processorPicosecondsPerPage) = (0, 0)
    }
  }

  /// SHA-256 of the plan of the hosts; empty where the file does not say it.
  public var plan: String
  public var from: String
  public var to: String
  /// Migrations at once.
  public var atOnce: Int
  public var constants: Constants

  /// Makes one.
  public init(
    plan: String = "", from: String, to: String, atOnce: Int, _ constants: Constants
  ) {
    self.plan = plan
    self.from = from
    self.to = to
    self.atOnce = atOnce
    self.constants = constants
  }
}
