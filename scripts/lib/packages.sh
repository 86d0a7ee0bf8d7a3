# Installs the system packages of scripts/packages.txt that are missing. Sourced, not run.
#
#   install_packages FOLDER_OF_THE_REPOSITORY [test|lab]

# Prints the packages of the list that are not installed.
missing_packages() {
  local list=$1 purpose=$2 name mark
  while read -r name mark; do
    case $name in '' | '#'*) continue ;; esac
    [ -z "$mark" ] || [ "$mark" = "$purpose" ] || continue
    case $(dpkg-query -W -f '${Status}' "$name" 2>/dev/null) in
      'install ok installed') ;;
      *) printf '%s\n' "$name" ;;
    esac
  done <"$list"
}

install_packages() {
  local list=$1/scripts/packages.txt purpose=${2:-build} missing sudo=
  if ! command -v dpkg-query >/dev/null; then
    # Not Debian: the libraries must be there already.
    if command -v pkg-config >/dev/null && pkg-config --exists libxml-2.0 sqlite3; then return 0; fi
    echo "error: this is no Debian: install the libraries of $list by hand" >&2
    echo "  hint: pkg-config must find libxml-2.0 and sqlite3" >&2
    return 3
  fi
  missing=$(missing_packages "$list" "$purpose")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "error: missing packages, and no sudo to install them:" $missing >&2
      echo "  hint: as root: apt-get install --no-install-recommends" $missing >&2
      return 3
    fi
    sudo=sudo
  fi
  echo "installing" $missing >&2
  # A new machine has no package lists, an old one has stale ones.
  if ! { $sudo apt-get -qq update && DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq -y \
    install --no-install-recommends $missing; } >&2; then
    echo "error: apt-get could not install" $missing >&2
    return 3
  fi
}

# Ends with a word to the user when Swift is not there.
require_swift() {
  command -v swift >/dev/null && return 0
  echo "error: swift is not on the PATH" >&2
  echo "  hint: https://www.swift.org/install/linux/ (Swift 6.1 or later)" >&2
  return 3
}
