package io.tailrace.bench.workload;

/**
 * The ids of the traces of all passes over a pool: a function of the lane, the pass and the trace's
 * place in the pool, spread over all 128 bits as random ones are.
 */
final class TraceIds {

    private TraceIds() {}

    /** The first eight bytes. */
    static long high(int lane, long pass, int trace) {
        return mixed(number(lane, pass, trace) ^ 0x6a09_e667_f3bc_c908L);
    }

    /** The last eight bytes. */
    static long low(int lane, long pass, int trace) {
        return mixed(number(lane, pass, trace) ^ 0xbb67_ae85_84ca_a73bL);
    }

    private static long number(int lane, long pass, int trace) {
        return (long) lane << 56 ^ pass << 24 ^ trace;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom numbers). */
    private static long mixed(long number) {
        long mixed = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
