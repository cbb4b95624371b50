package io.tailrace.bench.workload;

import java.util.List;

/**
 * Makes traces of ten spans: a visitor's request to a storefront, which asks a service that reads a
 * database and one that keeps a cache. Attributes are those of OpenTelemetry's semantic conventions
 * with values as one finds them: routes, hosts and statements from a few, ids and addresses from
 * many. A trace is a function of the seed and its number.
 *
 * <p>Of 1,000 traces 10 have an error, 5 others a root of more than a second (all else stays below
 * 900 ms), and 5 others a root whose {@value SpanAttributes#TIER} is {@value
 * SpanAttributes#CHOSEN_TIER}.
 */
final class TraceMaker {

    /** Spans of a trace. */
    static final int SPANS = 10;

    private final long seed;
    private final int operations;

    /**
     * @param operations of each kind, 1 or more
     */
    TraceMaker(long seed, int operations) {
        this.seed = seed;
        this.operations = operations;
    }

    /**
     * The trace's spans in the order in which they end, the root last.
     *
     * @param number the trace's place in the pool, which also says what it is kept for
     * @param startNanos when it begins, nanoseconds since the epoch
     */
    List<MadeSpan> trace(int number, long startNanos) {
        return new TraceDraft(seed, number, operation(number), startNanos).spans();
    }

    /** What the names of a trace's operations end with; nothing where there is one of each. */
    private String operation(int number) {
        return operations == 1 ? "" : "-" + number % operations;
    }

    /** A trace of a single span: a probe, of which 2 % fail. */
    MadeSpan single(int number, long startNanos) {
        return new TraceDraft(seed, number, operation(number), startNanos).single();
    }
}
