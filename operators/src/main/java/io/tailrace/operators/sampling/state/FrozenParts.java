package io.tailrace.operators.sampling.state;

import java.util.ArrayList;
import java.util.List;

/** A frozen trace that is put together from the parts that state has of it. */
final class FrozenParts {

    private final List<Part> parts = new ArrayList<>();
    private int chunkBytes;

    private record Part(byte[] array, int from, int size) {
        int headSize() {
            return FrozenTraces.headSize(array, from);
        }
    }

    /** Adds a part: a head, which takes the place of the one before, and chunks that follow. */
    void add(byte[] array, int from, int size) {
        Part part = new Part(array, from, size);
        parts.add(part);
        chunkBytes += size - part.headSize();
    }

    /** Whether state has no trace. */
    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The trace was decided. */
    void clear() {
        parts.clear();
        chunkBytes = 0;
    }

    /** In the form of {@link FrozenTraces}. */
    byte[] bytes() {
        Part last = parts.get(parts.size() - 1);
        int at = last.headSize();
        byte[] bytes = new byte[at + chunkBytes];
        System.arraycopy(last.array, last.from, bytes, 0, at);
        for (Part part : parts) {
            int head = part.headSize();
            System.arraycopy(part.array, part.from + head, bytes, at, part.size - head);
            at += part.size - head;
        }
        return bytes;
    }

    /** How many of the bytes are chunks. */
    int chunkBytes() {
        return chunkBytes;
    }
}
