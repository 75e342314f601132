#!/bin/sh
# Makes the AOT caches of the Ferry in $dist: for short commands ($name.cli), then for the server ($name.server).
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
find "$cache" -maxdepth 1 -name '*.making' -mmin +60 -exec rm -rf {} +
mkdir "$name.making" || exit
for kind in cli server; do
  [ -s "$dist/jvm/$kind.train" ] && [ ! -e "$name.$kind" ] || continue
  FERRY_HOME=$name.making/home nice "$java" -XX:AOTCacheOutput="$name.making/aot" @"$dist/jvm/$kind" \
    -Dferry.home.dist="$dist" -cp "$dist/lib/ferry.jar" @"$dist/jvm/$kind.train"
  [ -s "$name.making/aot" ] || exit
  mv -f "$name.making/aot" "$name.$kind"
done
rm -rf "$name.making"

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
