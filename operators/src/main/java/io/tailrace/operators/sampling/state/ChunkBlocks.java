package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Chunks of one trace, compressed together: what they repeat (resources, names, keys) is most of
 * them. A block is the size of its chunks, the size of what follows (0: they follow as they are),
 * and the bytes.
 */
final class ChunkBlocks {

    /** About so many bytes of chunks are compressed at a time. */
    static final int MOST_RAW = 1 << 20;

    /** Fewer bytes are not worth it: one span repeats little, and a dictionary costs as ever. */
    private static final int LEAST_COMPRESSED = 512;

    private static final int FIRST_BUFFER = 64 << 10;

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private DataOutputSerializer raw = new DataOutputSerializer(FIRST_BUFFER);
    private byte[] buffer = new byte[FIRST_BUFFER];
    private long[] addresses = new long[64];

    /**
     * Writes a chain of chunks.
     *
     * @param last the address of the last one in the log
     */
    void write(long last, int count, ChunkLog log, DataOutputSerializer out) throws IOException {
        if (addresses.length < count) {
            addresses = new long[Math.max(count, 2 * addresses.length)];
        }
        long address = last;
        for (int i = count - 1; i >= 0; i--) {
            addresses[i] = address;
            address = log.previous(address);
        }
        for (int i = 0; i < count; i++) {
            int length = log.length(addresses[i]);
            raw.write(log.array(addresses[i]), log.begin(addresses[i]), length);
            if (raw.length() >= MOST_RAW) {
                writeBlock(out);
            }
        }
        if (raw.length() > 0) {
            writeBlock(out);
        }
    }

    private void writeBlock(DataOutputSerializer out) throws IOException {
        int length = raw.length();
        int compressed = length < LEAST_COMPRESSED ? length : compress(length);
        Primitives.writeSize(length, out);
        if (compressed < length) {
            Primitives.writeSize(compressed, out);
            out.write(buffer, 0, compressed);
        } else {
            Primitives.writeSize(0, out);
            out.write(raw.getSharedBuffer(), 0, length);
        }
        raw.clear();
        shrink();
    }

    private int compress(int length) {
        ensureBuffer(compressor.maxCompressedLength(length));
        return compressor.compress(raw.getSharedBuffer(), 0, length, buffer, 0, buffer.length);
    }

    private void ensureBuffer(int length) {
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
    }

    /** One giant must not hold its size for ever. */
    private void shrink() {
        if (buffer.length > 4 * MOST_RAW) {
            buffer = new byte[FIRST_BUFFER];
        }
        if (raw.getSharedBuffer().length > 4 * MOST_RAW) {
            raw = new DataOutputSerializer(FIRST_BUFFER);
        }
    }

    /** Reads all blocks that are left in the input. */
    void read(TraceId id, DataInputDeserializer from, List<TraceChunk> chunks) throws IOException {
        while (from.available() > 0) {
            int length = Primitives.readSize(from);
            int compressed = Primitives.readSize(from);
            if (compressed == 0) {
                ensureBuffer(length);
                from.readFully(buffer, 0, length);
            } else {
                ensureBuffer(length + compressed);
                from.readFully(buffer, length, compressed);
                decompressor.decompress(buffer, length, compressed, buffer, 0, length);
            }
            in.setBuffer(buffer, 0, length);
            while (in.available() > 0) {
                chunks.add(ChunkRecord.read(id, in));
            }
            shrink();
        }
    }

    /** Adds the chunks of a chain in the log to a list, in the order they came. */
    void read(TraceId id, long last, ChunkLog log, List<TraceChunk> chunks) throws IOException {
        int first = chunks.size();
        for (long address = last; address != ChunkLog.NONE; address = log.previous(address)) {
            in.setBuffer(log.array(address), log.begin(address), log.length(address));
            chunks.add(ChunkRecord.read(id, in));
        }
        Collections.reverse(chunks.subList(first, chunks.size()));
    }
}
