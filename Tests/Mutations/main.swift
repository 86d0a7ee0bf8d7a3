import Foundation

// Damages site files and catalogue files and reads them, each in 0.5 s and 200 MB at most, without
// a crash. See `Options` for the arguments; `scripts/full-check mutations` runs it.

let options = Options(CommandLine.arguments.dropFirst())
if let only = options.only {
  let file = MutatedFile(number: only, seed: options.seed)
  FileHandle.standardOutput.write(Data(file.bytes))
} else if options.isWorker {
  Worker.run(options)
} else {
  exit(Supervisor.run(options) ? 0 : 1)
}
