package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.KeyGroupKeys;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Waiting sides in keyed state: a log for each slice of time and key group, which is a list of
 * {@linkplain SideBlock blocks}. A side is some bytes in a block, so that writing one costs about
 * as much as copying it, and all of a slice are dropped at once when it is over.
 *
 * <p>Beside sides a log says what became of them, with no payload: that a callee is paired with a
 * caller, which waits on; that one side waits no longer; and that all that arrived up to then wait
 * no longer, which comes first in its block.
 */
final class SideLog {

    /** The kind of an entry that a callee is paired with the caller that the entry is of. */
    static final int PAIRED = SideNotes.PAIRED;

    /** Added to the kind of the side that ended. */
    static final int ENDED = 1 << 4;

    /** The kind of an entry that all that arrived up to then wait no longer. */
    static final int ALL_TOLD = 5;

    private static final ListStateDescriptor<SideBlock> BLOCKS =
            new ListStateDescriptor<>("side-blocks", SideBlock.STORED);

    private final KeyedStateBackend<TraceId> backend;
    private final SideMemory memory;
    private final KeyGroupKeys groups;
    private final SideBlock[] filling;
    private final Side view = new Side();

    SideLog(KeyedStateBackend<TraceId> backend, TaskInfo task, SideMemory memory) {
        this.backend = backend;
        this.memory = memory;
        this.groups = new KeyGroupKeys(task);
        this.filling = new SideBlock[groups.size()];
    }

    /** Sees which logs there are. */
    interface Lists {
        /**
         * @param end of the slice
         * @param group its place
         */
        void list(long end, int group) throws Exception;
    }

    void forEachList(Lists reader) throws Exception {
        List<Tuple2<TraceId, Long>> lists;
        try (Stream<Tuple2<TraceId, Long>> all = backend.getKeysAndNamespaces(BLOCKS.getName())) {
            lists = all.toList();
        }
        for (Tuple2<TraceId, Long> list : lists) {
            reader.list(list.f1, groups.indexOf(list.f0));
        }
    }

    /** The place of the key group of a side's trace among those of this subtask. */
    int group(Side side) {
        return groups.indexOf(side.traceIdHigh(), side.traceIdLow());
    }

    /** Whether this subtask has the traces of its key group. */
    boolean isOfThis(Side side) {
        int group = group(side);
        return group >= 0 && group < groups.size();
    }

    int groups() {
        return groups.size();
    }

    /**
     * Writes what a slice got since it was last written. Changes the current key.
     *
     * @param told up to when those arrived that wait no longer
     */
    void write(SideSlice slice, long told) throws Exception {
        boolean more = told > slice.toldUntil();
        if (!more && !slice.isUnwritten()) {
            return;
        }
        if (more) {
            slice.toldUntil(told);
            slice.lists().stream().forEach(group -> fill(group).append(ALL_TOLD, 0, 0, 0, 0, told));
        }
        memory.forEachUnwritten(slice, this::append);
        for (int group = 0; group < filling.length; group++) {
            if (filling[group] != null && filling[group].length() > 0) {
                list(slice, group).add(filling[group].trimmed());
                filling[group].clear();
                slice.lists().set(group);
            }
        }
        slice.setWritten();
    }

    private SideBlock fill(int group) {
        if (filling[group] == null) {
            filling[group] = SideBlock.forState();
        }
        return filling[group];
    }

    private void append(int address) {
        int kind = memory.kind(address);
        switch (kind) {
            case Side.CALLER, Side.CALLEE -> {
                if (!memory.isGone(address)) {
                    memory.view(address, view);
                    fill(group(view)).append(view);
                }
            }
            case SideNotes.PAIRED -> {
                int caller = memory.notes().sideOf(address);
                if (!memory.isGone(caller)) {
                    memory.view(caller, view);
                    append(fill(group(view)), PAIRED, view, memory.notes().spanId(address));
                }
            }
            case SideNotes.ENDED -> {
                int side = memory.notes().sideOf(address);
                memory.view(side, view);
                append(fill(group(view)), ENDED | memory.kind(side), view, view.spanId());
            }
            default -> throw new IllegalStateException("No kind of entry: " + kind);
        }
    }

    private static void append(SideBlock block, int kind, Side of, long spanId) {
        block.append(kind, of.traceIdHigh(), of.traceIdLow(), of.callId(), spanId, of.arrival());
    }

    /** Writes at once that a side, which only state has, waits there no longer. */
    void end(SideSlice slice, int group, Side side) throws Exception {
        SideBlock block = new SideBlock();
        append(block, ENDED | side.kind(), side, side.spanId());
        list(slice, group).add(block.trimmed());
    }

    /**
     * Shows what still waits of the sides in a log. Changes the current key.
     *
     * @param paired sees callers, without payloads, each with the span's id of a callee that it is
     *     paired with
     */
    void read(SideSlice slice, int group, SideBlock.Reader sides, SideBlock.Reader paired)
            throws Exception {
        if (!slice.lists().get(group)) {
            return;
        }
        List<SideBlock> blocks = new ArrayList<>();
        list(slice, group).get().forEach(blocks::add);
        EndedSides ended = new EndedSides();
        Side entry = new Side();
        for (SideBlock block : blocks) {
            block.forEach(entry, ended::add);
        }
        ended.rewind();
        for (SideBlock block : blocks) {
            block.forEach(
                    entry,
                    each -> {
                        if (ended.isEnded(each)) {
                            return;
                        }
                        if (each.kind() == PAIRED) {
                            paired.side(each);
                        } else if (each.kind() == Side.CALLER || each.kind() == Side.CALLEE) {
                            sides.side(each);
                        }
                    });
        }
    }

    /** Drops all that state has of a slice. Changes the current key. */
    void drop(SideSlice slice) throws Exception {
        for (int group = slice.lists().nextSetBit(0);
                group >= 0;
                group = slice.lists().nextSetBit(group + 1)) {
            list(slice, group).clear();
        }
    }

    /** The list of a key group, whose key becomes the current one. */
    private ListState<SideBlock> list(SideSlice slice, int group) throws Exception {
        backend.setCurrentKey(groups.key(group));
        return backend.getPartitionedState(slice.end(), LongSerializer.INSTANCE, BLOCKS);
    }
}
