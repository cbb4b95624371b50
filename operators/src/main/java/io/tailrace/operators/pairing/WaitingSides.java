package io.tailrace.operators.pairing;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sides that wait for the other side of one call, or of several that one span makes.
 *
 * @param caller null where it did not come yet
 * @param paired span ids of those that the caller has been paired with: the first of them, if there
 *     are very many
 * @param callees those that did not find the caller
 */
public record WaitingSides(SpanSide caller, List<Long> paired, List<SpanSide> callees) {

    public static final ValueTypeInformation<WaitingSides> TYPE =
            new ValueTypeInformation<>(WaitingSides.class, new WaitingSidesSerializer());

    static final WaitingSides NONE = new WaitingSides(null, List.of(), List.of());

    private static final int MOST_PAIRED = 1000;

    private static final Comparator<SpanSide> FIRST =
            Comparator.comparingLong(SpanSide::arrival).thenComparing(SpanSide::spanId);

    int size() {
        return (caller == null ? 0 : 1) + callees.size();
    }

    /** Whether the same span waits already, or waited and is paired. */
    boolean has(SpanSide side) {
        return side.kind().calls()
                ? caller != null
                : paired.contains(side.spanId())
                        || callees.stream().anyMatch(each -> each.spanId() == side.spanId());
    }

    /**
     * Those that wait once a side has come.
     *
     * @param wait how far apart two sides may arrive, in milliseconds
     * @param calls takes the pairs that it makes
     */
    WaitingSides with(SpanSide side, long wait, Consumer<Call> calls) {
        return side.kind().calls() ? withCaller(side, wait, calls) : withCallee(side, wait, calls);
    }

    private WaitingSides withCaller(SpanSide side, long wait, Consumer<Call> calls) {
        List<SpanSide> rest = new ArrayList<>(callees);
        List<Long> found = new ArrayList<>();
        for (SpanSide callee : callees.stream().sorted(FIRST).toList()) {
            if (near(side, callee, wait)) {
                calls.accept(Call.paired(side, callee));
                rest.remove(callee);
                found.add(callee.spanId());
            }
        }
        return new WaitingSides(side, List.copyOf(found), List.copyOf(rest));
    }

    private WaitingSides withCallee(SpanSide side, long wait, Consumer<Call> calls) {
        if (caller == null || !near(caller, side, wait)) {
            List<SpanSide> more = new ArrayList<>(callees);
            more.add(side);
            return new WaitingSides(caller, paired, List.copyOf(more));
        }
        calls.accept(Call.paired(caller, side));
        if (paired.size() >= MOST_PAIRED) {
            return this;
        }
        List<Long> more = new ArrayList<>(paired);
        more.add(side.spanId());
        return new WaitingSides(caller, List.copyOf(more), callees);
    }

    private static boolean near(SpanSide one, SpanSide other, long wait) {
        return Math.abs(one.arrival() - other.arrival()) <= wait;
    }

    /**
     * Those that go on waiting.
     *
     * @param arrival of the latest that do not
     * @param alone takes those that do not, unless they were paired
     */
    WaitingSides after(long arrival, Consumer<SpanSide> alone) {
        List<SpanSide> rest = new ArrayList<>();
        for (SpanSide callee : callees) {
            if (callee.arrival() > arrival) {
                rest.add(callee);
            } else {
                alone.accept(callee);
            }
        }
        if (caller == null || caller.arrival() > arrival) {
            return new WaitingSides(caller, paired, List.copyOf(rest));
        }
        if (paired.isEmpty()) {
            alone.accept(caller);
        }
        return new WaitingSides(null, List.of(), List.copyOf(rest));
    }

    /** The earliest arrival of those that wait; {@link Long#MAX_VALUE} where none does. */
    long earliestArrival() {
        long earliest = caller == null ? Long.MAX_VALUE : caller.arrival();
        for (SpanSide callee : callees) {
            earliest = Math.min(earliest, callee.arrival());
        }
        return earliest;
    }
}
