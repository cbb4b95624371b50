package io.tailrace.operators.pairing.waiting;

/**
 * Which sides of a slice are due at which millisecond: in order those that it had when the first of
 * them was due, and linked by millisecond those that came later. A millisecond's place is counted
 * from 0 on; the last one is that of the slice's end.
 */
final class DueOrder {

    private final long end;

    /** By place the first one of those that came later. */
    private final int[] first;

    /** The others in the order of their places. */
    private final int[] ordered;

    /** By place where in {@link #ordered} its sides begin; the last is where they end. */
    private final int[] begins;

    private int next;

    /**
     * @param counts how many of those that are put in order there are, by place
     */
    private DueOrder(long end, int[] counts) {
        this.end = end;
        first = new int[counts.length];
        begins = new int[counts.length + 1];
        for (int place = 0; place < counts.length; place++) {
            begins[place + 1] = begins[place] + counts[place];
        }
        ordered = new int[begins[counts.length]];
    }

    /** Puts in order what a slice has in memory. */
    static DueOrder of(SideSlice slice, WaitTime time, ResidentSides resident) throws Exception {
        int[] left = new int[Math.toIntExact(time.sliceMillis())];
        resident.forEach(
                slice,
                address -> left[place(resident.deadline(address), slice.end(), left.length)]++);
        DueOrder order = new DueOrder(slice.end(), left);
        resident.forEach(
                slice,
                address -> {
                    int place = order.place(resident.deadline(address));
                    order.ordered[order.begins[place + 1] - left[place]--] = address;
                });
        return order;
    }

    private static int place(long deadline, long end, int places) {
        return (int) (deadline - end) + places - 1;
    }

    /** The place of a millisecond in this slice. */
    int place(long deadline) {
        return place(deadline, end, first.length);
    }

    /** Adds one that came later; to its millisecond time goes back if need be. */
    void add(SideMemory memory, long deadline, int address) {
        int place = place(deadline);
        memory.nextDue(address, first[place]);
        first[place] = address;
        next = Math.min(next, place);
    }

    /** Of those in order, where in {@link #at} a place's begin, and those before it end. */
    int begin(int place) {
        return begins[place];
    }

    int at(int index) {
        return ordered[index];
    }

    /** Takes those of a place that came later; gives the first of them. */
    int take(int place) {
        int taken = first[place];
        first[place] = SideMemory.NONE;
        return taken;
    }

    /** The least place that time has not reached. */
    int next() {
        return next;
    }

    void next(int place) {
        next = place;
    }
}
