#!/bin/sh
# Makes the AOT caches of the Ferry in DIST: NAME.cli for short commands, NAME.server for the server.
# usage: aot.sh JAVA DIST NAME PID   waits for the process PID to end (ten seconds at most), so as not to slow it down
java=$1 dist=$2 name=$3 pid=$4
umask 077
trap '' HUP INT
cache=${name%/*}
mkdir -p "$cache" && chmod 700 "$cache" || exit
waited=0
while [ "$pid" -ne 0 ] && kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 100 ]; do
  sleep 0.1
  waited=$((waited + 1))
done

# One maker at a time; the mark of one that failed keeps others from trying at every command, for an hour.
making=$name.making
find "$cache" -maxdepth 1 -name '*.making' -mmin +60 -exec rm -rf {} +
mkdir "$making" && mkdir "$making/work" && cd "$making/work" || exit
export FERRY_HOME="$making/home"
bounded=
command -v timeout >/dev/null && bounded='timeout -k 10 120'

# Runs the program with what it loads recorded: options-file cache main-class argument…
learn() {
  options=$1 output=$2
  shift 2
  $bounded nice "$java" ${output:+"-XX:AOTCacheOutput=$output"} @"$dist/jvm/$options" -Dferry.home.dist="$dist" \
    -Dferry.build="${name##*/}" -cp "$dist/lib/ferry.jar" "$@"
}

# The server learns from serving the commands that the command line learns from.
learn server "$making/server" ferry.cli.Main server --background &
server=$!
waited=0
while [ ! -e "$FERRY_HOME/server.json" ] && kill -0 "$server" 2>/dev/null && [ "$waited" -lt 200 ]; do
  sleep 0.1
  waited=$((waited + 1))
done
serves=
[ ! -e "$FERRY_HOME/server.json" ] || serves=yes
learn cli "$making/cli" ferry.cli.Training
[ -s "$making/cli" ] || exit
mv -f "$making/cli" "$name.cli"
learn cli '' ferry.cli.Main server stop
wait "$server"
[ -z "$serves" ] || [ ! -s "$making/server" ] || mv -f "$making/server" "$name.server"
cd / && rm -rf "$making"

# What other builds of the same place left, and what nobody has made anew for a month.
place=${name##*/}
build=${place#*-}
for old in "$cache/${place%%-*}-"*; do
  case ${old##*/} in
    "${place%%-*}-${build%%-*}-"*) ;;
    *) rm -rf "$old" ;;
  esac
done
find "$cache" -maxdepth 1 \( -name '*.cli' -o -name '*.server' \) -mtime +30 -exec rm -f {} +
