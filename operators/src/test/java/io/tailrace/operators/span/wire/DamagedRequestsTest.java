package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.UnknownFields;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the bytes, what comes out can be used, and what cannot be used is handed on. */
class DamagedRequestsTest {

    private static final int MOST_BYTES = 2000;

    private static final List<byte[]> REQUESTS =
            LongStream.range(0, 300).mapToObj(DamagedRequestsTest::request).toList();

    private final RequestSplitter splitter = new RequestSplitter();

    @Test
    void neverGiveAnythingThatAParserRefuses() {
        int unreadable = 0;
        int rejected = 0;
        int accepted = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            Random random = new Random(seed);
            byte[] request = REQUESTS.get((int) seed % REQUESTS.size()).clone();
            for (int changes = 1 + random.nextInt(4);
                    changes > 0 && request.length > 0;
                    changes--) {
                request[random.nextInt(request.length)] = (byte) random.nextInt();
            }
            try {
                Split split = Split.of(splitter, request);
                assertUsable(split, seed);
                rejected += split.rejects().size();
                accepted += split.chunks().size();
            } catch (UnreadableException expected) {
                unreadable++;
            }
        }
        // Each outcome must have been tried.
        assertThat(unreadable).isGreaterThan(300);
        assertThat(rejected).isGreaterThan(200);
        assertThat(accepted).isGreaterThan(500);
    }

    @Test
    void loseOnlyTheSpanThatIsDamaged() throws Exception {
        int rejected = 0;
        for (long seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            byte[] request = REQUESTS.get((int) seed % REQUESTS.size()).clone();
            List<SpanRange> ranges = SpanRange.of(request);
            int damaged = random.nextInt(ranges.size());
            SpanRange range = ranges.get(damaged);
            List<PlacedSpan> others = new ArrayList<>(PlacedSpan.of(request));
            others.remove(damaged);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = range.from() + random.nextInt(range.to() - range.from());
                request[at] = (byte) random.nextInt();
            }

            Split split = Split.of(splitter, request);

            assertUsable(split, seed);
            List<PlacedSpan> came = PlacedSpan.of(split.joined());
            if (split.rejects().isEmpty()) {
                assertThat(came).as("seed %d", seed).hasSize(others.size() + 1).containsAll(others);
            } else {
                rejected++;
                assertThat(came).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(others);
                assertThat(split.rejects())
                        .as("seed %d", seed)
                        .singleElement()
                        .satisfies(
                                reject -> {
                                    assertThat(reject.from()).isEqualTo(range.from());
                                    assertThat(reject.to()).isEqualTo(range.to());
                                });
            }
        }
        assertThat(rejected).isGreaterThan(200);
    }

    @Test
    void areUnreadableWhereTheyAreCutOffAndReadToTheCutElsewhere() throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            byte[] request = REQUESTS.get((int) seed);
            Set<Integer> boundaries = resourceBoundaries(request);
            for (int length = 0; length < request.length; length++) {
                byte[] cut = Arrays.copyOf(request, length);
                boolean readable;
                try {
                    Split split = Split.of(splitter, cut);
                    readable = true;
                    assertThat(PlacedSpan.of(split.joined()))
                            .as("seed %d, %d bytes", seed, length)
                            .containsExactlyInAnyOrderElementsOf(PlacedSpan.of(cut));
                } catch (UnreadableException expected) {
                    readable = false;
                }
                assertThat(readable)
                        .as("seed %d, %d bytes", seed, length)
                        .isEqualTo(boundaries.contains(length));
            }
        }
    }

    @Test
    void mayBeAnyBytesAtAll() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertUsable(Split.of(splitter, bytes), i);
            } catch (UnreadableException expected) {
                assertThat(expected).hasMessageStartingWith("Not protobuf at byte");
            }
        }
    }

    /** With spans, and fields that nobody knows, whose groups are hardest to get right. */
    private static byte[] request(long seed) {
        RandomRequests requests = new RandomRequests(seed, 4);
        while (true) {
            ExportTraceServiceRequest request = new UnknownFields(seed).addTo(requests.next());
            if (request.getSerializedSize() <= MOST_BYTES && !PlacedSpan.of(request).isEmpty()) {
                return request.toByteArray();
            }
        }
    }

    private static Set<Integer> resourceBoundaries(byte[] request) throws Exception {
        var in = CodedInputStream.newInstance(request);
        Set<Integer> boundaries = new HashSet<>(Set.of(0));
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            in.skipField(tag);
            boundaries.add(in.getTotalBytesRead());
        }
        return boundaries;
    }

    private static void assertUsable(Split split, long seed) {
        for (Split.Chunk chunk : split.chunks()) {
            List<PlacedSpan> spans = chunk.placed();
            assertThat(spans).as("seed %d", seed).hasSize(chunk.spans()).isNotEmpty();
            for (PlacedSpan placed : spans) {
                Span span = placed.span();
                assertThat(placed.traceId()).as("seed %d", seed).isEqualTo(chunk.traceId());
                assertThat(isZero(span.getTraceId())).as("seed %d", seed).isFalse();
                assertThat(span.getSpanId().size()).as("seed %d", seed).isEqualTo(8);
                assertThat(isZero(span.getSpanId())).as("seed %d", seed).isFalse();
                assertThat(span.getParentSpanId().size()).as("seed %d", seed).isIn(0, 8);
                for (Span.Link link : span.getLinksList()) {
                    assertThat(link.getTraceId().size()).as("seed %d", seed).isIn(0, 16);
                    assertThat(link.getSpanId().size()).as("seed %d", seed).isIn(0, 8);
                }
            }
        }
    }

    private static boolean isZero(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
