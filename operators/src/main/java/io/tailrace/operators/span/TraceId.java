package io.tailrace.operators.span;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.HexFormat;

/**
 * A W3C trace id: sixteen bytes, the big end first, not all zeros.
 *
 * <p>Its hash decides which subtask has the trace, so it must never change.
 */
public record TraceId(long high, long low) implements Comparable<TraceId> {

    public static final ValueTypeInformation<TraceId> TYPE =
            new ValueTypeInformation<>(TraceId.class, new TraceIdSerializer());

    private static final HexFormat HEX = HexFormat.of();

    /** As users see it: 32 lower-case hex digits. */
    public String hex() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /**
     * @param hex 32 hex digits
     * @throws IllegalArgumentException where it is anything else
     */
    public static TraceId ofHex(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("A trace id has 32 hex digits: " + hex);
        }
        return new TraceId(
                HexFormat.fromHexDigitsToLong(hex, 0, 16),
                HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    @Override
    public int compareTo(TraceId that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceId that && high == that.high && low == that.low;
    }

    /** The hash of the id of these two parts. */
    public static int hash(long high, long low) {
        return Long.hashCode(31 * high + low);
    }

    @Override
    public int hashCode() {
        return hash(high, low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
