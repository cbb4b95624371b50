package io.tailrace.operators.discovery;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is told of a span of a service within a trace: its own, or that of a span which it links to.
 *
 * @param traceId the trace: of a link the linked one
 * @param link whether it is told for a link
 * @param parentSpanId 0 where it is a root; of a link the span that is linked to
 * @param kind OTLP's number; 0 for numbers that OTLP does not have
 * @param startUnixNano unsigned, as OTLP has it
 * @param arrival milliseconds since the epoch
 * @param encoded the rest, as {@link Participant#encoded} writes it; nobody may change it
 */
public record DiscoverySide(
        TraceId traceId,
        boolean link,
        long spanId,
        long parentSpanId,
        int kind,
        long startUnixNano,
        long arrival,
        byte[] encoded) {

    public static final ValueTypeInformation<DiscoverySide> TYPE =
            new ValueTypeInformation<>(DiscoverySide.class, new DiscoverySideSerializer());

    /** Whether it names a remote service. */
    public boolean namesPeer() {
        return Participant.namesPeer(encoded);
    }

    /** Reads the rest anew with each call. */
    public Participant participant() {
        return Participant.decode(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiscoverySide that
                && traceId.equals(that.traceId)
                && link == that.link
                && spanId == that.spanId
                && parentSpanId == that.parentSpanId
                && kind == that.kind
                && startUnixNano == that.startUnixNano
                && arrival == that.arrival
                && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(traceId, link, spanId, parentSpanId);
    }

    @Override
    public String toString() {
        return "DiscoverySide[%s, %sspan %x of %x, kind %d, start %d, arrival %d, %s]"
                .formatted(
                        traceId,
                        link ? "link, " : "",
                        spanId,
                        parentSpanId,
                        kind,
                        startUnixNano,
                        arrival,
                        participant());
    }
}
