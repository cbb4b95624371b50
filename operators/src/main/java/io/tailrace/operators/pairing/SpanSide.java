package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

/**
 * What a span tells of a call: one side of it.
 *
 * @param parentSpanId 0 where it is a root
 * @param service never null: a span without one is no side of anything
 * @param startUnixNano unsigned, as OTLP has it
 * @param endUnixNano the same
 * @param arrival milliseconds since the epoch
 * @param times for how many spans it stands, 1 or more
 * @param messagingSystem null where there is none
 * @param databaseName whom it calls, if that is a database; null where there is none
 * @param peerName whom else it says that it calls; null where it does not
 */
public record SpanSide(
        TraceId traceId,
        long spanId,
        long parentSpanId,
        Kind kind,
        Application application,
        String service,
        String name,
        long startUnixNano,
        long endUnixNano,
        boolean error,
        long arrival,
        long times,
        String messagingSystem,
        String databaseName,
        String peerName) {

    public static final ValueTypeInformation<SpanSide> TYPE =
            new ValueTypeInformation<>(SpanSide.class, new SpanSideSerializer());

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

    public boolean root() {
        return parentSpanId == 0;
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

    /** The id of the calling span, by which both sides know each other. */
    long callId() {
        return kind.calls() ? spanId : parentSpanId;
    }
}
