package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.pairing.waiting.WaitingSides;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds where traces begin: with the earliest server or producer span of those that arrive up to
 * one wait after the first of them. What comes up to another wait later is of the same trace, and
 * changes nothing.
 *
 * <p>Such spans wait as callees of their trace. When the first one's wait is over the trace is
 * settled: a caller is added, which takes all that wait by then, and those that come later.
 */
final class RootEndpoints {

    /** The call that all of a trace are callees of; no span has this id. */
    static final long CALL = 0;

    private static final Comparator<Candidate> ARRIVED =
            Comparator.comparingLong(Candidate::arrival).thenComparingLong(Candidate::spanId);

    private static final Comparator<Candidate> BEGUN =
            ((Comparator<Candidate>)
                            (one, other) ->
                                    Long.compareUnsigned(
                                            one.span.startUnixNano(), other.span.startUnixNano()))
                    .thenComparing((one, other) -> Long.compareUnsigned(one.spanId, other.spanId));

    private final long wait;
    private final Consumer<Sighting> out;
    private final Map<TraceId, List<Candidate>> over = new LinkedHashMap<>();
    private final Side view = new Side();

    /** Of the trace that is being settled; null otherwise. */
    private Candidate root;

    private long settledAt;

    private record Candidate(long arrival, long spanId, JoinedSpan span) {}

    /**
     * @param wait in milliseconds
     */
    RootEndpoints(long wait, Consumer<Sighting> out) {
        this.wait = wait;
        this.out = out;
    }

    /** Takes one whose wait is over, and that no settled trace took. */
    void over(Side side, JoinedSpan span) {
        over.computeIfAbsent(side.traceId(), any -> new ArrayList<>())
                .add(new Candidate(side.arrival(), side.spanId(), span));
    }

    /** Takes one that a settled trace took. */
    void taken(Side side, JoinedSpan span) {
        if (root != null && side.arrival() <= settledAt) {
            root = earlier(root, new Candidate(side.arrival(), side.spanId(), span));
        }
    }

    /** Settles the traces of all whose wait is over at a watermark. */
    void settle(long watermark, WaitingSides waiting) throws Exception {
        for (Map.Entry<TraceId, List<Candidate>> trace : over.entrySet()) {
            trace.getValue().sort(ARRIVED);
            settle(trace.getKey(), trace.getValue(), watermark, waiting);
        }
        over.clear();
    }

    private void settle(
            TraceId trace, List<Candidate> candidates, long watermark, WaitingSides waiting)
            throws Exception {
        int next = 0;
        while (next < candidates.size()) {
            root = candidates.get(next);
            settledAt = later(root.arrival);
            long forgotten = later(settledAt);
            while (next < candidates.size() && candidates.get(next).arrival <= forgotten) {
                Candidate candidate = candidates.get(next++);
                root = candidate.arrival <= settledAt ? earlier(root, candidate) : root;
            }
            // What came until then may wait as long again, though its trace is settled.
            if (later(forgotten) > watermark) {
                SideBlock.ofOne(Side.CALLER, trace, CALL, CALL, settledAt)
                        .forEach(view, waiting::add);
            }
            tell(root);
            root = null;
        }
    }

    private long later(long time) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
    }

    private static Candidate earlier(Candidate one, Candidate other) {
        return BEGUN.compare(one, other) <= 0 ? one : other;
    }

    private void tell(Candidate found) {
        out.accept(
                new Sighting(
                        found.span.who().application(),
                        new RootEndpoint(
                                found.span.who().endpointName(),
                                found.span.who().service(),
                                found.span.who().category()),
                        found.arrival,
                        found.arrival));
    }
}
