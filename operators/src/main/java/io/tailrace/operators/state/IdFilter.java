package io.tailrace.operators.state;

import io.tailrace.operators.span.TraceId;

import java.util.Arrays;

/**
 * Tells of most ids that were never added that they were not, and of every id that was added that
 * it may have been: a Bloom filter whose bits of one id are all within 64 bytes, as Putze, Sanders
 * and Singler describe it in "Cache-, Hash- and Space-Efficient Bloom Filters" (2007).
 *
 * <p>It takes two bytes an id. Where more come than it was made for, it gets a layer as large as
 * all before, so up to half of it may be empty, and about one unknown id in a thousand passes each
 * layer that is full.
 */
public final class IdFilter {

    private static final int LONGS_PER_LINE = 8;
    private static final int IDS_PER_LINE = 32;
    private static final long MOST_PER_LAYER = 1L << 30;

    /** Nine bits of a hash say which bit of a line. */
    private static final int PROBES = 7;

    private static final int BITS_PER_PROBE = 9;

    private final long salt;
    private long[][] layers = {};
    private long ids;
    private long room;

    /**
     * @param salt one for filters that are asked of the same ids, that they do not err together
     * @param expected how many ids the first layer has room for, 1 or more
     */
    public IdFilter(long salt, long expected) {
        this.salt = salt;
        addLayer(expected);
    }

    /** What filters know an id by. Users may give ids in sequence, so all bits are mixed. */
    public static long hash(TraceId id) {
        return mix(mix(id.high()) + id.low());
    }

    /** The finalizer of SplitMix64: each bit of the input changes half of those of the output. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private void addLayer(long capacity) {
        int lines = (int) ((Math.min(capacity, MOST_PER_LAYER) + IDS_PER_LINE - 1) / IDS_PER_LINE);
        layers = Arrays.copyOf(layers, layers.length + 1);
        layers[layers.length - 1] = new long[lines * LONGS_PER_LINE];
        room = (long) lines * IDS_PER_LINE;
    }

    public void add(long hash) {
        if (room == 0) {
            addLayer(ids);
        }
        room--;
        ids++;
        long place = mix(hash + salt);
        long[] layer = layers[layers.length - 1];
        int line = line(place, layer);
        long probes = mix(place);
        for (int i = 0; i < PROBES; i++) {
            layer[line + (int) (probes >>> 6 & 7)] |= 1L << probes;
            probes >>>= BITS_PER_PROBE;
        }
    }

    public boolean mayContain(long hash) {
        long place = mix(hash + salt);
        for (int i = layers.length - 1; i >= 0; i--) {
            if (contains(layers[i], place)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(long[] layer, long place) {
        int line = line(place, layer);
        long probes = mix(place);
        for (int i = 0; i < PROBES; i++) {
            if ((layer[line + (int) (probes >>> 6 & 7)] & 1L << probes) == 0) {
                return false;
            }
            probes >>>= BITS_PER_PROBE;
        }
        return true;
    }

    /** Where the id's line begins: the upper half of its place, as a part of all lines. */
    private static int line(long place, long[] layer) {
        long lines = layer.length / LONGS_PER_LINE;
        return (int) ((place >>> 32) * lines >>> 32) * LONGS_PER_LINE;
    }

    /** How often an id was added. */
    public long ids() {
        return ids;
    }

    public long bytes() {
        long longs = 0;
        for (long[] layer : layers) {
            longs += layer.length;
        }
        return longs * Long.BYTES;
    }
}
