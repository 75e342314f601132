# Finds Maven. To be sourced; needs ferry_cache. find_maven sets `maven`: the one on the PATH; else the release pinned
# here, fetched into the user's cache from the Maven repository that MVNW_REPOURL names, as Maven's own wrapper does.
maven_version=3.9.11
maven_sha512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978

find_maven() {
  maven=$(command -v mvn) && return
  maven=$ferry_cache/apache-maven-$maven_version/bin/mvn
  [ -x "$maven" ] && return
  if [ -z "${MVNW_REPOURL:-}" ]; then
    cat >&2 <<END
error: Ferry is built with Maven, and there is no \`mvn\` on the PATH
  Debian, Ubuntu: apt install maven      macOS: brew install maven      elsewhere: https://maven.apache.org
  Or name a Maven repository, and $maven_version is fetched from it into $ferry_cache: MVNW_REPOURL=https://…/maven2
END
    return 1
  fi
  fetch_maven "$MVNW_REPOURL/org/apache/maven/apache-maven/$maven_version/apache-maven-$maven_version-bin.tar.gz"
}

fetch_maven() { # url
  echo "fetching Maven $maven_version into $ferry_cache …" >&2
  (
    umask 077
    mkdir -p "$ferry_cache/maven.$$" && cd "$ferry_cache/maven.$$" || exit
    if command -v curl >/dev/null; then curl -fsSL -o maven.tar.gz "$1"; else wget -q -O maven.tar.gz "$1"; fi || exit
    if command -v sha512sum >/dev/null; then sum=$(sha512sum maven.tar.gz); else sum=$(shasum -a 512 maven.tar.gz); fi
    [ "${sum%% *}" = "$maven_sha512" ] || {
      echo "error: what came from $1 is not Maven $maven_version: its SHA-512 is ${sum%% *}" >&2
      exit 1
    }
    tar xzf maven.tar.gz && mv "apache-maven-$maven_version" ..
  )
  rm -rf "$ferry_cache/maven.$$"
  [ -x "$maven" ] || {
    echo "error: Maven could not be fetched from $1" >&2
    return 1
  }
}
