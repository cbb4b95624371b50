package io.tailrace.operators.span.wire;

import java.util.Arrays;

/**
 * Finds entries by their keys' bytes, without making objects: open addressing, at most two thirds
 * full.
 *
 * @param <E> the entries
 */
public final class KeyTable<E extends KeyTable.Entry> {

    private static final int LEAST = 1024;

    private Entry[] places = new Entry[LEAST];
    private int size;

    /** What is found by its key. */
    public abstract static class Entry {

        private final byte[] key;
        private final long hash;

        /**
         * @param key all that was written
         */
        protected Entry(Utf8Builder key) {
            this.key = Arrays.copyOf(key.bytes(), key.length());
            this.hash = key.hash(0, key.length());
        }

        /** The key's length in bytes. */
        public int keyLength() {
            return key.length;
        }
    }

    /**
     * Null where it is not there.
     *
     * @param key all that was written
     */
    @SuppressWarnings("unchecked") // nothing else is added
    public E find(Utf8Builder key) {
        long hash = key.hash(0, key.length());
        int at = (int) hash & places.length - 1;
        for (Entry there = places[at]; there != null; there = places[at]) {
            if (there.hash == hash && key.holds(there.key, 0, key.length())) {
                return (E) there;
            }
            at = at + 1 & places.length - 1;
        }
        return null;
    }

    /** Adds one that is not there. */
    public void add(E entry) {
        if (3 * (size + 1) > 2 * places.length) {
            Entry[] former = places;
            places = new Entry[2 * former.length];
            for (Entry each : former) {
                if (each != null) {
                    place(each);
                }
            }
        }
        place(entry);
        size++;
    }

    private void place(Entry entry) {
        int at = (int) entry.hash & places.length - 1;
        while (places[at] != null) {
            at = at + 1 & places.length - 1;
        }
        places[at] = entry;
    }

    public void clear() {
        Arrays.fill(places, null);
        size = 0;
    }

    public int size() {
        return size;
    }
}
