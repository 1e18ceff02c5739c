# Sourced by the launcher and by .ci/run: finds a Java 25 or later on Linux and macOS.
# POSIX sh; no JVM is started for it unless a folder does not say its version.

SLOTCAST_JAVA_MIN=25

# Prints the major version of the Java in folder $1; nothing if there is none.
java_major() {
  [ -x "$1/bin/java" ] || return 0
  if [ -f "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/^.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1
  fi
}

is_new_enough() {
  major=$(java_major "$1")
  [ -n "$major" ] && [ "$major" -ge "$SLOTCAST_JAVA_MIN" ]
}

# Prints the home of the java on the path, through its links.
java_on_path() {
  found=$(command -v java) || return 0
  while [ -L "$found" ]; do
    target=$(readlink "$found")
    case $target in
      /*) found=$target ;;
      *) found=$(dirname "$found")/$target ;;
    esac
  done
  (cd "$(dirname "$found")/.." 2>/dev/null && pwd)
}

# Prints the home of the first Java that is new enough; fails if there is none.
find_jdk() {
  for home in "${JAVA_HOME-}" "$(java_on_path)" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/*; do
    if [ -n "$home" ] && is_new_enough "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}
