package io.tailrace.operators.metrics;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * A series in 128 bits: a hash of its kind, application and dimensions, the same in every run.
 *
 * <p>Its own hash decides which subtask has the series, so it must never change.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record SeriesId(long high, long low) {

    public static final ValueTypeInformation<SeriesId> TYPE =
            new ValueTypeInformation<>(SeriesId.class, new SeriesIdSerializer());

    /** 32 hexadecimal digits. */
    public String hex() {
        return "%016x%016x".formatted(high, low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesId that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * high + low);
    }
}
