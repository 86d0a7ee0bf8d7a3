# Builds and runs one of the checks over plans. Sourced by scripts/checks/*, not run.

. scripts/lib/release.sh

# run_plan_check NAME [arguments]
run_plan_check() {
  local name=$1
  shift
  quiet release_build plan-checks
  exec "$(release_path plan-checks)" "$name" --seed "$TENFOLD_SEED" \
    ${TENFOLD_COUNT:+--count "$TENFOLD_COUNT"} "$@"
}
