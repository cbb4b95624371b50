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
 * settled: a caller is added, which takes all that wait by then, and those that come later. The
 * callers of all traces that are settled at a watermark are added together.
 */
final class RootEndpoints {

    /** The call that all of a trace are callees of; no span has this id. */
    static final long CALL = 0;

    private static final Comparator<Candidate> ARRIVED =
            Comparator.<Candidate>comparingLong(each -> each.arrival)
                    .thenComparingLong(each -> each.spanId);

    private final long wait;
    private final Consumer<Sighting> out;

    /** Those whose wait is over, by trace; of each the last, with the others behind it. */
    private final Map<TraceId, Candidate> over = new LinkedHashMap<>();

    private final SideBlock callers = new SideBlock();
    private final List<Settled> settled = new ArrayList<>();

    /**
     * The place of the trace whose caller takes callees; -1 where none does that is settled now.
     */
    private int taking = -1;

    private static final class Candidate {
        final long arrival;
        final long spanId;
        final JoinedSpan span;
        final Candidate before;

        Candidate(Side side, JoinedSpan span, Candidate before) {
            arrival = side.arrival();
            spanId = side.spanId();
            this.span = span;
            this.before = before;
        }

        /** Whichever began first. */
        Candidate orEarlier(Candidate other) {
            int order = Long.compareUnsigned(span.startUnixNano(), other.span.startUnixNano());
            if (order == 0) {
                order = Long.compareUnsigned(spanId, other.spanId);
            }
            return order <= 0 ? this : other;
        }
    }

    /** A trace whose caller is to take what waits, and where it begins as far as is known. */
    private static final class Settled {
        final TraceId trace;
        final long until;
        Candidate root;

        Settled(TraceId trace, long until, Candidate root) {
            this.trace = trace;
            this.until = until;
            this.root = root;
        }
    }

    /**
     * @param wait in milliseconds
     */
    RootEndpoints(long wait, Consumer<Sighting> out) {
        this.wait = wait;
        this.out = out;
    }

    /** Takes one whose wait is over, and that no settled trace took. */
    void over(Side side, JoinedSpan span) {
        over.compute(side.traceId(), (trace, before) -> new Candidate(side, span, before));
    }

    /** Whether a settled trace may still want to know of one that it took. */
    boolean isOpen() {
        return taking >= 0;
    }

    /** Takes one that a settled trace took, while that {@linkplain #isOpen is open}. */
    void taken(Side side, JoinedSpan span) {
        TraceId trace = side.traceId();
        while (!settled.get(taking).trace.equals(trace)) {
            taking++;
        }
        Settled its = settled.get(taking);
        if (side.arrival() <= its.until) {
            its.root = its.root.orEarlier(new Candidate(side, span, null));
        }
    }

    /** Settles the traces of all whose wait is over at a watermark. */
    void settle(long watermark, WaitingSides waiting) throws Exception {
        over.forEach((trace, last) -> settle(trace, last, watermark));
        over.clear();
        // Callers take callees in the order in which they are added.
        taking = 0;
        waiting.add(callers);
        taking = -1;
        settled.forEach(each -> tell(each.root));
        settled.clear();
        callers.clear();
    }

    private void settle(TraceId trace, Candidate last, long watermark) {
        if (last.before == null) {
            settle(trace, last, later(last.arrival), watermark);
            return;
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate each = last; each != null; each = each.before) {
            candidates.add(each);
        }
        candidates.sort(ARRIVED);
        int next = 0;
        while (next < candidates.size()) {
            Candidate root = candidates.get(next);
            long until = later(root.arrival);
            while (next < candidates.size() && candidates.get(next).arrival <= later(until)) {
                Candidate candidate = candidates.get(next++);
                root = candidate.arrival <= until ? root.orEarlier(candidate) : root;
            }
            settle(trace, root, until, watermark);
        }
    }

    private void settle(TraceId trace, Candidate root, long until, long watermark) {
        // What came so late that it changes nothing may wait as long again.
        if (later(later(until)) > watermark) {
            callers.append(Side.CALLER, trace.high(), trace.low(), CALL, CALL, until);
            settled.add(new Settled(trace, until, root));
        } else {
            tell(root);
        }
    }

    private long later(long time) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
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
