package io.tailrace.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * One run of one mode: what its tasks read and where they count. Tasks are in this process, and
 * find it by its key.
 */
public final class Run implements AutoCloseable {

    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

    /** What is counted behind the source. */
    public enum Outcome {
        /** Spans of traces worth keeping. */
        KEPT_SPANS,
        /** Traces decided. */
        DECISIONS,
        /** Spans that arrived where they were to be thrown away. */
        DISCARDED_SPANS,
        /** Spans that rows of metrics have, each once. */
        SPANS_IN_ROWS,
        /** First rows of spans, one for each series of a window. */
        SERIES,
        /** Calls between services that rows of metrics have, each once. */
        CALLS_IN_ROWS,
        /** What could not be used; there must be none. */
        DEAD_LETTERS
    }

    /** The parts of a run. */
    public enum Phase {
        /** Open traces grow to their number, and code is compiled. */
        WARM_UP,
        /** What counts. */
        MEASURED,
        /** No time is taken any more. */
        OVER,
        /** The lanes end, and with them the job. */
        ENDING
    }

    private final String key = UUID.randomUUID().toString();
    private final Traffic traffic;
    private final List<LaneMeter> lanes;
    private final Map<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Map<Outcome, Map<Long, LongAdder>> windows = new ConcurrentHashMap<>();
    private final Map<Object, Long> things = new ConcurrentHashMap<>();
    private volatile Phase phase = Phase.WARM_UP;

    public Run(Traffic traffic) {
        this.traffic = traffic;
        lanes = IntStream.range(0, traffic.lanes()).mapToObj(lane -> new LaneMeter(this)).toList();
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
            windows.put(outcome, new ConcurrentHashMap<>());
        }
        RUNS.put(key, this);
    }

    /** The run of a key. */
    public static Run of(String key) {
        return RUNS.get(key);
    }

    public String key() {
        return key;
    }

    public Traffic traffic() {
        return traffic;
    }

    public Phase phase() {
        return phase;
    }

    /** Lets the next part begin. */
    public void enter(Phase next) {
        phase = next;
    }

    public LaneMeter lane(int lane) {
        return lanes.get(lane);
    }

    public void count(Outcome outcome, long number) {
        outcomes.get(outcome).add(number);
    }

    public long counted(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    /** The same, of what belongs to a window. */
    public void count(Outcome outcome, long window, long number) {
        count(outcome, number);
        windows.get(outcome).computeIfAbsent(window, none -> new LongAdder()).add(number);
    }

    /** Of what belongs to windows, by their starts. */
    public SortedMap<Long, Long> countedByWindow(Outcome outcome) {
        SortedMap<Long, Long> sums = new TreeMap<>();
        windows.get(outcome).forEach((window, count) -> sums.put(window, count.sum()));
        return sums;
    }

    /**
     * A thing was found, or told of again.
     *
     * @param lastSeen milliseconds since the epoch
     */
    public void told(Object thing, long lastSeen) {
        things.merge(thing, lastSeen, Math::max);
    }

    /** All things told of so far, and when they were last seen. */
    public Map<Object, Long> things() {
        return Map.copyOf(things);
    }

    /** All spans sent so far. */
    public long spans() {
        return lanes.stream().mapToLong(LaneMeter::spans).sum();
    }

    /** Event time that all lanes have reached, milliseconds since the epoch. */
    public long arrival() {
        return lanes.stream().mapToLong(LaneMeter::arrival).min().orElseThrow();
    }

    public long measuredSpans() {
        return lanes.stream().mapToLong(LaneMeter::measuredSpans).sum();
    }

    /** Spans a second in the measured part: the sum over the lanes, each by its own time. */
    public double rate() {
        return lanes.stream()
                .mapToDouble(lane -> 1e9 * lane.measuredSpans() / Math.max(1, lane.measuredNanos()))
                .sum();
    }

    /** The longest time in the measured part in which some lane sent nothing. */
    public long longestGapNanos() {
        return lanes.stream().mapToLong(LaneMeter::longestGapNanos).max().orElseThrow();
    }

    @Override
    public void close() {
        RUNS.remove(key);
    }
}
