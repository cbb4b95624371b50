package io.tailrace.operators.pairing.waiting;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

import io.tailrace.operators.span.TraceId;

import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Gathers sides by key group, so that many go over the network as one record. All that wait must be
 * {@linkplain #handOn() handed on} before each barrier, before each watermark, and at the end.
 */
public final class SideBatches {

    /** A block is handed on with the side that makes it so large. */
    private static final int ENOUGH_BYTES = 8 << 10;

    private final SideBlock[] blocks;
    private final Consumer<SideBlock> out;

    /** The groups that may have sides. */
    private final BitSet filled = new BitSet();

    /**
     * @param maxParallelism of the operator that pairs them
     */
    public SideBatches(int maxParallelism, Consumer<SideBlock> out) {
        this.blocks = new SideBlock[maxParallelism];
        this.out = out;
    }

    /**
     * Adds a side whose payload is in an array.
     *
     * @param kind {@link Side#CALLER} or {@link Side#CALLEE}
     */
    public void add(
            int kind,
            long high,
            long low,
            long callId,
            long spanId,
            long arrival,
            byte[] payload,
            int from,
            int to) {
        int group =
                KeyGroupRangeAssignment.computeKeyGroupForKeyHash(
                        TraceId.hash(high, low), blocks.length);
        SideBlock block = blocks[group];
        if (block == null) {
            block = new SideBlock();
            blocks[group] = block;
        }
        filled.set(group);
        block.append(kind, high, low, callId, spanId, arrival, payload, from, to);
        if (block.length() >= ENOUGH_BYTES) {
            handOn(group);
        }
    }

    private void handOn(int group) {
        out.accept(blocks[group].trimmed());
        blocks[group].clear();
        filled.clear(group);
    }

    /** Hands on all. */
    public void handOn() {
        for (int group = filled.nextSetBit(0); group >= 0; group = filled.nextSetBit(group + 1)) {
            handOn(group);
        }
    }
}
