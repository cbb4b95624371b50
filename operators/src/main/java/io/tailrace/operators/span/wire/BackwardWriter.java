package io.tailrace.operators.span.wire;

import java.util.Arrays;

/**
 * Writes a message from its last byte to its first, so that the length of each inner message is
 * known when its turn comes. It keeps its memory from one message to the next.
 */
final class BackwardWriter {

    private byte[] scratch = new byte[1024];
    private int begin = scratch.length;

    /** Begins anew. */
    void clear() {
        begin = scratch.length;
    }

    /** The number of bytes written so far. */
    int length() {
        return scratch.length - begin;
    }

    /** Puts {@code bytes[from..to)} before all else. */
    void prepend(byte[] bytes, int from, int to) {
        int length = to - from;
        makeRoom(length);
        begin -= length;
        System.arraycopy(bytes, from, scratch, begin, length);
    }

    void prepend(byte[] bytes) {
        prepend(bytes, 0, bytes.length);
    }

    /** Puts the field with its tag before all else, as it stands in these bytes. */
    void prepend(byte[] bytes, Fields fields, int field) {
        prepend(bytes, fields.start(field), fields.to(field));
    }

    /**
     * Makes a length-delimited field of what was written since.
     *
     * @param field 1 to 15
     * @param before the number of bytes that had been written then
     */
    void close(int field, int before) {
        int length = length() - before;
        int more = LengthTag.size(length);
        makeRoom(more);
        begin -= more;
        LengthTag.put(field, length, scratch, begin);
    }

    /** What was written, in an array of its own. */
    byte[] toBytes() {
        return Arrays.copyOfRange(scratch, begin, scratch.length);
    }

    private void makeRoom(int more) {
        if (begin < more) {
            int length = length();
            byte[] larger = new byte[Math.max(2 * scratch.length, length + more)];
            System.arraycopy(scratch, begin, larger, larger.length - length, length);
            scratch = larger;
            begin = larger.length - length;
        }
    }
}
