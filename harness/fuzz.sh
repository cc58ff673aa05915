#!/usr/bin/env bash
# Runs each fuzz target of the module for a time, one after the other, and says
# how often each was executed. Usage: harness/fuzz.sh [TIME [PATTERN]], such as
# harness/fuzz.sh 5m FuzzScript. What makes one fail is left in testdata/fuzz of
# its package, and is a test from then on.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-10s} pattern=${2:-.} failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

fuzz() { go test "./$1" -run '^$' -fuzz "^$2\$" -fuzztime "$time" -fuzzminimizetime 20x >"$output" 2>&1; }

# The engine itself fails now and then when the time is up in the middle of an
# input; then no input is left that fails.
without_input() { ! grep -q 'Failing input written' "$output"; }

for folder in $(grep -rlE --include='*_test.go' '^func Fuzz' api features harness impl | xargs -n1 dirname | sort -u); do
  for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]+' "$folder"/*_test.go | cut -c6- | sort -u | grep -E "$pattern" || true); do
    if fuzz "$folder" "$target" || { without_input && fuzz "$folder" "$target"; }; then
      executions=$(grep -oE 'execs: [0-9]+' "$output" | tail -n 1 | cut -c8-)
      printf '%-28s %-24s %s: %s executions\n' "$folder" "$target" "$time" "${executions:-0}"
    else
      printf '%-28s %-24s failed\n' "$folder" "$target"
      cat "$output"
      failed=1
    fi
  done
done
exit $failed
