package io.tailrace.jobs.source.file;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.settings.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes of files, record by record. */
class FileReaderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(9_000), ZoneOffset.UTC);
    private static final int MOST_BYTES = 1 << 20;

    @TempDir private Path folder;

    @Test
    void arrivalIsTheLatestEndSoFarInWholeMillisecondsRoundedDown() throws Exception {
        Path file =
                write("a.jsonl", line(1_000_999_999L) + line(500_000_000L) + line(1_500_000_000L));
        assertThat(read(file, Encoding.OTLP_JSON).arrivals())
                .containsExactly(1_000L, 1_000L, 1_500L);
    }

    @Test
    void anEndAfterTheWallClockDoesNotMoveTime() throws Exception {
        Path file =
                write(
                        "a.jsonl",
                        line(2_000_000_000L) + line(9_001_000_000L) + line(9_000_999_999L));
        assertThat(read(file, Encoding.OTLP_JSON).arrivals())
                .containsExactly(2_000L, 2_000L, 9_000L);
    }

    @Test
    void timeAtTheEndIsJustBeforeTheLastArrival() throws Exception {
        Path file = write("a.jsonl", line(2_000_000_000L));
        assertThat(read(file, Encoding.OTLP_JSON).watermark).isEqualTo(1_999L);
    }

    @Test
    void emptyLinesAreCountedButAreNoRequests() throws Exception {
        Path file =
                write(
                        "a.jsonl",
                        "\n" + line(1_000_000L) + "  \r\n" + line(2_000_000L).stripTrailing());
        assertThat(read(file, Encoding.OTLP_JSON).requests)
                .extracting(request -> request.origin().offset())
                .containsExactly(2L, 4L);
    }

    @Test
    void aFoldersFilesAreReadByNameButForThoseThatBeginWithADot() throws Exception {
        write("b.jsonl", line(3_000_000L));
        Files.write(folder.resolve("a.jsonl.gz"), gzip(line(1_000_000L) + line(2_000_000L)));
        write(".unfinished", line(4_000_000L));
        Files.createDirectory(folder.resolve("c"));
        Output output = read(folder, Encoding.OTLP_JSON);
        assertThat(output.arrivals()).containsExactly(1L, 2L, 3L);
        assertThat(output.requests.get(0).origin().topic()).endsWith("a.jsonl.gz");
        assertThat(output.requests.get(2).origin().offset()).isEqualTo(1L);
    }

    @Test
    void lengthDelimitedProtobufIsReadInBothWays() throws Exception {
        ByteArrayOutputStream varints = new ByteArrayOutputStream();
        ByteArrayOutputStream fourBytes = new ByteArrayOutputStream();
        for (long end : new long[] {1_000_000L, 2_000_000L}) {
            request(end).writeDelimitedTo(varints);
            byte[] bytes = request(end).toByteArray();
            new DataOutputStream(fourBytes).writeInt(bytes.length);
            fourBytes.writeBytes(bytes);
        }
        for (ByteArrayOutputStream each : List.of(varints, fourBytes)) {
            Path file = Files.write(folder.resolve("spans.bin"), each.toByteArray());
            Output output = read(file, Encoding.OTLP_PROTO);
            assertThat(output.arrivals()).containsExactly(1L, 2L);
            assertThat(output.requests.get(1).payload())
                    .isEqualTo(request(2_000_000L).toByteArray());
        }
    }

    @Test
    void aDelimitedFileThatIsCutOffEndsInADeadLetter() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        request(1_000_000L).writeDelimitedTo(out);
        request(2_000_000L).writeDelimitedTo(out);
        byte[] whole = out.toByteArray();
        for (int length = whole.length / 2 + 1; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("x.bin"), Arrays.copyOf(whole, length));
            Output output = read(file, Encoding.OTLP_PROTO);
            assertThat(output.reasons()).containsExactly(DeadLetter.Reason.MALFORMED_PROTOBUF);
            assertThat(output.requests).hasSize(2);
        }
    }

    @Test
    void aGzipFileThatIsCutOffEndsInADeadLetterAndTheNextFileIsRead() throws Exception {
        byte[] whole = gzip(line(1_000_000L).repeat(50_000));
        Files.write(folder.resolve("a.gz"), Arrays.copyOf(whole, whole.length - 20));
        write("b", line(5_000_000L));
        Output output = read(folder, Encoding.OTLP_JSON);
        assertThat(output.reasons()).containsExactly(DeadLetter.Reason.UNREADABLE_FILE);
        assertThat(output.requests.get(output.requests.size() - 1).arrival()).isEqualTo(5L);
    }

    @Test
    void aGzipFileThatIsCutOffAnywhereIsOneDeadLetterAndTheNextFileIsRead() throws Exception {
        byte[] whole = gzip(line(1_000_000L));
        write("b", line(5_000_000L));
        for (int length = 2; length < whole.length; length++) {
            Files.write(folder.resolve("a.gz"), Arrays.copyOf(whole, length));
            Output output = read(folder, Encoding.OTLP_JSON);
            assertThat(output.reasons())
                    .as("%d bytes", length)
                    .containsExactly(DeadLetter.Reason.UNREADABLE_FILE);
            assertThat(output.requests.get(output.requests.size() - 1).arrival()).isEqualTo(5L);
        }
    }

    @Test
    void nothingIsReadBehindALengthThatIsNone() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        request(1_000_000L).writeDelimitedTo(out);
        for (int i = 0; i < 10; i++) {
            out.write(0xff);
        }
        request(2_000_000L).writeDelimitedTo(out);
        Path file = Files.write(folder.resolve("x.bin"), out.toByteArray());
        Output output = read(file, Encoding.OTLP_PROTO);
        assertThat(output.requests).hasSize(2);
        assertThat(output.reasons()).containsExactly(DeadLetter.Reason.MALFORMED_PROTOBUF);
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        Path file = write("a", "\ufeff" + line(1_000_000L));
        assertThat(read(file, Encoding.OTLP_JSON).arrivals()).containsExactly(1L);
    }

    @Test
    void aRecordThatIsTooLargeIsADeadLetterOfItsBeginningAndTrueSize() throws Exception {
        Path file = write("a", "x".repeat(MOST_BYTES + 1) + "\n" + line(1_000_000L));
        Output output = read(file, Encoding.OTLP_JSON);
        DeadLetter letter = output.requests.get(0).rejects().get(0);
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.RECORD_TOO_LARGE);
        assertThat(letter.payloadBytes()).isEqualTo(MOST_BYTES + 1);
        assertThat(letter.payload()).hasSize(DeadLetter.MOST_PAYLOAD);
        assertThat(letter.truncated()).isTrue();
        assertThat(output.requests.get(1).arrival()).isEqualTo(1L);
    }

    @Test
    void aSpanThatCannotBeUsedDoesNotMoveTime() throws Exception {
        String bad =
                line(8_000_000_000L).replace("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "0".repeat(32));
        Path file = write("a", line(1_000_000_000L) + bad);
        assertThat(read(file, Encoding.OTLP_JSON).arrivals()).containsExactly(1_000L, 1_000L);
    }

    @Test
    void aCheckpointAfterAnyRecordGoesOnWithTheNextAndItsArrival() throws Exception {
        write("a", line(5_000_000_000L) + "\n" + line(1_000_000_000L));
        write("b", line(2_000_000_000L) + line(6_000_000_000L));
        List<SpanRequest> whole = read(folder, Encoding.OTLP_JSON).requests;
        for (int polls = 0; polls < 8; polls++) {
            Output output = new Output();
            FileReader first =
                    reader(folder, Encoding.OTLP_JSON, FileSplit.of(SpanFiles.in(folder)));
            for (int i = 0; i < polls; i++) {
                first.pollNext(output);
            }
            List<FileSplit> checkpoint = first.snapshotState(1);
            first.close();
            if (!checkpoint.isEmpty()) {
                FileSplitSerializer serializer = new FileSplitSerializer();
                FileSplit restored =
                        serializer.deserialize(
                                serializer.getVersion(), serializer.serialize(checkpoint.get(0)));
                drain(reader(folder, Encoding.OTLP_JSON, restored), output);
            }
            assertThat(output.requests).as("after %d polls", polls).isEqualTo(whole);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String line(long end) {
        return """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",\
        "spanId":"0b0b0b0b0b0b0b0b","endTimeUnixNano":"%d"}]}]}]}
        """
                .formatted(end);
    }

    private static ExportTraceServiceRequest request(long end) {
        Span span =
                Span.newBuilder()
                        .setTraceId(
                                ByteString.copyFrom(
                                        new byte[] {
                                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                                        }))
                        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                        .setEndTimeUnixNano(end)
                        .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static FileReader reader(Path path, Encoding encoding, FileSplit split) {
        FileReader reader =
                new FileReader(
                        new FileSettings(path.toString(), encoding, null, new ByteSize(MOST_BYTES)),
                        CLOCK);
        reader.addSplits(List.of(split));
        reader.notifyNoMoreSplits();
        return reader;
    }

    private static Output read(Path path, Encoding encoding) throws Exception {
        Output output = new Output();
        drain(reader(path, encoding, FileSplit.of(SpanFiles.in(path))), output);
        return output;
    }

    private static void drain(FileReader reader, Output output) throws Exception {
        try (reader) {
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (status != InputStatus.END_OF_INPUT) {
                status = reader.pollNext(output);
            }
        }
    }

    private static final class Output implements ReaderOutput<SpanRequest> {
        private final List<SpanRequest> requests = new ArrayList<>();
        private long watermark;

        List<Long> arrivals() {
            return requests.stream().map(SpanRequest::arrival).toList();
        }

        List<DeadLetter.Reason> reasons() {
            return requests.stream()
                    .flatMap(request -> request.rejects().stream())
                    .map(DeadLetter::reason)
                    .toList();
        }

        @Override
        public void collect(SpanRequest request) {
            throw new AssertionError("A record without a timestamp");
        }

        @Override
        public void collect(SpanRequest request, long timestamp) {
            assertThat(timestamp).isEqualTo(request.arrival());
            requests.add(request);
        }

        @Override
        public void emitWatermark(Watermark next) {
            watermark = next.getTimestamp();
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<SpanRequest> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }
}
