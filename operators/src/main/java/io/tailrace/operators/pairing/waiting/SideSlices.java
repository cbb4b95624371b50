package io.tailrace.operators.pairing.waiting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The slices of time in which sides are due, by their ends. Each is made when it is asked for. */
final class SideSlices {

    private static final int RECENT = 32;

    private final WaitTime time;
    private final TreeMap<Long, SideSlice> byEnd = new TreeMap<>();

    /** Slices used of late, each where the number of its end says. */
    private final SideSlice[] recent = new SideSlice[RECENT];

    /** The one of them that was used last; null where there is none. */
    private SideSlice latest;

    SideSlices(WaitTime time) {
        this.time = time;
    }

    /** That in which is due what arrived at a time. */
    SideSlice of(long arrival) {
        long deadline = time.deadline(arrival);
        if (latest == null
                || deadline > latest.end()
                || deadline <= latest.end() - time.sliceMillis()) {
            latest = endingAt(time.endOf(deadline));
        }
        return latest;
    }

    SideSlice endingAt(long end) {
        int place = (int) (end / time.sliceMillis()) & RECENT - 1;
        SideSlice there = recent[place];
        if (there == null || there.end() != end) {
            there = byEnd.computeIfAbsent(end, SideSlice::new);
            recent[place] = there;
        }
        return there;
    }

    /** Null where there is none. */
    SideSlice first() {
        return valueOf(byEnd.firstEntry());
    }

    /** The first that ends later than another; null where there is none. */
    SideSlice after(SideSlice slice) {
        return valueOf(byEnd.higherEntry(slice.end()));
    }

    private static SideSlice valueOf(Map.Entry<Long, SideSlice> entry) {
        return entry == null ? null : entry.getValue();
    }

    void remove(SideSlice slice) {
        byEnd.remove(slice.end());
        Arrays.fill(recent, null);
        latest = null;
    }

    /** All of them, the first to end first. */
    Collection<SideSlice> all() {
        return byEnd.values();
    }

    /** Those that end later than a time. */
    Collection<SideSlice> endingAfter(long then) {
        return byEnd.tailMap(then, false).values();
    }

    /** Those that there are now, the last to end first. */
    List<SideSlice> latestFirst() {
        return new ArrayList<>(byEnd.descendingMap().values());
    }

    int size() {
        return byEnd.size();
    }
}
