package io.tailrace.operators.span.wire;

import java.util.Arrays;

/** A growing list of fields of a message: where each one's tag, content and end are. */
final class Fields {

    private int[] places = new int[3 * 16];
    private int size;

    void clear() {
        size = 0;
    }

    /** Forgets all from {@code size} on. */
    void cutTo(int size) {
        this.size = size;
    }

    void add(WireReader reader) {
        if (3 * size == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[3 * size] = reader.start();
        places[3 * size + 1] = reader.from();
        places[3 * size + 2] = reader.to();
        size++;
    }

    int size() {
        return size;
    }

    /** Where the tag of field {@code i} begins. */
    int start(int i) {
        return places[3 * i];
    }

    /** Where its content begins, if it is length-delimited. */
    int from(int i) {
        return places[3 * i + 1];
    }

    int to(int i) {
        return places[3 * i + 2];
    }
}
