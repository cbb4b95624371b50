# The processes of run.sh, which reads this: how they begin and are asked, and that all of them end.
# shellcheck shell=sh disable=SC2154 # what is not set here, run.sh sets

pids=
work=

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

# One Java process of the cluster: its name, its heap, its class path, its main class, its arguments.
start() {
    name=$1 heap=$2 classes=$3
    shift 3
    # shellcheck disable=SC2086 # the options are words of their own
    "$java" "$opens" "-Xmx$heap" $light -Djava.io.tmpdir="$work/tmp" \
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
