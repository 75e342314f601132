#!/bin/sh
# usage: tools/build.sh SOURCE…      builds unless dist/current is newer than every file and directory in SOURCE…
#
# Builds the program into dist/<hash>/ and names it in dist/current, whose time is the time the build began: what was
# saved later will be built again. A build is never changed in place, because a server may be running from it and an AOT
# cache belongs to it; the one before the current is kept for that, older ones go.
# However many start at once, one builds and the others wait for it.
checkout=$(cd -P -- "${0%/*}/.." && pwd) || exit 4
cd -- "$checkout" || exit 4
log=$checkout/dist/build.log

say() { echo "$*" >&2; }

fresh() {
  [ -e dist/current ] && [ -z "$(find "$@" -newer dist/current 2>/dev/null)" ]
}

# flock's lock ends with its holder, however that ends. Where there is none (macOS), a directory with the holder's pid.
lock() {
  mkdir -p dist || exit 4
  if command -v flock >/dev/null; then
    exec 9>dist/lock
    flock -n 9 && return
    say "another ferry is building in $checkout: waiting for it …"
    flock 9
    return
  fi
  until mkdir dist/lock.d 2>/dev/null; do
    holder=$(cat dist/lock.d/pid 2>/dev/null)
    [ -z "$holder" ] || kill -0 "$holder" 2>/dev/null || rm -rf dist/lock.d
    sleep 1
  done
  echo $$ >dist/lock.d/pid
  trap 'rm -rf dist/lock.d' EXIT
  trap 'exit 130' INT TERM HUP
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

build() {
  touch dist/began
  if ! LC_ALL=C.UTF-8 JAVA_HOME=$ferry_java_home MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    "$maven" -q -B -Dquick -Dmaven.test.skip=true package </dev/null >"$log" 2>&1 9>&-; then
    say "error: Ferry could not be built"
    sed -n -e '/Re-run Maven\|full stack trace\|resume the build\|mvn <args>\|For more information\|\] \[Help/d' \
      -e 's/ -> \[Help 1\]$//' -e 's/.*\[ERROR\] \(..*\)/  \1/p' "$log" | uniq | head -n 8 >&2
    say "  the whole of it: $log"
    exit 4
  fi
  hash=$(cd cli/target/dist && find . -type f | LC_ALL=C sort | while read -r file; do sha256 "$file"; done | sha256 | cut -c1-16)
  place=$(echo "$checkout" | sha256 | cut -c1-8)
  echo "$hash $place" >cli/target/dist/build
  [ -e "dist/$hash/build" ] || { rm -rf "dist/$hash" && mv cli/target/dist "dist/$hash"; } || exit 4
  before=$(cat dist/current 2>/dev/null)
  echo "$hash" >dist/current.new && touch -r dist/began dist/current.new && mv -f dist/current.new dist/current || exit 4
  [ "$before" = "$hash" ] || for old in dist/????????????????; do
    case $old in "dist/$hash" | "dist/$before") ;; *) rm -rf "$old" ;; esac
  done
}

lock
fresh "$@" && exit 0
. cli/src/launcher/bin/java.sh
. tools/maven.sh
ferry_find_java javac || exit 4
find_maven || exit 4
say "building Ferry, once (about a minute) …"
build
