# Builds and runs one of the checks over plans. Sourced by scripts/checks/*, not run.

# run_plan_check NAME [arguments]
run_plan_check() {
  local name=$1
  shift
  swift build -c release --product plan-checks 2>&1 | grep -E 'error' || true
  exec "$(swift build -c release --show-bin-path)/plan-checks" "$name" --seed "$TENFOLD_SEED" \
    ${TENFOLD_COUNT:+--count "$TENFOLD_COUNT"} "$@"
}
