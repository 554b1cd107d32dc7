#!/bin/sh
# In the image build, with a JDK: what a service needs in /app that is not a jar of its own.
# Usage: prepare.sh MAIN_CLASS; /app/lib holds the service's jars, /build this folder.
set -eu
main=$1

# The class path in a fixed order: a class cache holds for exactly one.
class_path=
for jar in /app/lib/*.jar; do class_path=${class_path:+$class_path:}$jar; done

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
jar cf /app/livez.jar -C /build/livez .
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
-cp $class_path
$main
END
