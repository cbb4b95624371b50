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

say() {
    printf '%3d s  %s\n' "$(($(date +%s) - begun))" "$1"
}

fail() {
    echo "run.sh: $1" >&2
    keep_logs=yes
    exit 1
}

# shellcheck source=deploy/local/processes.sh
. "$here/processes.sh"

# The launcher builds what there is to build.
[ "${TAILRACE_BUILD:-yes}" = no ] || "$home/tailrace" demo --version >/dev/null
java=java
[ -z "${JAVA_HOME:-}" ] || [ ! -x "$JAVA_HOME/bin/java" ] || java="$JAVA_HOME/bin/java"
flink="$home/jobs/target/flink/*"
around=${TAILRACE_DEMO_CLASS_PATH:-"$home/demo/target/tailrace-demo.jar:$home/jobs/target/tailrace.jar:$flink:$home/demo/target/lib/*"}
opens="@$home/deploy/jdk-opens.args"

# They live for a minute: what pays off later only costs.
light="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"

work=$(mktemp -d "${TMPDIR:-/tmp}/tailrace-cluster.XXXXXX")
mkdir "$work/conf" "$work/logs" "$work/tmp" "$work/kafka"
mkfifo "$work/ask" "$work/answer"
cp "$here/log4j2.properties" "$work/conf/"

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
"$java" "$opens" -Xmx1g $light -Djava.io.tmpdir="$work/tmp" \
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
cp "$here/flink.yaml" "$work/conf/config.yaml"
cat >>"$work/conf/config.yaml" <<EOF
jobmanager.rpc.port: $rpc
rest.port: $rest
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
