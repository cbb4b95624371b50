package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Blocks of decisions as state holds them. */
public final class DecisionBlocks {

    private DecisionBlocks() {}

    /** One that has these decisions, and that a trace is forgotten. */
    public static DecisionBlock of(TraceId forgotten, DecidedTrace... decisions) {
        DecisionBlock block = new DecisionBlock();
        for (DecidedTrace decided : decisions) {
            append(block, decided.record().traceId(), decided);
        }
        append(block, forgotten, null);
        return block.trimmed();
    }

    static void append(DecisionBlock block, TraceId id, DecidedTrace decided) {
        DataOutputSerializer entry = new DataOutputSerializer(64);
        try {
            DecisionBlock.writeEntry(id, decided, new DecidedTraceSerializer(), entry);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        block.append(entry.getSharedBuffer(), entry.length());
    }
}
