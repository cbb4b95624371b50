package io.tailrace.operators.pairing.waiting;

/** Writes slices to the log: all of them for a snapshot, and some ahead of it. */
final class SideWriter {

    private final WaitTime time;
    private final SideSlices slices;
    private final SideLog log;

    SideWriter(WaitTime time, SideSlices slices, SideLog log) {
        this.time = time;
        this.slices = slices;
        this.log = log;
    }

    /** Writes what only memory has of a slice. */
    void write(SideSlice slice) throws Exception {
        log.write(slice, slice.isOpen() ? time.told() : Long.MIN_VALUE);
    }

    void writeAll() throws Exception {
        for (SideSlice slice : slices.all()) {
            write(slice);
        }
    }

    /**
     * Writes the first slice that gets no more sides, ends after a time, and is mostly unwritten.
     */
    void writeAhead(long then) throws Exception {
        for (SideSlice slice : slices.endingAfter(then)) {
            if (slice.end() > time.deadline(time.watermark())) {
                return;
            }
            if (slice.isMostlyUnwritten()) {
                write(slice);
                return;
            }
        }
    }
}
