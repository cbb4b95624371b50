package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** A list of trace ids, two longs each, without an object for any of them. */
final class PackedIds {

    private static final int FIRST = 8;
    private static final long[] NONE = {};

    private long[] longs;
    private int used;

    PackedIds() {
        this(NONE, 0);
    }

    private PackedIds(long[] longs, int used) {
        this.longs = longs;
        this.used = used;
    }

    /** One that is filled by {@link #add}, with room for so many. */
    static PackedIds ofSize(int size) {
        return new PackedIds(size == 0 ? NONE : new long[2 * size], 0);
    }

    int size() {
        return used / 2;
    }

    TraceId get(int index) {
        return new TraceId(longs[2 * index], longs[2 * index + 1]);
    }

    void add(TraceId id) {
        if (used == longs.length) {
            longs = Arrays.copyOf(longs, Math.max(FIRST, 2 * used));
        }
        longs[used++] = id.high();
        longs[used++] = id.low();
    }

    void forEach(Consumer<TraceId> consumer) {
        for (int i = 0; i < size(); i++) {
            consumer.accept(get(i));
        }
    }

    /** The same ids without room for more. */
    PackedIds trimmed() {
        return used == longs.length ? this : new PackedIds(Arrays.copyOf(longs, used), used);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedIds that
                && Arrays.equals(longs, 0, used, that.longs, 0, that.used);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(trimmed().longs);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        forEach(id -> text.add(id.hex()));
        return text.toString();
    }
}
