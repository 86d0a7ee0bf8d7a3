import Quantities
import Transport

/// What one end of a measurement is asked: to receive at an own address, or to send to another's.
public struct LoadRequest: Hashable, Sendable {
  /// Where the other end waits.
  public struct Target: Hashable, Sendable {
    public var address: IPv4Address
    /// TCP port, 1 to 65535.
    public var port: Int
    /// Makes a target.
    public init(address: IPv4Address, port: Int) {
      self.address = address
      self.port = port
    }
  }

  public var test: LoadTest
  /// The host's own address.
  public var own: IPv4Address
  /// `nil` for the receiving end.
  public var target: Target?

  /// Makes a request.
  public init(test: LoadTest, own: IPv4Address, target: Target? = nil) {
    self.test = test
    self.own = own
    self.target = target
  }

  /// Seconds after which it has failed. A receiver answers as soon as it listens.
  var deadline: Int {
    target == nil ? 5 : Int((test.deadline / .seconds(1)).rounded(.up))
  }
}

extension LoadRequest {
  static let names = ["secret", "streams", "warmUp", "seconds", "own", "kind", "priority"]
  static let targetNames = ["to", "port"]

  init(_ fields: Fields, isSender: Bool) throws(MessageError) {
    var test = LoadTest(
      secret: try fields.secret(),
      streams: try fields.number("streams", in: 1...LoadTest.mostStreams),
      warmUp: try fields.number("warmUp", in: 0...LoadTest.longest),
      seconds: try fields.number("seconds", in: 1...LoadTest.longest))
    if fields.has("kind") {
      guard let kind = LoadTest.Kind(rawValue: try fields.text("kind", upTo: 20)) else {
        throw MessageError("kind is none that is known")
      }
      test.kind = kind
    }
    if fields.has("priority") { test.priority = try fields.number("priority", in: 0...6) }
    self.init(
      test: test, own: try fields.address("own"),
      target: isSender
        ? Target(
          address: try fields.address("to"), port: try fields.number("port", in: 1...65_535)) : nil)
  }
}
