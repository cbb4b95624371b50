package io.tailrace.operators.span.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes that are kept nowhere. */
public final class Hashes {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The golden ratio's odd 64 bits. */
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private Hashes() {}

    public static long of(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = length;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = Long.rotateLeft((hash ^ (long) LONGS.get(bytes, at)) * MULTIPLIER, 31);
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MULTIPLIER;
        }
        return mix(hash);
    }

    /** The finaliser of MurmurHash3 (Austin Appleby), 64 bits. */
    public static long mix(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xff51_afd7_ed55_8ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return mixed ^ mixed >>> 33;
    }
}
