package io.tailrace.operators.span.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8, by the table of well-formed sequences in the Unicode standard (3-7). */
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        // Nearly all text of spans is ASCII, which eight bytes at a time show quickly.
        return isAscii(bytes, from, to) || hasSequences(bytes, from, to);
    }

    static boolean isAscii(byte[] bytes, int from, int to) {
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        return at == to || isAsciiRest(bytes, at, to);
    }

    /** Of less than eight bytes; reads some before them too, which do not count. */
    private static boolean isAsciiRest(byte[] bytes, int from, int to) {
        if (to < Long.BYTES) {
            return false;
        }
        long counted = HIGH_BITS << Byte.SIZE * (Long.BYTES - (to - from));
        return ((long) LONGS.get(bytes, to - Long.BYTES) & counted) == 0;
    }

    private static boolean hasSequences(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at];
            if (lead >= 0) {
                at++;
                continue;
            }
            int length = lengthOf(lead & 0xff);
            if (length == 0 || to - at < length || !continues(bytes, at, length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int lengthOf(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    }

    private static boolean continues(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        int second = bytes[at + 1] & 0xff;
        return switch (bytes[at] & 0xff) {
            case 0xe0 -> second >= 0xa0; // shorter forms exist
            case 0xed -> second <= 0x9f; // surrogates
            case 0xf0 -> second >= 0x90; // shorter forms exist
            case 0xf4 -> second <= 0x8f; // above U+10FFFF
            default -> true;
        };
    }
}
