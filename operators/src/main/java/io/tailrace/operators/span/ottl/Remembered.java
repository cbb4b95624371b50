package io.tailrace.operators.span.ottl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers what was made of the keys seen last, such as patterns that come with the spans. */
final class Remembered<K, V> {

    private static final int MOST = 128;

    /** Longer ones hardly come again, and would make what is remembered large. */
    private static final int MOST_LENGTH = 512;

    private final Function<K, V> make;
    private final Map<K, V> made = new LeastRecentlyUsed<>();

    Remembered(Function<K, V> make) {
        this.make = make;
    }

    V of(K key) {
        V value = made.get(key);
        if (value == null) {
            value = make.apply(key);
            if (key.toString().length() <= MOST_LENGTH) {
                made.put(key, value);
            }
        }
        return value;
    }

    int size() {
        return made.size();
    }

    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }
}
