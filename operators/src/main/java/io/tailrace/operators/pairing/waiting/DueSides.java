package io.tailrace.operators.pairing.waiting;

/** Ends the wait of sides that are due, and tells those by themselves that were never paired. */
final class DueSides {

    private final WaitTime time;
    private final SideMemory memory;
    private final ResidentSides resident;
    private final PairListener listener;
    private final ReadAhead ahead;
    private final int[] gathered = new int[ReadAhead.SIDES];
    private final Side side = new Side();

    DueSides(WaitTime time, SideMemory memory, ResidentSides resident, PairListener listener) {
        this.time = time;
        this.memory = memory;
        this.resident = resident;
        this.listener = listener;
        this.ahead = new ReadAhead(resident, memory);
    }

    /** Ends the wait of those of an open slice that are due by now. */
    void tell(SideSlice slice) {
        DueOrder due = slice.due();
        int last = due.place(Math.min(slice.end(), time.watermark()));
        int count = 0;
        for (int place = due.next(); place <= last; place++) {
            for (int at = due.begin(place); at < due.begin(place + 1); at++) {
                count = gather(count, due.at(at));
            }
            for (int next = due.take(place); next != SideMemory.NONE; next = memory.nextDue(next)) {
                count = gather(count, next);
            }
            due.next(place + 1);
        }
        tellGathered(count);
    }

    /** Gathers sides, and tells as many as are read ahead. */
    private int gather(int count, int address) {
        gathered[count] = address;
        if (count + 1 < ReadAhead.SIDES) {
            return count + 1;
        }
        tellGathered(ReadAhead.SIDES);
        return 0;
    }

    private void tellGathered(int all) {
        ahead.touch(gathered, all);
        int count = 0;
        for (int i = 0; i < all; i++) {
            if (!memory.isGone(gathered[i])) {
                gathered[count] = gathered[i];
                memory.view(gathered[i], side);
                ahead.set(count++, side);
            }
        }
        ahead.touch(count);
        for (int i = 0; i < count; i++) {
            tell(gathered[i], ahead.traceHash(i), ahead.callHash(i));
        }
    }

    private void tell(int address, long traceHash, long callHash) {
        memory.view(address, side);
        resident.remove(address, traceHash, callHash, side);
        if (!resident.isCaller(address) || !memory.notes().isPaired(address)) {
            listener.alone(side);
        }
    }
}
