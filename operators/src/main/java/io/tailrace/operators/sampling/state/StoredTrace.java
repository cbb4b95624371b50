package io.tailrace.operators.sampling.state;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Arrays;

/**
 * An open trace as keyed state holds it.
 *
 * @param bytes in the format of {@link FrozenTraces}; nobody may change them
 */
public record StoredTrace(byte[] bytes) {

    public static final ValueTypeInformation<StoredTrace> TYPE =
            new ValueTypeInformation<>(StoredTrace.class, new OpenTraceSerializer());

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTrace that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
