#!/bin/sh
# A real Flink cluster on this machine, put to the test: see --help.
set -eu

usage() {
    cat <<'EOF'
Usage: run.sh [--traffic FILE] [--feed-time DURATION] [--no-kill] [--keep] [--logs]

Starts a Kafka broker, a JobManager and two TaskManagers as processes of their own, on free ports of
the loopback interface. Sends them traffic, runs a job of tail sampling there with `tailrace submit`,
kills a TaskManager with -9, stops the job half-way with a savepoint (`tailrace stop`), goes on from
it at another parallelism, and at the end compares all decisions and kept spans, each once, with a
plain reading of the traffic. Exits with 0 only where all is the same. Takes about a minute, and
less than 4 GB of memory. Everything that it starts ends with it.

  --traffic FILE        OTLP/JSON lines, plain or .gz; without it, a simulated shop
  --feed-time DURATION  how long the traffic takes to be sent (20s)
  --no-kill             lets both TaskManagers live
  --keep                leaves the cluster and the broker running at the end, until Ctrl-C
  --logs                keeps the folder with all logs also where nothing failed

Needs what ./tailrace needs: a JDK 17 and Maven 3.8.
EOF
}

traffic=
feed_time=20s
kill_one=yes
keep=no
keep_logs=no
while [ $# -gt 0 ]; do
    case $1 in
        --traffic) traffic=${2:?--traffic needs a file}; shift ;;
        --feed-time) feed_time=${2:?--feed-time needs a duration}; shift ;;
        --no-kill) kill_one=no ;;
        --keep) keep=yes ;;
        --logs) keep_logs=yes ;;
        -h | --help) usage; exit 0 ;;
        *) echo "run.sh: unknown option $1; see --help" >&2; exit 2 ;;
    esac
    shift
done
if [ -n "$traffic" ] && [ ! -r "$traffic" ]; then
    echo "run.sh: there is no file $traffic that can be read" >&2
    exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
home=$(CDPATH='' cd -- "$here/../.." && pwd)
spec="$here/tail-sampling.yaml"
begun=$(date +%s)
pids=
work=

say() {
    printf '%3d s  %s\n' "$(($(date +%s) - begun))" "$1"
}

fail() {
    echo "run.sh: $1" >&2
    keep_logs=yes
    exit 1
}

# Only what this script started, each by its id.
some_live() {
    for pid in $pids; do
        kill -0 "$pid" 2>/dev/null && return 0
    done
    return 1
}

clean_up() {
    status=$?
    trap - EXIT INT TERM HUP
    exec 3>&- 4<&-
    # shellcheck disable=SC2086 # the ids are words of their own
    if [ -n "$pids" ]; then
        kill $pids 2>/dev/null || true
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            some_live || break
            sleep 0.3
        done
        kill -9 $pids 2>/dev/null || true
        wait $pids 2>/dev/null || true
    fi
    if [ -n "$work" ]; then
        if [ "$status" -ne 0 ] && [ "$status" -lt 128 ] || [ "$keep_logs" = yes ]; then
            rm -rf "$work/kafka" "$work/tmp" "$work/checkpoints"
            echo "Logs: $work/logs" >&2
        else
            rm -rf "$work"
        fi
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap '' PIPE

# The launcher builds what there is to build.
[ "${TAILRACE_BUILD:-yes}" = no ] || "$home/tailrace" demo --version >/dev/null
java=java
[ -z "${JAVA_HOME:-}" ] || [ ! -x "$JAVA_HOME/bin/java" ] || java="$JAVA_HOME/bin/java"
flink="$home/jobs/target/flink/*"
around=${TAILRACE_DEMO_CLASS_PATH:-"$home/demo/target/tailrace-demo.jar:$home/jobs/target/tailrace.jar:$flink:$home/demo/target/lib/*"}
opens=
for package in java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text java.time \
    java.util java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks; do
    opens="$opens --add-opens=java.base/$package=ALL-UNNAMED"
done

# They live for a minute: what pays off later only costs.
light="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"

work=$(mktemp -d "${TMPDIR:-/tmp}/tailrace-cluster.XXXXXX")
mkdir "$work/conf" "$work/logs" "$work/tmp" "$work/kafka"
mkfifo "$work/ask" "$work/answer"
cat >"$work/conf/log4j2.properties" <<'EOF'
rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file
logger.kafka.name = org.apache.kafka
logger.kafka.level = WARN
appender.file.name = file
appender.file.type = File
appender.file.fileName = ${sys:log.file}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n
EOF

# One Java process of the cluster: its name, its heap, its class path, its main class, its arguments.
start() {
    name=$1 heap=$2 classes=$3
    shift 3
    # shellcheck disable=SC2086 # the options are words of their own
    "$java" $opens "-Xmx$heap" $light -Djava.io.tmpdir="$work/tmp" \
        -Dlog4j2.configurationFile="file:$work/conf/log4j2.properties" \
        -Dlog.file="$work/logs/$name.log" -cp "$classes" "$@" \
        >"$work/logs/$name.out" 2>&1 3>&- 4<&- &
    pids="$pids $!"
}

# Asks the process with the broker and the traffic, and waits for its answer.
ask() {
    echo "$1" >&3 2>/dev/null || fail "the process with the broker ended"
    IFS= read -r answer <&4 || fail "the process with the broker ended"
    case $answer in
        failed:*) fail "${answer#failed: }" ;;
    esac
}

tailrace() {
    TAILRACE_BUILD=no TAILRACE_JAVA_OPTIONS="-Xmx256m $light" \
        "$home/tailrace" "$@" 3>&- 4<&-
}

submit() {
    tailrace submit "$spec" "$@"
}

say "Kafka, and ${traffic:-a simulated shop}"
# Not by start: what it says of the traffic is for people, and it answers what it is asked.
# shellcheck disable=SC2086 # the options are words of their own
"$java" $opens -Xmx1g $light -Djava.io.tmpdir="$work/tmp" \
    -cp "$around" io.tailrace.demo.cluster.LocalTraffic --spec "$spec" --folder "$work/kafka" \
    --feed-time "$feed_time" ${traffic:+--traffic "$traffic"} \
    <"$work/ask" >"$work/answer" &
pids="$pids $!"
exec 3>"$work/ask" 4<"$work/answer"
ask brokers
KAFKA=$answer
TAILRACE_JOBMANAGER=
ask ports
rest=${answer%% *}
rpc=${answer##* }
TAILRACE_JOBMANAGER=127.0.0.1:$rest
export KAFKA TAILRACE_JOBMANAGER

say "a JobManager and two TaskManagers with two slots each"
cat >"$work/conf/config.yaml" <<EOF
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: $rpc
jobmanager.bind-host: 127.0.0.1
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: $rest
web.refresh-interval: 250ms
metrics.fetcher.update-interval: 1s
heartbeat.interval: 1s
heartbeat.timeout: 10s
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
taskmanager.numberOfTaskSlots: 2
taskmanager.cpu.cores: 2
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: 384m
taskmanager.memory.task.off-heap.size: 0m
taskmanager.memory.managed.size: 128m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.jvm-metaspace.size: 192m
taskmanager.memory.jvm-overhead.min: 128m
taskmanager.memory.jvm-overhead.max: 128m
io.tmp.dirs: $work/tmp
execution.checkpointing.dir: file://$work/checkpoints
execution.checkpointing.savepoint-dir: file://$work/savepoints
EOF
start jobmanager 384m "$flink" \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$work/conf"
task_manager() {
    start "taskmanager-$1" 512m "$flink" \
        org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$work/conf"
}
task_manager 1
task_manager 2
victim=$!
ask "slots $TAILRACE_JOBMANAGER 4"

say "tailrace submit $spec --parallelism 4"
submit --parallelism 4
say "the traffic begins"
ask feed
ask "read 15"
if [ "$kill_one" = yes ]; then
    say "kill -9 of a TaskManager, and another in its place"
    kill -9 "$victim"
    wait "$victim" 2>/dev/null || true
    # Its number may be another process's by now.
    pids=$(echo "$pids " | sed "s/ $victim / /")
    task_manager 3
fi
ask "read 50"
tailrace jobs

say "tailrace stop local-cluster --savepoint $work/savepoints"
tailrace stop local-cluster --savepoint "$work/savepoints" | tee "$work/logs/stop.out"
savepoint=$(sed -n 's/^Savepoint  *//p' "$work/logs/stop.out")
[ -n "$savepoint" ] || fail "the job was not stopped with a savepoint"

say "tailrace submit $spec --parallelism 3 --from-savepoint $savepoint"
submit --parallelism 3 --from-savepoint "$savepoint"
say "the rest of the traffic"
ask rest
ask "read 100"
ask decided
say "tailrace stop local-cluster"
tailrace stop local-cluster
say "against a plain reading"
ask compare
[ "$answer" = same ] || fail "the results differ from the plain reading"
say "All is the same."

if [ "$keep" = yes ]; then
    cat <<EOF
The cluster goes on until Ctrl-C.
  web UI        http://$TAILRACE_JOBMANAGER
  in a shell    export TAILRACE_JOBMANAGER=$TAILRACE_JOBMANAGER KAFKA=$KAFKA
                ./tailrace jobs
                ./tailrace submit deploy/local/tail-sampling.yaml
                ./tailrace stop local-cluster
EOF
    while :; do
        sleep 1
    done
fi
