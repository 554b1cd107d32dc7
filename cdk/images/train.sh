#!/bin/sh
# In the image build, with the JVM that the image runs: writes the class caches of the service and of its health check.
# Usage: train.sh [PORT PATH]...; each pair is asked once the service lives. What is answered does not matter: without
# providers the gateway says so, and has loaded its classes.
set -eu

# Leaves as fast as the timings allow: nobody else is here.
export MESH_DNS_TTL=1s MESH_PROPAGATION_SLACK=0s MESH_HEALTH_INTERVAL=1s MESH_HEALTH_TIMEOUT=1s \
  MESH_LAME_DUCK=4s MESH_DRAIN=2s MESH_STOP_TIMEOUT=60s

java -XX:AOTCacheOutput=/app/service.aot @/app/service.args &
service=$!
tries=0
until java @/app/livez.args 2> /dev/null; do
  tries=$((tries + 1))
  if [ $tries -gt 120 ] || ! kill -0 $service 2> /dev/null; then
    echo "the service did not come to life" >&2
    exit 1
  fi
  sleep 1
done
java -XX:ArchiveClassesAtExit=/app/livez.jsa -XX:+UseSerialGC -Xmx8m -cp /app/livez.jar Livez
while [ $# -ge 2 ]; do
  java @/app/livez.args "$1" "$2" || true
  shift 2
done
kill -TERM $service
wait $service || true

test -s /app/service.aot
sed -i '1i -XX:AOTCache=/app/service.aot' /app/service.args
