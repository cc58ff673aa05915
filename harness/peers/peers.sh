#!/usr/bin/env bash
# Starts every peer on its loopback port, runs a command with the environment
# variables of their target files, and stops the peers. Without a command it
# waits for Ctrl-C.
# Usage: harness/peers/peers.sh [COMMAND [ARGUMENT…]]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
logs=$(mktemp -d)

stop() {
  kill $(jobs -p) 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$logs"
}
trap stop EXIT
trap 'exit 130' INT TERM

set -a
. "$here/env"
set +a

listens() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# The ports of a peer are those of the URLs in its target file.
ports() { grep -oE '(localhost|127\.0\.0\.1):41[0-9]{2}' "$1/target.yaml" | cut -d: -f2 | sort -u; }

started=()
for start in "$here"/*/start; do
  peer=$(dirname "$start")
  for port in $(ports "$peer"); do
    ! listens "$port" || { echo "Port $port of $(basename "$peer") is taken; stop what listens there." >&2; exit 1; }
  done
  "$start" >"$logs/$(basename "$peer")" 2>&1 &
  started+=("$peer:$!")
done

for entry in "${started[@]}"; do
  peer=${entry%:*}
  for port in $(ports "$peer"); do
    for ((tries = 0; ; tries++)); do
      ! listens "$port" || break
      kill -0 "${entry##*:}" 2>/dev/null && [ "$tries" -lt 900 ] \
        || { echo "$(basename "$peer") does not listen on port $port:" >&2; cat "$logs/$(basename "$peer")" >&2; exit 1; }
      sleep 0.2
    done
  done
done

if [ $# -eq 0 ]; then
  echo "${#started[@]} peers are running; source harness/peers/env for the variables of their target files."
  while :; do sleep 3600 & wait $!; done
fi
"$@"
