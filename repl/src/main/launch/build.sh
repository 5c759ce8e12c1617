# Makes what `meso` starts, in the git-ignored folder target/meso:
#   image-<version>/   a Java run-time image with only the modules Meso needs (jlink)
#   build-<number>/    jars of one build, never changed afterwards, so that programs that still run keep theirs;
#                      `flags` for Java, `meso.aot` with classes already loaded and linked, `started` (when its build began)
#   launch             which build is current; replaced in one step
#   build.log          what Maven and jlink said
# Sourced by `meso` with $root, $state, $java, $app set; sets $java and $app, or ends the program with status 1.

say() { printf 'meso: %s\n' "$*" >&2; }
fail() {
  say "$@"
  [ -z "${unfinished:-}" ] || rm -rf "$unfinished"
  exit 1
}

# --- which Java -------------------------------------------------------------------------------------------------

# Sets $number of the JDK in folder $1 (25.0.3 -> 25000003), 0 where it is none; reads its `release` file, starts nothing.
jdk_number() {
  number=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}; value=${value%%[\"+_-]*}
    major=${value%%.*}; rest=${value#"$major"}; rest=${rest#.}
    minor=${rest%%.*}; rest=${rest#"$minor"}; rest=${rest#.}
    update=${rest%%.*}
    case "$major${minor:-0}${update:-0}" in *[!0-9]* | '') return 0 ;; esac
    number=$((major * 1000000 + ${minor:-0} * 1000 + ${update:-0}))
  done < "$1/release"
}

# Sets $jdk and $major: MESO_JAVA_HOME if set; else a JDK 25 (the one Meso is tuned on) from JAVA_HOME, then the PATH and
# the usual folders; else the newest of at least 21.
find_jdk() {
  if [ -n "${MESO_JAVA_HOME:-}" ]; then
    jdk_number "$MESO_JAVA_HOME"
    [ "$number" -ge 21000000 ] || fail "MESO_JAVA_HOME ($MESO_JAVA_HOME) is not a JDK of version 21 or newer"
    jdk=$MESO_JAVA_HOME major=$((number / 1000000))
    return
  fi
  on_path=$(command -v javac 2>/dev/null) && while [ -L "$on_path" ]; do
    link=$(readlink "$on_path")
    case $link in /*) on_path=$link ;; *) on_path=${on_path%/*}/$link ;; esac
  done
  on_path=${on_path%/bin/javac}
  jdk='' best=0 seen=''
  for folder in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/local/lib/jvm/* /usr/java/* /opt/* \
    /opt/java/* /opt/jdk/* /opt/jdks/* /usr/local/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.m2/jdks/* "$HOME"/.jbang/cache/jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*; do
    [ -d "$folder" ] || continue
    jdk_number "$folder"
    [ "$number" -gt 0 ] && seen="$seen $((number / 1000000))"
    [ "$number" -ge 21000000 ] || continue
    rank=$number
    [ $((number / 1000000)) -eq 25 ] && rank=$((number + 1000000000))
    [ "$folder" = "${JAVA_HOME:-}" ] && rank=$((rank + 100000)) # among equal versions, the one asked for
    if [ "$rank" -gt "$best" ]; then best=$rank jdk=$folder major=$((number / 1000000)); fi
  done
  [ -n "$jdk" ] || fail "no JDK of version 21 or newer was found (found:${seen:- none}).
      Install one, best Temurin 25 (https://adoptium.net; Debian: apt install temurin-25-jdk; macOS: brew install --cask temurin@25),
      or set MESO_JAVA_HOME to the folder of yours."
}

# --- building ---------------------------------------------------------------------------------------------------

# One build at a time: the lock is a link that names its owner; one left by a process that is gone is taken over.
take_lock() {
  waited=''
  until ln -s "$$" "$state/lock" 2>/dev/null; do
    owner=$(readlink "$state/lock" 2>/dev/null) || continue
    if ! kill -0 "$owner" 2>/dev/null; then rm -f "$state/lock"; continue; fi
    [ -n "$waited" ] || say "waiting for another start that is building Meso (process $owner)"
    waited=yes
    sleep 1
  done
  trap 'rm -f "$state/lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

run_maven() {
  if [ -x "$root/mvnw" ]; then maven=$root/mvnw; else maven=$(command -v mvn) || maven=''; fi
  [ -n "$maven" ] || fail "Maven 3.8 or newer is needed to build Meso and was not found on the PATH.
      Install it (https://maven.apache.org; Debian: apt install maven; macOS: brew install maven). It is needed only to build."
  rm -rf "$root/repl/target/app"
  (cd "$root" && JAVA_HOME=$jdk "$maven" -q -B -Dmaven.test.skip=true -pl repl -am package) >> "$state/build.log" 2>&1 </dev/null && return
  grep -E '^\[ERROR\]' "$state/build.log" | head -n 12 >&2
  fail "the build failed; all that Maven said is in $state/build.log"
}

# Copies the jars that Maven collected; $app is the new folder.
collect_jars() {
  mkdir -p "$app/lib" "$app/compiler"
  for part in lib compiler; do
    for jar in "$root/repl/target/app/$part"/*.jar; do
      case $jar in
        */meso-*) cp -p "$jar" "$app/$part/" ;;
        *) ln "$jar" "$app/$part/" 2>/dev/null || cp -p "$jar" "$app/$part/" ;; # never changed in place by Maven
      esac || fail "cannot write to $app"
    done
  done
  cp -p "$root"/repl/target/meso-repl-*.jar "$app/lib/" || fail "cannot write to $app"
}

# Sets $image to a run-time image of the JDK without its compiler, made once; to nothing where this JDK cannot make one.
# The image starts faster than the JDK: with the module path it needs, the JDK would run without its class archive; and
# without jdk.jfr, whose events Truffle would define at each start (0.10 s of processor time, 0.06 s of waiting).
make_image() {
  image=$state/image-$best_name-3 # the number changes with the list of modules
  [ -x "$image/bin/java" ] && return
  modules=java.base,java.desktop,java.logging,java.management,java.sql,jdk.charsets,jdk.management,jdk.unsupported,jdk.zipfs
  [ "$major" -ge 25 ] && modules=$modules,jdk.internal.vm.ci
  rm -rf "$image.new"
  if "$jdk/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$image.new" \
    >> "$state/build.log" 2>&1 || { rm -rf "$image.new"; "$jdk/bin/jlink" --add-modules "$modules" --output "$image.new" >> "$state/build.log" 2>&1; }; then
    [ "$major" -ge 25 ] || "$image.new/bin/java" -Xshare:dump >> "$state/build.log" 2>&1
    rm -rf "$image" && mv "$image.new" "$image" && return
  fi
  rm -rf "$image.new"
  image=''
}

# Writes $app/flags for the way of starting $1: image (optimizing, on the image), jdk (optimizing, on the JDK itself) or
# plain (any Java of at least 21, guest code interpreted). Sets $java.
write_flags() {
  java=$jdk/bin/java
  [ -n "$image" ] && [ "$1" != jdk ] && java=$image/bin/java
  classes=''
  for jar in "$app"/lib/*.jar; do classes=$classes${classes:+:}$jar; done
  {
    printf '%s\n' -Xss64m -XX:MaxRAMPercentage=70 -XX:-UsePerfData -Xlog:disable
    printf '%s\n' --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED -Dpolyglot.engine.WarnInterpreterOnly=false
    [ "$major" -ge 23 ] && printf '%s\n' --sun-misc-unsafe-memory-access=allow
    case $1 in
      image) printf '%s\n' --module-path "\"$app/compiler\"" ;;
      jdk) printf '%s\n' --upgrade-module-path "\"$app/compiler\"" ;;
      plain) for jar in "$app"/compiler/*.jar; do classes=$classes:$jar; done ;;
    esac
    [ "$1" = plain ] || printf '%s\n' -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI \
      --add-modules jdk.graal.compiler,org.graalvm.nativeimage
    printf '"-Dmeso.root=%s"\n-cp\n"%s"\n' "$root" "$classes"
  } > "$app/flags"
}

# Runs a short session under the flags, which proves that they work, and keeps its loaded classes for later starts.
rehearse() {
  rehearsal="dev.meso.repl.Rehearsal $1"
  cache=$app/meso.aot
  # shellcheck disable=SC2086
  if [ "$major" -ge 25 ]; then
    if "$java" "@$app/flags" -XX:AOTMode=record "-XX:AOTConfiguration=$cache.conf" $rehearsal; then
      "$java" "@$app/flags" -XX:AOTMode=create "-XX:AOTConfiguration=$cache.conf" "-XX:AOTCache=$cache" || rm -f "$cache"
    else
      "$java" "@$app/flags" $rehearsal || return 1 # works, but not with a cache
    fi
    rm -f "$cache.conf"
    [ -s "$cache" ] && printf '"-XX:AOTCache=%s"\n' "$cache" >> "$app/flags"
  else
    "$java" "@$app/flags" "-XX:ArchiveClassesAtExit=$cache" $rehearsal || "$java" "@$app/flags" $rehearsal || return 1
    [ -s "$cache" ] && printf '"-XX:SharedArchiveFile=%s"\n' "$cache" >> "$app/flags"
  fi
  return 0
}

# Chooses the first way of starting that works on this machine.
settle() {
  if [ "$major" -eq 25 ]; then ways='image jdk plain'; else ways=plain; fi
  for way in $ways; do
    [ "$way" = image ] && [ -z "$image" ] && continue
    write_flags "$way"
    printf '\n== rehearsal: %s\n' "$way" >> "$state/build.log"
    if [ "$way" = plain ]; then wanted=any; else wanted=optimizing; fi
    rehearse "$wanted" >> "$state/build.log" 2>&1 </dev/null && return
  done
  fail "Meso is built but does not start; see $state/build.log"
}

quoted() { printf "'"; printf '%s' "$1" | sed "s/'/'\\\\''/g"; printf "'\n"; }

build() {
  mkdir -p "$state" || fail "cannot write to $state"
  take_lock
  # Another start may have built while this one waited.
  if [ -n "$waited" ]; then rm -f "$state/lock"; trap - EXIT INT TERM; exec "$root/meso" "$@"; fi
  find_jdk
  jdk_number "$jdk"
  best_name=$number-$(printf '%s' "$jdk" | cksum | cut -d ' ' -f 1)
  if [ -f "$state/launch" ]; then say "sources, folder or JDK changed, building"; else say "first use, building (this takes a minute)"; fi
  begun=$(date +%s)
  : > "$state/build.log"
  old=$app
  app=$state/build-$begun-$$
  unfinished=$app
  mkdir -p "$app" && : > "$app/started" || fail "cannot write to $app"
  run_maven
  collect_jars
  make_image
  settle
  { printf app=; quoted "$app"; printf java=; quoted "$java"; printf made_for=; quoted "$root ${MESO_JAVA_HOME:-}"; } > "$state/launch.new"
  mv -f "$state/launch.new" "$state/launch"
  for folder in "$state"/build-*; do # the build before this one may still be running
    case $folder in "$app" | "$old" | *.log) ;; *) rm -rf "$folder" ;; esac
  done
  rm -f "$state/lock"
  trap - EXIT INT TERM
  say "built in $(($(date +%s) - begun)) s"
}

build "$@"
