#!/usr/bin/env bash
# Measures what a person waits for: a run of all scenarios, the first token
# after the start of the servers, and their memory when idle. It judges
# nothing. Usage: bench.sh BINARY
set -euo pipefail
binary=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

echo '== all scenarios, five runs (s)'
for _ in 1 2 3 4 5; do
  began=$(milliseconds)
  "$binary" run >/dev/null
  ended=$(milliseconds)
  awk "BEGIN {printf \"%.2f \", ($ended - $began) / 1000}"
done
echo

echo '== first token after the start of the servers, five starts, the first with a new store (ms)'
export XDG_DATA_HOME=$folder
for port in 4810 4820 4830 4840 4850; do
  began=$(milliseconds)
  "$binary" serve --authserver "localhost:$port" --resourceserver "localhost:$((port + 1))" --mcpserver "localhost:$((port + 3))" --control "127.0.0.1:$((port + 2))" >/dev/null 2>&1 &
  server=$!
  until curl -sf "http://localhost:$port/oauth/token" -o /dev/null -d grant_type=client_credentials \
    -d client_id=mcp-task-manager -d client_secret=mcp-secret-12345; do :; done
  printf '%s ' $(($(milliseconds) - began))
  if [ "$port" = 4850 ]; then
    sleep 1
    memory=$(awk '/VmRSS/ {print $2}' "/proc/$server/status")
  fi
  kill "$server"
  wait "$server" || true
done
echo
echo "== resident memory of the idle servers: $((memory / 1024)) MB"
echo '== refresh token rotation'
go test -run '^$' -bench Refresh ./impl/authserver
echo '== scenarios, in process'
go test -run '^$' -bench . -benchtime 5x ./harness
