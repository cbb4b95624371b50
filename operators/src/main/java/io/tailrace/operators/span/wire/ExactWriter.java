package io.tailrace.operators.span.wire;

/**
 * Writes a message from its last byte to its first, as {@link BackwardWriter} does, but in two
 * rounds: the first only counts, the second writes into an array of just that length. So no byte is
 * copied twice.
 */
final class ExactWriter {

    private byte[] target;
    private int end;
    private int begin;

    /** Begins the first round. */
    void count() {
        target = null;
        end = 0;
        begin = 0;
    }

    /** Begins the second round, which must be told the same as the first. */
    void write() {
        end = length();
        begin = end;
        target = new byte[end];
    }

    /** The number of bytes in this round so far. */
    int length() {
        return end - begin;
    }

    /** Puts the field with its tag before all else, as it stands in these bytes. */
    void prepend(byte[] bytes, Fields fields, int field) {
        int from = fields.start(field);
        int length = fields.to(field) - from;
        begin -= length;
        if (target != null) {
            System.arraycopy(bytes, from, target, begin, length);
        }
    }

    /**
     * Makes a length-delimited field of what came since.
     *
     * @param field 1 to 15
     * @param before the number of bytes that there were then
     */
    void close(int field, int before) {
        int length = length() - before;
        begin -= LengthTag.size(length);
        if (target != null) {
            LengthTag.put(field, length, target, begin);
        }
    }

    /** What was written; the caller's to keep. */
    byte[] bytes() {
        return target;
    }
}
