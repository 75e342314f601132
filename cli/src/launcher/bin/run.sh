# Runs one command of the Ferry in $ferry_dist. To be sourced, with the command's arguments in "$@"; it does not come
# back. On the way to `exec` nothing is forked: a fork costs as much as all the rest of this file.
#
# What lies in $ferry_dist: lib/ferry.jar (its manifest names the other jars beside it), jvm/cli and jvm/server (the
# JVM's options, to be given as `java @FILE`), and `build` (two words: the hash of all of this, and a mark for the place
# it was built in).
#
# What the program is told, so that it can start its server in the same way:
#   ferry.home.dist    $ferry_dist: `java @jvm/server -XX:AOTCache=… -cp lib/ferry.jar ferry.cli.Main …`
#   ferry.build        the hash, by which a command knows a server of another build
#   ferry.aot.server   the server's AOT cache, where there is one
#   ferry.lc_all       `=` and what LC_ALL was, or nothing where it was not set: where it was set here, to C.UTF-8
#
# JDK 25 does not notice when a jar changes under an AOT cache, and a cache holds code for one kind of processor. So its
# name says the build, the Java and the processor it was made for. FERRY_AOT: `off` neither uses nor makes a cache;
# `wait` makes it before the command instead of after it.

if ! [ "$PWD" -ef . ]; then
  echo "error: the directory that you are in does not exist any more" >&2
  echo "  go to one that does: \`cd\`" >&2
  exit 2
fi

. "$ferry_dist/bin/java.sh"
ferry_find_java java || exit 4
read -r ferry_build ferry_place <"$ferry_dist/build"

ferry_aot=
if [ -n "$ferry_cache" ] && [ "${FERRY_AOT:-}" != off ]; then
  ferry_cpu=
  [ ! -r /proc/cpuinfo ] || while read -r ferry_key ferry_x ferry_value; do
    case $ferry_key$ferry_x in
      cpufamily | model: | CPUimplementer | CPUpart) ferry_cpu=$ferry_cpu-${ferry_value##* } ;;
      stepping: | '') break ;;
    esac
  done </proc/cpuinfo
  ferry_aot=$ferry_cache/$ferry_place-$ferry_build-$ferry_java_runtime$ferry_cpu
  if [ ! -r "$ferry_aot.cli" ]; then
    if [ "${FERRY_AOT:-}" = wait ]; then
      sh "$ferry_dist/bin/aot.sh" "$ferry_java_home/bin/java" "$ferry_dist" "$ferry_aot" 0 </dev/null >/dev/null 2>&1
    else
      (sh "$ferry_dist/bin/aot.sh" "$ferry_java_home/bin/java" "$ferry_dist" "$ferry_aot" $$ </dev/null >/dev/null 2>&1 &)
    fi
  fi
fi

# In a locale that is not UTF-8 (none at all, in most containers) Java could name no file with a letter outside of ASCII.
ferry_lc_all=none
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
  *) ferry_lc_all=${LC_ALL+=$LC_ALL} && export LC_ALL=C.UTF-8 ;;
esac
ferry_server_aot=
[ -n "$ferry_aot" ] && [ -r "$ferry_aot.server" ] && ferry_server_aot=$ferry_aot.server
[ -n "$ferry_aot" ] && [ ! -r "$ferry_aot.cli" ] && ferry_aot=
set -- ferry.cli.Main "$@"
[ "$ferry_lc_all" = none ] || set -- "-Dferry.lc_all=$ferry_lc_all" "$@"

exec "$ferry_java_home/bin/java" @"$ferry_dist/jvm/cli" ${ferry_aot:+"-XX:AOTCache=$ferry_aot.cli"} \
  -Dferry.home.dist="$ferry_dist" -Dferry.build="$ferry_build" \
  ${ferry_server_aot:+"-Dferry.aot.server=$ferry_server_aot"} -cp "$ferry_dist/lib/ferry.jar" "$@"
