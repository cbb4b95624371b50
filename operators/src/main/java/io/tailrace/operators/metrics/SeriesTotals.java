package io.tailrace.operators.metrics;

import java.util.Arrays;
import java.util.Objects;

/**
 * What the spans, or calls, of a series come to. It changes in place; whoever hands one on no
 * longer changes it.
 *
 * <p>Of {@link SeriesKind#SPANS} the durations are the spans'. Of {@link SeriesKind#EDGES} they are
 * those that the servers measured, and {@link #clientDurations} those that the clients measured; a
 * side that was not seen measured none, so that there may be fewer than calls.
 */
public final class SeriesTotals {

    private final DurationTotals durations;
    private final DurationTotals clientDurations;
    private long count;
    private long errors;
    private long satisfied;
    private long tolerating;
    private long frustrated;
    private long calls;
    private long requests;
    private Exemplar slowest;
    private Exemplar slowestError;

    /**
     * @param durations become this one's own
     * @param clientDurations the same; null of spans
     */
    public SeriesTotals(DurationTotals durations, DurationTotals clientDurations) {
        this.durations = durations;
        this.clientDurations = clientDurations;
    }

    SeriesTotals(
            DurationTotals durations,
            DurationTotals clientDurations,
            long[] counts,
            Exemplar slowest,
            Exemplar slowestError) {
        this(durations, clientDurations);
        count = counts[0];
        errors = counts[1];
        satisfied = counts[2];
        tolerating = counts[3];
        frustrated = counts[4];
        calls = counts[5];
        requests = counts[6];
        this.slowest = slowest;
        this.slowestError = slowestError;
    }

    /** In the order of the constructor. */
    long[] counts() {
        return new long[] {count, errors, satisfied, tolerating, frustrated, calls, requests};
    }

    /** How a duration was felt. */
    public enum Apdex {
        /** No rule says. */
        NONE,
        SATISFIED,
        TOLERATING,
        FRUSTRATED
    }

    /**
     * Counts spans, or calls, beside their durations.
     *
     * @param times for how many it stands
     * @param called whether they are calls, see {@link SpanKind#isCall}
     * @param requested whether they are requests, see {@link SpanKind#isRequest}
     */
    public void add(long times, boolean error, Apdex apdex, boolean called, boolean requested) {
        count += times;
        errors += error ? times : 0;
        calls += called ? times : 0;
        requests += requested ? times : 0;
        switch (apdex) {
            case NONE -> {}
            case SATISFIED -> satisfied += times;
            case TOLERATING -> tolerating += times;
            case FRUSTRATED -> frustrated += times;
        }
    }

    /** Whether a span of this duration could become an exemplar; spares making it where not. */
    public boolean wantsExemplar(long durationMicros, boolean error) {
        return slowest == null
                || durationMicros >= slowest.durationMicros()
                || error
                        && (slowestError == null
                                || durationMicros >= slowestError.durationMicros());
    }

    public void exemplar(Exemplar exemplar, boolean error) {
        slowest = Exemplar.slower(slowest, exemplar);
        slowestError = error ? Exemplar.slower(slowestError, exemplar) : slowestError;
    }

    /** Adds what others came to, which stay as they are. */
    public void merge(SeriesTotals other) {
        durations.merge(other.durations);
        if (clientDurations != null) {
            clientDurations.merge(other.clientDurations);
        }
        count += other.count;
        errors += other.errors;
        satisfied += other.satisfied;
        tolerating += other.tolerating;
        frustrated += other.frustrated;
        calls += other.calls;
        requests += other.requests;
        slowest = Exemplar.slower(slowest, other.slowest);
        slowestError = Exemplar.slower(slowestError, other.slowestError);
    }

    /** Whether all its durations are counted by buckets like these. */
    public boolean hasShape(Histogram shape) {
        return durations.histogram().hasShape(shape)
                && (clientDurations == null || clientDurations.histogram().hasShape(shape));
    }

    /** The same counts, but durations by buckets like these, as far as that can still be told. */
    public SeriesTotals inShape(Histogram shape) {
        return new SeriesTotals(
                durations.inShape(shape),
                clientDurations == null ? null : clientDurations.inShape(shape),
                counts(),
                slowest,
                slowestError);
    }

    public SeriesTotals copy() {
        return new SeriesTotals(
                durations.copy(),
                clientDurations == null ? null : clientDurations.copy(),
                counts(),
                slowest,
                slowestError);
    }

    public DurationTotals durations() {
        return durations;
    }

    /** Null of spans. */
    public DurationTotals clientDurations() {
        return clientDurations;
    }

    /** Spans, or calls. */
    public long count() {
        return count;
    }

    /** Those of which either side says that they failed. */
    public long errors() {
        return errors;
    }

    public long satisfied() {
        return satisfied;
    }

    public long tolerating() {
        return tolerating;
    }

    public long frustrated() {
        return frustrated;
    }

    /** Spans of kind server or producer. */
    public long calls() {
        return calls;
    }

    /** Spans of kind client or consumer. */
    public long requests() {
        return requests;
    }

    /** Null where there is none. */
    public Exemplar slowest() {
        return slowest;
    }

    /** Null where there is none. */
    public Exemplar slowestError() {
        return slowestError;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesTotals that
                && durations.equals(that.durations)
                && Objects.equals(clientDurations, that.clientDurations)
                && Arrays.equals(counts(), that.counts())
                && Objects.equals(slowest, that.slowest)
                && Objects.equals(slowestError, that.slowestError);
    }

    @Override
    public int hashCode() {
        return Objects.hash(durations, count, errors, slowest);
    }
}
