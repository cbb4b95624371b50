package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of an open trace that is at rest: one array, small, and the same in memory and in state.
 * A byte of flags; the size of the head; the head, which is what is known of the trace and when its
 * spans arrived, where that is looked at; then its chunks in {@linkplain ChunkBlocks blocks}.
 */
final class FrozenTraces {

    private static final int CHUNKS_APART = 1;
    private static final int ARRIVALS = 2;
    private static final int HEAD = 1 + Integer.BYTES;

    private final ChunkBlocks blocks = new ChunkBlocks();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private DataOutputSerializer out = new DataOutputSerializer(4 << 10);

    /** A trace whose chunks are in states of their own, as they were before version 3. */
    static byte[] withChunksApart(OpenTrace trace) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        writeHead(trace, null, CHUNKS_APART, out);
        return out.getCopyOfBuffer();
    }

    /** Freezes a trace with all that came since it was frozen before. */
    byte[] freeze(ResidentTrace trace, ChunkLog log) {
        try {
            out.clear();
            writeHead(trace.now, trace.arrivals, 0, out);
            if (trace.frozen != null) {
                int from = blocksBegin(trace.frozen);
                out.write(trace.frozen, from, trace.frozen.length - from);
            }
            blocks.write(trace.lastRecord, trace.records, log, out);
            byte[] frozen = out.getCopyOfBuffer();
            // One giant must not hold its size for ever.
            if (frozen.length > ChunkBlocks.MOST_RAW) {
                out = new DataOutputSerializer(4 << 10);
            }
            return frozen;
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array can be written", impossible);
        }
    }

    private static void writeHead(
            OpenTrace trace, Map<Long, Long> arrivals, int flags, DataOutputSerializer out)
            throws IOException {
        out.writeByte(arrivals == null ? flags : flags | ARRIVALS);
        out.writeInt(0);
        OpenTraceFormat.write(trace, out);
        if (arrivals != null) {
            Primitives.writeSize(arrivals.size(), out);
            for (Map.Entry<Long, Long> arrival : arrivals.entrySet()) {
                out.writeLong(arrival.getKey());
                out.writeLong(arrival.getValue());
            }
        }
        out.writeIntUnsafe(out.length() - HEAD, 1);
    }

    private int blocksBegin(byte[] frozen) throws IOException {
        in.setBuffer(frozen, 1, Integer.BYTES);
        return HEAD + in.readInt();
    }

    /** What is known of a trace. */
    OpenTrace open(byte[] frozen) {
        try {
            in.setBuffer(frozen, HEAD, frozen.length - HEAD);
            return OpenTraceFormat.read(in);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }

    /** Takes up again what was frozen, but for the chunks. */
    void thaw(ResidentTrace trace) {
        trace.now = open(trace.frozen);
        if ((trace.frozen[0] & ARRIVALS) == 0) {
            return;
        }
        try {
            int size = Primitives.readSize(in);
            Map<Long, Long> arrivals = new HashMap<>();
            for (int i = 0; i < size; i++) {
                arrivals.put(in.readLong(), in.readLong());
            }
            trace.arrivals = arrivals;
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }

    boolean hasChunksApart(byte[] frozen) {
        return (frozen[0] & CHUNKS_APART) != 0;
    }

    /** Adds the chunks of a chain in the log to a list, in the order they came. */
    void addChunks(TraceId id, long lastRecord, ChunkLog log, List<TraceChunk> chunks) {
        try {
            blocks.read(id, lastRecord, log, chunks);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A record can be read", impossible);
        }
    }

    /** Adds all chunks to a list, in the order they came. */
    void addChunks(TraceId id, byte[] frozen, List<TraceChunk> chunks) {
        try {
            int from = blocksBegin(frozen);
            in.setBuffer(frozen, from, frozen.length - from);
            blocks.read(id, in, chunks);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }
}
