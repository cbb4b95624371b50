package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of an open trace that is at rest: one array, small, and the same in memory and in state.
 * A byte of flags; the size of the head; the head, which is what is known of the trace and when its
 * spans arrived, where that is looked at; then its chunks in {@linkplain ChunkBlocks blocks}.
 */
final class FrozenTraces {

    private static final int ARRIVALS = 1;
    private static final int HEAD = 1 + Integer.BYTES;
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final ChunkLog log;
    private final ChunkBlocks blocks = new ChunkBlocks();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private DataOutputSerializer out = new DataOutputSerializer(4 << 10);

    /**
     * @param log where frozen traces are
     */
    FrozenTraces(ChunkLog log) {
        this.log = log;
    }

    /**
     * Freezes a trace with all that came since it was frozen before.
     *
     * @return where it is now
     */
    long freeze(ResidentTrace trace, ChunkLog chunks) {
        try {
            out.clear();
            writeHead(trace.now, trace.arrivals, out);
            if (trace.frozen != ChunkLog.NONE) {
                int from = blocksBegin(trace);
                int end = log.begin(trace.frozen) + log.length(trace.frozen);
                out.write(log.array(trace.frozen), from, end - from);
            }
            blocks.write(trace.lastRecord, trace.records, chunks, out);
            long address = log.append(ChunkLog.NONE, out.getSharedBuffer(), out.length());
            // One giant must not hold its size for ever.
            if (out.length() > ChunkBlocks.MOST_RAW) {
                out = new DataOutputSerializer(4 << 10);
            }
            return address;
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array can be written", impossible);
        }
    }

    private static void writeHead(
            OpenTrace trace, Map<Long, Long> arrivals, DataOutputSerializer out)
            throws IOException {
        out.writeByte(arrivals == null ? 0 : ARRIVALS);
        out.writeInt(0);
        OpenTraceHead.write(trace, out);
        if (arrivals != null) {
            Primitives.writeSize(arrivals.size(), out);
            for (Map.Entry<Long, Long> arrival : arrivals.entrySet()) {
                out.writeLong(arrival.getKey());
                out.writeLong(arrival.getValue());
            }
        }
        out.writeIntUnsafe(out.length() - HEAD, 1);
    }

    private int blocksBegin(ResidentTrace trace) {
        int begin = log.begin(trace.frozen);
        return begin + headSize(log.array(trace.frozen), begin);
    }

    /** How many bytes there are before the chunks of a frozen trace. */
    static int headSize(byte[] frozen, int begin) {
        return HEAD + (int) INTS.get(frozen, begin + 1);
    }

    /** What is known of a trace that state has. */
    static OpenTrace open(byte[] frozen) {
        try {
            return OpenTraceHead.read(
                    new DataInputDeserializer(frozen, HEAD, frozen.length - HEAD));
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }

    /** Takes up again what was frozen, but for the chunks. */
    void thaw(ResidentTrace trace) {
        byte[] array = log.array(trace.frozen);
        int begin = log.begin(trace.frozen);
        try {
            in.setBuffer(array, begin + HEAD, log.length(trace.frozen) - HEAD);
            trace.now = OpenTraceHead.read(in);
            if ((array[begin] & ARRIVALS) != 0) {
                trace.arrivals = readArrivals();
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }

    private Map<Long, Long> readArrivals() throws IOException {
        int size = Primitives.readSize(in);
        Map<Long, Long> arrivals = new HashMap<>();
        for (int i = 0; i < size; i++) {
            arrivals.put(in.readLong(), in.readLong());
        }
        return arrivals;
    }

    /** Adds the chunks of a chain in the log to a list, in the order they came. */
    void addChunks(TraceId id, long lastRecord, ChunkLog chunkLog, List<TraceChunk> chunks) {
        try {
            blocks.read(id, lastRecord, chunkLog, chunks);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A record can be read", impossible);
        }
    }

    /** Adds the frozen chunks of a trace to a list, in the order they came. */
    void addChunks(ResidentTrace trace, List<TraceChunk> chunks) {
        try {
            int from = blocksBegin(trace);
            int end = log.begin(trace.frozen) + log.length(trace.frozen);
            in.setBuffer(log.array(trace.frozen), from, end - from);
            blocks.read(trace.id(), in, chunks);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A trace cannot be read", damaged);
        }
    }
}
