package io.tailrace.sinks.message;

import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Arrays;

/**
 * A record as it is written out: a line of a file, or a message of a topic.
 *
 * @param key null where it has none; files leave it out
 * @param value the bytes; of a line without its end
 */
public record Message(byte[] key, byte[] value) {

    public static final ValueTypeInformation<Message> TYPE =
            new ValueTypeInformation<>(Message.class, new MessageSerializer());

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }
}
