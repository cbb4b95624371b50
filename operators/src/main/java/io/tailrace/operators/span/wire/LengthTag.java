package io.tailrace.operators.span.wire;

/** What stands before the content of a length-delimited field: its tag and its length. */
final class LengthTag {

    private LengthTag() {}

    /** Its bytes, with a field number from 1 to 15. */
    static int size(int length) {
        int bytes = 2;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    /**
     * @param field 1 to 15
     */
    static void put(int field, int length, byte[] target, int from) {
        target[from] = (byte) (field << 3 | WireReader.LENGTH);
        int at = from + 1;
        int rest = length;
        while (rest >>> 7 != 0) {
            target[at++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        target[at] = (byte) rest;
    }
}
