#!/bin/sh
# In the image build, with a JDK: what a service needs in /app that is not a jar of its own.
# Usage: prepare.sh MAIN_CLASS; /app/lib holds the service's jars, /build this folder.
set -eu
main=$1

# Of the same jars the same bytes; the POM gives its jars this time too.
timestamp=2026-11-23T00:00:00Z

# share JAR JAR: whether a class is in both.
share() {
  first=" $(jar tf "$1" | tr '\n' ' ')"
  for entry in $(jar tf "$2"); do
    case $entry in
      META-INF/* | *module-info.class) ;;
      *.class) case $first in *" $entry "*) return 0 ;; esac ;;
    esac
  done
  return 1
}

# The class path in a fixed order: a class cache holds for exactly one. Two versions of a jar are left over from an earlier
# build, and which of them would be loaded is chance. Jars of one name may also be two teams'.
class_path=
seen=
for jar in /app/lib/*.jar; do
  class_path=${class_path:+$class_path:}$jar
  # netty-transport-native-epoll-4.2.18.Final-linux-x86_64.jar is netty-transport-native-epoll:linux-x86_64
  name=$(echo "${jar##*/}" | sed -E 's/-[0-9][^-]*(-(SNAPSHOT|jre|android))?(-(.*))?\.jar$/:\4/')
  case $seen in
    *" $name="*)
      other=${seen##*" $name="}
      other=${other%% *}
      if share "$other" "$jar"; then
        echo "$other and $jar are one thing in two versions: mvn clean package, then build again" >&2
        exit 1
      fi
      ;;
  esac
  seen="$seen $name=$jar "
done

# Netty's native code, where the JVM finds it: with a read-only root nothing can be unpacked at run time, and without it
# there is no epoll, and so no TCP_USER_TIMEOUT to notice a task that has vanished.
mkdir -p /app/native /build/native
cd /build/native
for jar in /app/lib/*netty*.jar; do
  case $(jar tf "$jar" | tr '\n' ' ') in *META-INF/native/*) jar xf "$jar" META-INF/native ;; esac
done
for library in META-INF/native/*"_$(uname -m | sed 's/aarch64/aarch_64/')".so; do
  if [ -f "$library" ]; then cp "$library" /app/native/; fi
done

mkdir -p /build/livez
javac -d /build/livez /build/Livez.java
jar --create --file /app/livez.jar --date "$timestamp" -C /build/livez .
cat > /app/livez.args <<END
-XX:SharedArchiveFile=/app/livez.jsa
-Xshare:auto
-Xlog:disable
-Xint
-XX:+UseSerialGC
-XX:-UsePerfData
-Xmx8m
-cp /app/livez.jar
Livez
END

# One line a record, since CloudWatch shows and counts lines.
cat > /app/logging.properties <<END
handlers=java.util.logging.ConsoleHandler
.level=INFO
java.util.logging.ConsoleHandler.level=ALL
java.util.logging.ConsoleHandler.formatter=io.weathermesh.mesh.OneLineFormatter
END

# Everything but the cache, which training adds. Small tasks have less than two CPUs: the serial collector is the one
# that the JVM would choose, said so that it stays. Parts of the cache that do not fit another CPU are left out of use
# by themselves; a line about each at every start helps nobody.
cat > /app/service.args <<END
-Xlog:aot*=error
-XX:+UseSerialGC
-XX:MaxRAMPercentage=60
-XX:+ExitOnOutOfMemoryError
-XX:-UsePerfData
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-Djava.library.path=/app/native
-Djava.util.logging.config.file=/app/logging.properties
-cp $class_path
$main
END
