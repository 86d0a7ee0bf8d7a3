# Release builds of the package's programs. Sourced, not run.
#
# Swift's own libraries are linked in where the toolchain has them in that form: the program then
# starts in half the time and runs without a Swift on the machine. All programs are built with the
# same options, since others would build everything twice.
#
# Generic types are made by calls instead of by their names: looking a name up means a walk over
# all conformances of the program for every set or dictionary of another type.

release_options() {
  local runtime
  runtime=$(swiftc -print-target-info 2>/dev/null |
    sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p')
  printf '%s\n' -c release -Xswiftc -Xfrontend \
    -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
  [ ! -d "${runtime}_static/linux" ] || printf '%s\n' --static-swift-stdlib
}

# release_build PRODUCT: builds one program of the package in the working folder.
release_build() {
  swift build $(release_options) --product "$1"
}

# release_path PRODUCT: where it then is.
release_path() {
  printf '%s/%s\n' "$(swift build $(release_options) --show-bin-path)" "$1"
}

# quiet BUILD...: runs a build without its progress; when it fails, shows all and ends the script:
# what was built before must not pass for what is there now.
quiet() {
  local output
  if ! output=$("$@" 2>&1); then
    printf '%s\n' "$output" >&2
    echo "error: the build failed" >&2
    exit 1
  fi
}
