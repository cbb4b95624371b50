package io.tailrace.operators.input;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Arrays;
import java.util.List;

/**
 * One record of a source: an export request, or what claims to be one.
 *
 * @param origin where it was read
 * @param arrival its arrival, milliseconds since the epoch; event time for all that follows
 * @param encoding how {@code payload} holds spans
 * @param payload the bytes; nobody may change them
 * @param rejects what a source that had to look inside found unusable; the payload is without it
 */
public record SpanRequest(
        Origin origin, long arrival, Encoding encoding, byte[] payload, List<DeadLetter> rejects) {

    public static final ValueTypeInformation<SpanRequest> TYPE =
            new ValueTypeInformation<>(SpanRequest.class, new SpanRequestSerializer());

    public SpanRequest(Origin origin, long arrival, Encoding encoding, byte[] payload) {
        this(origin, arrival, encoding, payload, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpanRequest that
                && origin.equals(that.origin)
                && arrival == that.arrival
                && encoding == that.encoding
                && Arrays.equals(payload, that.payload)
                && rejects.equals(that.rejects);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Arrays.hashCode(payload);
    }
}
