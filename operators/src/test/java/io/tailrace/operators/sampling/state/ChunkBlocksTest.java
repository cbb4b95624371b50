package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkBlocksTest {

    private static final TraceId ID = new TraceId(1, 2);

    /** Such as repeats itself, as attributes do. */
    private static TraceChunk chunk(int size, long arrival) {
        byte[] otlp = "http.method=GET ".repeat(size / 16 + 1).getBytes(StandardCharsets.UTF_8);
        byte[] cut = new byte[size];
        System.arraycopy(otlp, 0, cut, 0, size);
        return new TraceChunk(
                ID,
                arrival,
                cut,
                Evidence.unread(1, size),
                TraceChunk.UNREAD,
                new long[] {arrival, size});
    }

    private static DataOutputSerializer written(List<TraceChunk> chunks) throws IOException {
        ChunkLog log = new ChunkLog();
        long last = ChunkLog.NONE;
        for (TraceChunk chunk : chunks) {
            DataOutputSerializer head = new DataOutputSerializer(64);
            ChunkRecord.writeHead(chunk, head);
            last = log.append(last, head.getSharedBuffer(), head.length(), chunk.otlp());
        }
        DataOutputSerializer out = new DataOutputSerializer(64);
        new ChunkBlocks().write(last, chunks.size(), log, out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 480, 484, 485, 486, 487, 488, 489, 490, 495, 512, 2_000, 1 << 20})
    void givesBackChunksOfAnySize(int size) throws IOException {
        for (int count = 1; count <= 3; count++) {
            List<TraceChunk> chunks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                chunks.add(chunk(size, i));
            }
            DataOutputSerializer out = written(chunks);
            List<TraceChunk> read = new ArrayList<>();
            new ChunkBlocks()
                    .read(
                            ID,
                            new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()),
                            read);
            assertThat(read).isEqualTo(chunks);
            assertThat(out.length()).isLessThan(Math.max(600, count * size / 2));
        }
    }
}
