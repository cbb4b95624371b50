package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.span.TraceId;

/**
 * What a span tells of a call: one side of it.
 *
 * @param callId the id of the calling span, by which both sides know each other; 0 where it is that
 *     of a root that was called
 * @param service never null: a span without one is no side of anything
 * @param startUnixNano unsigned, as OTLP has it
 * @param endUnixNano the same
 * @param arrival milliseconds since the epoch
 * @param times for how many spans it stands, 1 or more
 * @param databaseName whom it calls, if that is a database; null where there is none
 * @param peerName whom it says that it calls, if that is no database; null where it does not
 */
public record SpanSide(
        TraceId traceId,
        long spanId,
        long callId,
        Kind kind,
        Application application,
        String service,
        long startUnixNano,
        long endUnixNano,
        boolean error,
        long arrival,
        long times,
        String databaseName,
        String peerName) {

    /** The kinds of spans that are sides of calls. */
    public enum Kind {
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER;

        /** Whether it calls; else it is called. */
        public boolean calls() {
            return this == CLIENT || this == PRODUCER;
        }

        boolean messaging() {
            return this == PRODUCER || this == CONSUMER;
        }
    }

    /** Rounded down; 0 where it ends before it starts. */
    public long durationMicros() {
        return Long.compareUnsigned(endUnixNano, startUnixNano) <= 0
                ? 0
                : Long.divideUnsigned(endUnixNano - startUnixNano, 1000);
    }

    /** When it ended, milliseconds since the epoch, rounded down. */
    public long endMillis() {
        return Long.divideUnsigned(endUnixNano, 1_000_000);
    }
}
