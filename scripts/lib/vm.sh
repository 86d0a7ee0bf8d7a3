# Virtual machines for checks: Debian's kernel, a root of busybox and whatever is put into it, emulated by
# QEMU without any help of the host's processor. Sourced, not run.
#
#   can_boot          whether this machine can; says why not
#   vm_prepare        gets the kernel into .build/vm, once
#   vm_root FOLDER    begins a root in a folder that is made anew
#   vm_add FOLDER FILE...      adds programs with the libraries they are linked to
#   vm_modules FOLDER MODULE... adds modules of the kernel
#   vm_image FOLDER FILE       packs the root
#   vm_options NAME   words for QEMU that all machines have; NAME.log is what they print

can_boot() {
  local missing=() program
  for program in qemu-system-x86_64 cpio gzip; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  [ -x /bin/busybox ] || missing+=(busybox)
  [ ${#missing[@]} = 0 ] && [ "$(uname -m)" = x86_64 ] && return
  echo "skipped: virtual machines need ${missing[*]:-x86_64};" \
    "apt-get install -y --no-install-recommends qemu-system-x86 busybox-static cpio gzip"
  return 1
}

vm_folder=$PWD/.build/vm

vm_prepare() {
  vm_kernel=$(find "$vm_folder/kernel/boot" -name 'vmlinuz-*' 2>/dev/null | head -1)
  [ -z "$vm_kernel" ] || return 0
  local package
  package=$(apt-cache depends linux-image-amd64 | awk '/Depends:/ { print $2; exit }')
  if [ -z "$package" ]; then
    echo "error: apt knows no linux-image-amd64: apt-get update" >&2
    return 1
  fi
  vm_fetch "$package" "$vm_folder/new" || return
  mv "$vm_folder/new" "$vm_folder/kernel" || return
  vm_kernel=$(find "$vm_folder/kernel/boot" -name 'vmlinuz-*' | head -1)
}

# vm_fetch PACKAGE FOLDER: unpacks a package of Debian, installing nothing.
vm_fetch() {
  mkdir -p "$vm_folder/packages" "$2" || return
  (cd "$vm_folder/packages" && apt-get -qq download "$1" 2>/dev/null) || {
    echo "error: cannot download $1" >&2
    return 1
  }
  dpkg-deb -x "$vm_folder/packages/$1"_*.deb "$2"
}

vm_root() {
  rm -rf "$1"
  mkdir -p "$1"/{bin,proc,sys,dev,run,tmp,lib64} && cp /bin/busybox "$1/bin/busybox"
}

vm_add() {
  local root=$1 file library folder
  shift
  for file in "$@"; do
    cp -L "$file" "$root/bin/" || return
    # Programs that are linked to nothing have none.
    ldd "$file" 2>/dev/null | grep -o '/[^ )]*' | while read -r library; do
      # Libraries of packages that are unpacked and not installed go where such are found.
      case $library in
        "$vm_folder"/*) folder=/usr/lib/x86_64-linux-gnu ;;
        *) folder=$(dirname "$library") ;;
      esac
      mkdir -p "$root$folder" && cp -Lu "$library" "$root$folder/"
    done
  done
}

vm_image() { (cd "$1" && find . | cpio -o -H newc --quiet | gzip -1) >"$2"; }

vm_options() {
  printf '%s\n' -accel tcg,thread=multi -cpu max -smp 1 -nodefaults -display none -no-reboot \
    -kernel "$vm_kernel" -serial "file:$1.log"
}

# vm_says NAME WORDS SECONDS: waits until a machine prints something.
vm_says() {
  local end=$((SECONDS + $3))
  until grep -q "$2" "$1.log" 2>/dev/null; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# vm_modules FOLDER MODULE...: adds modules of the kernel and those that they need.
vm_modules() {
  local root=$1 folder release module file
  shift
  folder=$(dirname "$(dirname "$vm_kernel")")
  release=${vm_kernel##*/vmlinuz-}
  [ -s "$folder/lib/modules/$release/modules.dep" ] || busybox depmod -b "$folder" "$release" || return
  mkdir -p "$root/lib/modules/$release"
  cp "$folder/lib/modules/$release/modules.dep" "$root/lib/modules/$release/"
  for module in "$@"; do
    for file in $(grep -m1 -E "/$module\.ko:" "$folder/lib/modules/$release/modules.dep" | tr -d :); do
      file=${file#/lib/modules/"$release"/}
      mkdir -p "$root/lib/modules/$release/$(dirname "$file")"
      cp "$folder/lib/modules/$release/$file" "$root/lib/modules/$release/$file"
    done
  done
}
