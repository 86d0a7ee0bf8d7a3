import Glibc

// Runs a command again and again as a whole process and prints how long it took and how much
// memory it held:
//
//   measure RUNS LIMIT_MS LIMIT_MB PROGRAM [ARGUMENT...]
//
// It imports no Foundation on purpose: Linux counts what a child held before `exec`, which is a
// share of this process, so this process must stay smaller than what it measures.

func complain(_ text: String) -> Never {
  fputs("error: \(text)\n", stderrFile())
  exit(2)
}

/// The C library's variable is not safe to name under strict concurrency.
func stderrFile() -> UnsafeMutablePointer<FILE>? { fdopen(2, "w") }

/// One whole process: wall time in nanoseconds, largest resident set in KiB.
func measure(_ arguments: [String]) -> (time: Int, memory: Int) {
  var pointers = arguments.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var child = pid_t()
  var usage = rusage()
  var status: Int32 = 0
  let start = now()
  let code = posix_spawn(&child, arguments[0], &actions, nil, &pointers, environ)
  guard code == 0 else { complain("cannot start \(arguments[0])") }
  while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
  let time = now() - start
  guard status == 0 else { complain("\(arguments.joined(separator: " ")) failed") }
  return (time, Int(usage.ru_maxrss))
}

func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
}

/// A count of thousandths with three decimals.
func decimal(_ thousandths: Int, _ places: Int = 3) -> String {
  let digits = String(thousandths % 1000 + 1000).dropFirst().prefix(places)
  return "\(thousandths / 1000).\(digits)"
}

func median(_ sorted: [Int]) -> Int {
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 4, let runs = Int(arguments[0]), let limitTime = Int(arguments[1]),
  let limitMemory = Int(arguments[2]), runs > 0, limitTime > 0, limitMemory > 0
else { complain("usage: measure RUNS LIMIT_MS LIMIT_MB PROGRAM [ARGUMENT...]") }
let command = Array(arguments.dropFirst(3))

// The first runs fill caches and are not counted.
for _ in 0..<3 { _ = measure(command) }
let samples = (0..<runs).map { _ in measure(command) }
let times = samples.map { $0.time / 1000 }.sorted()
let memory = samples.map(\.memory).max() ?? 0
let middle = median(times)

print("\(runs) warm runs of a whole process")
print(
  "wall time  median \(decimal(middle, 1)) ms, min \(decimal(times[0], 1)) ms,"
    + " max \(decimal(times[runs - 1], 1)) ms")
print("memory     largest resident set \(decimal(memory * 1000 / 1024, 1)) MiB")
let timeRatio = middle / limitTime
let memoryRatio = memory * 1000 / (limitMemory * 1000 * 1000 / 1024)
print("limits     \(limitTime) ms: \(decimal(timeRatio)) of it used")
print("           \(limitMemory) MB: \(decimal(memoryRatio)) of it used")
if timeRatio > 1000 || memoryRatio > 1000 {
  print("over the limit")
  exit(1)
}
