package io.tailrace.operators.pairing.waiting;

/** Brings sides that state has into memory, but those that are there. */
final class SideLoader {

    private final WaitTime time;
    private final SideSlices slices;
    private final SideMemory memory;
    private final ResidentSides resident;
    private final SideLog log;
    private final SideWriter writer;

    SideLoader(
            WaitTime time,
            SideSlices slices,
            SideMemory memory,
            ResidentSides resident,
            SideLog log,
            SideWriter writer) {
        this.time = time;
        this.slices = slices;
        this.memory = memory;
        this.resident = resident;
        this.log = log;
        this.writer = writer;
    }

    /** Brings what state has of a slice. */
    void load(SideSlice slice) throws Exception {
        writer.write(slice);
        for (int group = 0; group < log.groups(); group++) {
            log.read(
                    slice,
                    group,
                    side -> {
                        if (endOf(side) == slice.end()) {
                            enter(slice, side);
                        }
                    },
                    this::pair);
        }
        slice.setWritten();
    }

    /** Moves what an earlier run, with another wait, had put into a slice to where it is due. */
    void move(SideSlice from) throws Exception {
        for (int group = 0; group < log.groups(); group++) {
            int place = group;
            log.read(
                    from,
                    place,
                    side -> {
                        long end = endOf(side);
                        if (end != from.end() && enter(slices.endingAt(end), side)) {
                            log.end(from, place, side);
                        }
                    },
                    this::pair);
        }
    }

    /** Takes what state alone has of a call from a slice. */
    void take(SideSlice slice, Side ofCall) throws Exception {
        int group = log.group(ofCall);
        log.read(
                slice,
                group,
                side -> {
                    if (isOfSameCall(side, ofCall) && enter(slice, side)) {
                        log.end(slice, group, side);
                    }
                },
                caller -> {
                    if (isOfSameCall(caller, ofCall)) {
                        pair(caller);
                    }
                });
    }

    private static boolean isOfSameCall(Side side, Side other) {
        return side.callId() == other.callId()
                && side.traceIdLow() == other.traceIdLow()
                && side.traceIdHigh() == other.traceIdHigh();
    }

    private long endOf(Side side) {
        return time.endOf(time.deadline(side.arrival()));
    }

    /** Whether it was not there yet. */
    private boolean enter(SideSlice slice, Side side) {
        long traceHash = resident.traceHash(side);
        long callHash = ResidentSides.callHash(traceHash, side);
        int place = resident.find(callHash, side);
        boolean missing = !resident.isThere(side, place);
        if (missing) {
            resident.insert(slice, side, place, traceHash, callHash);
        }
        return missing;
    }

    /**
     * @param caller with the span's id of the callee that it is paired with
     */
    private void pair(Side caller) {
        long callHash = ResidentSides.callHash(resident.traceHash(caller), caller);
        int first = resident.first(resident.find(callHash, caller));
        if (resident.isCaller(first) && !memory.notes().isPaired(first, caller.spanId())) {
            memory.notes().addPaired(first, caller.spanId());
        }
    }
}
