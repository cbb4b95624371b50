package io.tailrace.operators.sampling.state;

/** A frozen trace that is put together from the parts that state has of it. */
final class FrozenParts {

    private byte[] bytes = {};

    /** Where the chunks begin: what is before them is replaced by the next part's head. */
    private int chunks;

    /** Adds a part: a head, and the chunks that follow those there are. */
    void add(byte[] from, int at, int size) {
        int head = FrozenTraces.headSize(from, at);
        int more = size - head;
        int before = chunkBytes();
        byte[] joined = new byte[head + before + more];
        System.arraycopy(from, at, joined, 0, head);
        System.arraycopy(bytes, chunks, joined, head, before);
        System.arraycopy(from, at + head, joined, head + before, more);
        bytes = joined;
        chunks = head;
    }

    /** In the form of {@link FrozenTraces}. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes are chunks. */
    int chunkBytes() {
        return bytes.length - chunks;
    }
}
