package io.tailrace.jobs.source.generator.shop;

import java.util.List;

/** The shop's traces: each is a pure function of the seed and its number. */
public final class Traces {

    /** No span is flushable later than this after its trace begins. */
    public static final long LONGEST_NANOS = 45_000_000_000L;

    private final Weather weather;
    private final double gap;

    /**
     * @param gap nanoseconds from one trace's beginning to the next's, on average
     */
    public Traces(Weather weather, double gap) {
        this.weather = weather;
        this.gap = gap;
    }

    /**
     * The trace's spans, in no order that matters.
     *
     * @param startNanos what the clocks show at offset 0, nanoseconds since the epoch
     */
    public List<EndedSpan> trace(long number, long startNanos) {
        double part = Dice.of(weather.seed(), Purpose.TRACE_BEGIN, number).unit();
        long begin = (long) ((number + part) * gap);
        Trace trace = new Trace(weather, number, begin, startNanos);
        Visit.of(trace.dice()).play(trace, begin);
        return trace.spans();
    }
}
