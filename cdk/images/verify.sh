#!/usr/bin/env bash
# Builds the images, runs them under compose, and checks what the stack relies on. Needs no registry and no network:
# the engine runs in a network namespace of its own that leads nowhere, and the base image is made of the JDK at hand.
#
# Needs root, Linux, a JDK 25 (JDK25, or the first under /usr/lib/jvm), dockerd, docker-compose 1.29 or newer, curl, dig, and
# the services' jars: mvn -B -pl temperature,humidity,aggregator -am package -DskipTests
#
# Exits with 0 if all holds, 1 if something does not, 77 if the engine cannot run here: then nothing was checked.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d /tmp/weather-images.XXXXXX)
ns=weather-images-$$
failures=0
load= # the process that sends requests in the background
REQUESTS_PER_SECOND=10 # half of what the gateway lets one client send (1,200 a minute), so that no machine is too fast for it
MAX_IN_FLIGHT=100      # on a machine that is too slow for the rate, requests wait for each other beyond this
slowness=${CI_SLOWNESS:-1} # stretches every wait

say() { printf '\n== %s\n' "$*"; }
skip() { printf '\nSKIPPED, nothing was checked: %s\n' "$*" >&2; exit 77; }
holds() { printf '   holds  %s\n' "$*"; }
fails() { printf '   FAILS  %s\n' "$*"; failures=$((failures + 1)); }
inside() { nsenter --net="/run/netns/$ns" "$@"; }
engine() { docker -H "unix://$work/docker.sock" "$@"; }
compose() { DOCKER_HOST=unix://$work/docker.sock docker-compose -p weather -f compose.yaml -f "$work/patient.yaml" "$@"; }
now() { local micros=${EPOCHREALTIME/[.,]/}; echo $((micros / 1000)); }
container() { engine ps -q --filter "label=com.docker.compose.service=$1" | sort | head -n "${2:-1}" | tail -n 1; }
address() { engine inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }
# group CONTAINER CONTROLLER: the folder of its cgroup, of version 2 or of a controller of version 1, where the process says.
group() {
  local where
  where=$(awk -F: -v controller="$2" '$1 == 0 { two = $3 } ("," $2 ",") ~ ("," controller ",") { one = $3 }
    END { print one == "" ? two : controller one }' "/proc/$(engine inspect -f '{{.State.Pid}}' "$1")/cgroup")
  echo "/sys/fs/cgroup/${where#/}"
}
# cpu CONTAINER: nanoseconds it has run.
cpu() {
  cat "$(group "$1" cpuacct)/cpuacct.usage" 2> /dev/null || awk '/^usage_usec/ { print $2 * 1000 }' "$(group "$1" cpuacct)/cpu.stat"
}
# memory CONTAINER: MiB that are its own, not the page cache's.
memory() { echo $(($(awk '/^(total_rss|anon) / { print $2; exit }' "$(group "$1" memory)/memory.stat") / 1048576)); }

# Waits until a command succeeds; says after how many milliseconds, or fails after SECONDS.
until_true() {
  local seconds=$1 start
  shift
  start=$(now)
  until "$@" > /dev/null 2>&1; do
    if [ $(($(now) - start)) -gt $((seconds * slowness * 1000)) ]; then return 1; fi
    sleep 0.05
  done
  echo $(($(now) - start))
}

clean_up() {
  set +e
  [ -z "$load" ] || kill "$load"
  if [ -S "$work/docker.sock" ]; then
    compose down -t 1 > /dev/null 2>&1
    engine ps -aq | xargs -r docker -H "unix://$work/docker.sock" rm -f > /dev/null 2>&1
  fi
  if [ -s "$work/pid" ]; then
    daemon=$(cat "$work/pid")
    kill "$daemon"
    while kill -0 "$daemon" 2> /dev/null; do sleep 0.2; done
  fi
  ip netns del "$ns" 2> /dev/null
  rm -rf "$work"
}
trap clean_up EXIT

jdk25=${JDK25:-$(find /usr/lib/jvm -maxdepth 1 -name '*25*' 2> /dev/null | sort | head -n 1)}
[ "$(id -u)" = 0 ] || skip "root is needed to start an engine"
[ -n "$jdk25" ] || skip "no JDK 25"
for tool in dockerd docker docker-compose nsenter ip curl dig; do
  command -v $tool > /dev/null || skip "$tool is not installed"
done
for module in temperature humidity aggregator; do
  ls $module/target/lib/*.jar > /dev/null 2>&1 || { echo "package $module first" >&2; exit 1; }
done

# What is looked for are calls that are dropped, and these fail at once; a machine that stalls for a second drops none.
cat > "$work/patient.yaml" << 'END'
services:
  aggregator:
    environment:
      MESH_CALL_DEADLINE: 4s
      MESH_REQUEST_DEADLINE: 4500ms
END

say "an engine in a namespace that leads nowhere"
ip netns add "$ns" 2> /dev/null || skip "no network namespaces"
ip -n "$ns" link set lo up
inside dockerd --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" -H "unix://$work/docker.sock" \
  > "$work/engine.log" 2>&1 &
until_true 30 engine info > /dev/null || skip "the engine does not start: $(tail -n 1 "$work/engine.log")"
engine version -f 'Docker Engine {{.Server.Version}}, {{.Server.Arch}}'

say "a base image of the JDK at hand"
base=$work/base
mkdir -p "$base/opt/jdk" "$base/tmp" "$base/bin" "$base/etc"
cp -a "$jdk25/." "$base/opt/jdk/"
rm -rf "$base/opt/jdk/jmods" "$base/opt/jdk/lib/src.zip" "$base/opt/jdk/demo"
take() {
  local file
  for file in "$@"; do
    ldd "$file" 2> /dev/null | grep -o '/[^ ]*' | while read -r library; do
      mkdir -p "$base$(dirname "$library")"
      cp -nL "$library" "$base$library"
    done
  done
}
for tool in sh ls tr cat mkdir sleep uname cp sed test touch id; do
  path=$(command -v -p "$tool" || true)
  case $path in /*) cp -L "$path" "$base/bin/$tool"; take "$path" ;; esac
done
cp -L /usr/bin/test "$base/bin/test"
take "$jdk25/bin/java" "$jdk25"/lib/*.so "$jdk25"/lib/server/libjvm.so
echo 'root:x:0:0:root:/root:/bin/sh' > "$base/etc/passwd"
tar -C "$base" -c . | engine import -c 'ENV PATH=/opt/jdk/bin:/bin' -c 'ENV JAVA_HOME=/opt/jdk' - local/jdk:25 > /dev/null
rm -rf "$base"
export BUILD_IMAGE=local/jdk:25 RUNTIME_IMAGE=local/jdk:25 DOCKER_BUILDKIT=0

say "the images are built, each trained on this architecture"
compose build > "$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; exit 1; }
engine images --format '   {{.Repository}}:{{.Tag}} {{.Size}}' | grep -v '<none>'

say "start times: from 'docker run' to an answer of /livez"
for service in temperature-provider weather-aggregator; do
  cpus=0.25
  [ $service = temperature-provider ] || cpus=0.5
  start=$(now)
  id=$(engine run -d --cpus $cpus --memory 512m --read-only "weather-mesh/$service:local")
  if until_true 120 inside curl -sf -m 1 "http://$(address "$id"):9090/livez" > /dev/null; then
    printf '   %s at %s vCPU: %s ms, %s MiB\n' $service $cpus $(($(now) - start)) "$(memory "$id")"
  else
    fails "$service at $cpus vCPU does not start"
    engine logs "$id" | tail -n 5
  fi
  engine rm -f "$id" > /dev/null
done

say "three services under compose, four humidity containers"
compose up -d --no-build --scale humidity=4 > "$work/up.log" 2>&1 || { cat "$work/up.log"; exit 1; }
weather() { inside curl -sf -m 5 'http://127.0.0.1:8080/v1/weather/Vienna'; }
complete() { weather | grep -q '"STATUS_COMPLETE"'; }
if took=$(until_true 120 complete); then holds "the gateway answers after $took ms"; else fails "no complete answer"; weather || true; fi
weather | tr -d ' \n' | head -c 300 || true
echo
engine logs "$(container aggregator)" 2>&1 | head -n 20 | sed 's/^/   /'

aggregator=$(container aggregator)
# The engine's own name server, as the gateway's container sees it.
records() {
  nsenter --net="/proc/$(engine inspect -f '{{.State.Pid}}' "$aggregator")/ns/net" \
    dig +short @127.0.0.11 humidity-provider.weather-api | wc -l
}
if [ "$(records)" = 4 ]; then holds "DNS gives four records"; else fails "DNS gives $(records) records, not 4"; fi
known() { inside curl -sf "http://$(address "$aggregator"):9090/metrics" | grep 'known_tasks.*humidity' | grep -q " $1\(\.0\)\?$"; }
if took=$(until_true 40 known 4); then holds "the gateway knows four tasks"; else fails "the gateway does not know four tasks"; fi

for id in $(engine ps -q --no-trunc); do
  name=$(engine inspect -f '{{.Name}}' "$id")
  pid=$(engine inspect -f '{{.State.Pid}}' "$id")
  [ "$(awk '/^Uid:/ {print $2}' "/proc/$pid/status")" = 10001 ] || fails "$name runs as root"
  if engine exec "$id" touch /app/written 2> /dev/null || engine exec "$id" touch /tmp/written 2> /dev/null; then
    fails "$name can write"
  fi
  grep -q netty_transport_native_epoll "/proc/$pid/maps" || fails "$name has no epoll"
  grep -q '/app/service.aot' "/proc/$pid/maps" || fails "$name does not use its class cache"
done
[ $failures -gt 0 ] || holds "not root, nothing to write to, native epoll and class cache in use, in all containers"

healthy() { [ "$(engine ps -q --filter health=healthy | wc -l)" = "$1" ]; }
if took=$(until_true 90 healthy 6); then holds "all six are healthy"; else fails "not all are healthy"; engine ps; fi
id=$(engine ps -q --no-trunc --filter label=com.docker.compose.service=temperature | head -n 1)
before=$(cpu "$id")
for _ in 1 2 3; do engine exec "$id" java @/app/livez.args || fails "the check says no"; done
printf '   one health check takes %s ms of CPU\n' $((($(cpu "$id") - before) / 3000000))
if engine exec "$id" java @/app/livez.args 9090 /missing; then fails "the check cannot fail"; else holds "the check can fail"; fi

# ask HOST: one request that no cache can answer, which must be answered whole.
ask() {
  local latitude=$((RANDOM % 60)).$((RANDOM % 10000))
  if inside curl -sf -m 8 "http://$1/v1/weather?latitude=$latitude&longitude=16.4" | grep -q '"STATUS_COMPLETE"'; then
    echo ok
  else
    echo failed
  fi
}
# load HOST: sends requests at a rate of its own, however fast the responses come, until load_ends.
load() {
  rm -f "$work/enough"
  : > "$work/load"
  (
    due=$(now)
    while [ ! -e "$work/enough" ]; do
      while [ "$(jobs -pr | wc -l)" -ge $MAX_IN_FLIGHT ]; do wait -n; done
      ask "$1" >> "$work/load" &
      due=$((due + 1000 / REQUESTS_PER_SECOND))
      pause=$((due - $(now)))
      # Late: what was not sent in time is not sent in a burst either.
      if [ $pause -gt 0 ]; then sleep "0.$(printf %03d $pause)"; else due=$(now); fi
    done
    wait
  ) &
  load=$!
}
# load_ends LEAST: stops the load; all requests were answered whole, and there were enough of them to show something.
load_ends() {
  local ok bad
  touch "$work/enough"
  wait "$load"
  load=
  ok=$(grep -c ok "$work/load" || true)
  bad=$(grep -c failed "$work/load" || true)
  if [ "$bad" = 0 ] && [ "$ok" -ge "$1" ]; then holds "$ok requests, none failed"; else fails "$ok requests answered ($1 are needed), $bad not"; fi
}

say "SIGTERM of providers, and new ones, under load"
load 127.0.0.1:8080
for number in 1 2; do
  leaving=$(container humidity $number)
  start=$(now)
  engine stop -t 60 "$leaving" > /dev/null
  code=$(engine inspect -f '{{.State.ExitCode}}' "$leaving")
  if [ "$code" = 143 ]; then holds "left by itself after $(($(now) - start)) ms, exit 143"; else fails "exit code $code"; fi
done
if took=$(until_true 60 known 2); then holds "the gateway knows two tasks $took ms later"; else fails "the gateway still knows the others"; fi
compose up -d --no-build --no-recreate --scale humidity=4 > "$work/out.log" 2>&1 || fails "$(tail -n 1 "$work/out.log")"
if took=$(until_true 90 known 4); then holds "the gateway knows four tasks again after $took ms"; else fails "the gateway does not know the new ones"; fi
load_ends 100

say "SIGTERM of the gateway under load"
# Nobody balances here: what a load balancer does is done by hand. It asks /healthz, and while it has not noticed (two
# checks of 5 s and the 2 s that one may take) it goes on sending requests, each of which must be answered.
gateway=$(address "$aggregator"):8080
unhealthy() { [ "$(inside curl -s -o /dev/null -m 2 -w '%{http_code}' "http://$gateway/healthz")" = 503 ]; }
load "$gateway"
start=$(now)
engine stop -t 60 "$aggregator" > /dev/null &
stopping=$!
if took=$(until_true 10 unhealthy); then holds "/healthz says 503 after $took ms"; else fails "/healthz does not say that it leaves"; fi
while [ $(($(now) - start)) -lt 12000 ]; do sleep 0.1; done
load_ends 20
wait $stopping
code=$(engine inspect -f '{{.State.ExitCode}}' "$aggregator")
if [ "$code" = 143 ]; then holds "left by itself after $(($(now) - start)) ms, exit 143"; else fails "exit code $code"; fi
compose up -d --no-build --no-recreate --scale humidity=4 > "$work/back.log" 2>&1 || fails "$(tail -n 1 "$work/back.log")"
if took=$(until_true 120 complete); then holds "it is back after $took ms"; else fails "no complete answer from the gateway that came back"; fi

say "logs"
# What a service logs: one line a record, each beginning with its time; the access log is JSON.
for id in $(engine ps -q); do
  if odd=$(engine logs "$id" 2>&1 | grep -v '^[0-9-]*T[0-9:.]*Z [A-Z]* \|^{.*}$' | head -n 1) && [ -n "$odd" ]; then
    fails "$(engine inspect -f '{{.Name}}' "$id") logs a line that is no record: $odd"
  fi
done
[ $failures -gt 0 ] || holds "one line a record"

say "memory"
engine stats --no-stream --format '   {{.Name}} {{.MemUsage}}'

[ $failures -eq 0 ] || { say "$failures of the above do not hold"; exit 1; }
say "all of it holds"
