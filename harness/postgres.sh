#!/usr/bin/env bash
# Starts a PostgreSQL of its own, on loopback and in a temporary folder, runs a
# command with its URL in GRANTPROOF_TEST_POSTGRES, and stops it. The program named
# in GRANTPROOF_TEST_POSTGRES_RESTART restarts it. Without a command this script
# prints the URL and waits for Ctrl-C. Where PostgreSQL is missing it is installed;
# where that is impossible the script fails.
# Usage: postgres.sh [COMMAND [ARGUMENT…]]
set -euo pipefail

binaries() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1) || true
  [ -n "$found" ] || found=$(dirname "$(command -v initdb)" 2>/dev/null) || true
  [ -x "$found/initdb" ] && echo "$found"
}

bin=$(binaries) || {
  { apt-get update -q && apt-get install -q -y --no-install-recommends postgresql; } >&2 || true
  bin=$(binaries) || { echo 'PostgreSQL is missing and cannot be installed here; install it, so that initdb is found.' >&2; exit 1; }
}

folder=$(mktemp -d)
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  owner=nobody
  ! id postgres >/dev/null 2>&1 || owner=postgres
  chown "$owner" "$folder"
  as=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups)
fi
server() { (cd "$folder" && "${as[@]}" "$bin/$1" "${@:2}"); }

stop() {
  kill $(jobs -p) 2>/dev/null || true
  server pg_ctl -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
chmod 644 "$folder/password"
server initdb -D "$folder/data" -U grantproof -A scram-sha-256 --pwfile="$folder/password" --no-locale -E UTF8 >"$folder/initdb.log" 2>&1 \
  || { cat "$folder/initdb.log" >&2; exit 1; }
rm "$folder/password"

cat >"$folder/restart" <<EOF
#!/bin/sh
# restart SECONDS stops PostgreSQL and starts it after so many seconds.
cd '$folder' || exit 1
${as[@]+${as[*]}} '$bin/pg_ctl' -w -D '$folder/data' -m fast stop && sleep "\${1:-0}" &&
  exec ${as[@]+${as[*]}} '$bin/pg_ctl' -w -D '$folder/data' -l '$folder/data/log' -o "\$(cat '$folder/options')" start
EOF
chmod 755 "$folder/restart"

started=
for _ in 1 2 3 4 5 6 7 8 9 10; do
  port=$((20000 + RANDOM % 12000))
  echo "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=200" >"$folder/options"
  if server pg_ctl -w -D "$folder/data" -l "$folder/data/log" -o "$(cat "$folder/options")" start >/dev/null 2>&1; then
    started=yes
    break
  fi
done
[ -n "$started" ] || { cat "$folder/data/log" >&2; exit 1; }

export GRANTPROOF_TEST_POSTGRES="postgres://grantproof:$password@127.0.0.1:$port/postgres?sslmode=disable"
export GRANTPROOF_TEST_POSTGRES_RESTART="$folder/restart"
if [ $# -eq 0 ]; then
  echo "$GRANTPROOF_TEST_POSTGRES"
  while :; do sleep 3600 & wait $!; done
fi
"$@"
