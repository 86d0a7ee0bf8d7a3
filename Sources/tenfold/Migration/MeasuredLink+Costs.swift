import Evidence
import Migration

extension MeasuredLink.Constants {
  /// In whole units; what does not fit them is the largest that does.
  init(_ costs: MigrationCosts) {
    func whole(_ value: Double) -> Int { Int(min(max(value.rounded(), 0), 1e15)) }
    self.init(bitsPerSecond: max(1, whole(costs.bytesPerSecond * 8)))
    bitsPerEmptyPage = whole(costs.bytesPerZeroPage * 8)
    setUpMicroseconds = whole(costs.setUp * 1e6)
    passMicroseconds = whole(costs.perPass * 1e6)
    blackOutMicroseconds = whole(costs.blackOut * 1e6)
    comparisonPicosecondsPerPage = whole(costs.comparePerPage * 1e12)
    cleanUpMicroseconds = whole(costs.cleanUp * 1e6)
    processorMicrosecondsPerGigabyte = whole(costs.processorSecondsPerGigabyte * 1e6)
    processorPicosecondsPerPage = whole(costs.processorSecondsPerPage * 1e12)
  }

  /// As the model takes them.
  var costs: MigrationCosts {
    var costs = MigrationCosts(bytesPerSecond: Double(bitsPerSecond) / 8)
    costs.bytesPerZeroPage = Double(bitsPerEmptyPage) / 8
    costs.setUp = Double(setUpMicroseconds) / 1e6
    costs.perPass = Double(passMicroseconds) / 1e6
    costs.blackOut = Double(blackOutMicroseconds) / 1e6
    costs.comparePerPage = Double(comparisonPicosecondsPerPage) / 1e12
    costs.cleanUp = Double(cleanUpMicroseconds) / 1e6
    costs.processorSecondsPerGigabyte = Double(processorMicrosecondsPerGigabyte) / 1e6
    costs.processorSecondsPerPage = Double(processorPicosecondsPerPage) / 1e12
    return costs
  }
}
