package io.tailrace.operators.span.wire;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.UnknownFields;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class RequestSplitterTest {

    private static final int SEEDS = 1500;

    private final RequestSplitter reused = new RequestSplitter();

    @Test
    void keepsEverySpanOfATraceInItsOrderUnderAnEqualResourceAndScope() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            ExportTraceServiceRequest request = new RandomRequests(seed, traces(seed)).next();
            assertSplits(request, seed);
        }
    }

    @Test
    void keepsFieldsThatNobodyHereKnows() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            ExportTraceServiceRequest request = new RandomRequests(seed, traces(seed)).next();
            assertSplits(new UnknownFields(seed).addTo(request), seed);
        }
    }

    @Test
    void givesNoSpanAndNoChunkOfAnEmptyRequest() throws UnreadableException {
        Split split = Split.of(reused, new byte[0]);

        assertThat(split.chunks()).isEmpty();
        assertThat(split.rejects()).isEmpty();
    }

    @Test
    void splitsEachRequestAsIfItWereTheFirst() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new RandomRequests(seed, traces(seed)).next().toByteArray();
            byte[] byReused = Split.of(reused, request).joined();
            byte[] byNew = Split.of(new RequestSplitter(), request).joined();
            assertThat(byReused).as("seed %d", seed).isEqualTo(byNew);
            breakOff(request);
        }
    }

    @Test
    void growsWithTheNumberOfTraces() throws Exception {
        ExportTraceServiceRequest.Builder large = ExportTraceServiceRequest.newBuilder();
        RandomRequests requests = new RandomRequests(7, 3000);
        for (int i = 0; i < 500; i++) {
            large.mergeFrom(requests.next());
        }

        assertSplits(large.build(), 7);
    }

    /** What a request that could not be read leaves behind must not show in the next. */
    private void breakOff(byte[] request) {
        if (request.length > 1) {
            byte[] cut = Arrays.copyOf(request, request.length - 1);
            try {
                Split.of(reused, cut);
            } catch (UnreadableException expected) {
                assertThat(expected).hasMessageContaining("Not protobuf at byte");
            }
        }
    }

    private void assertSplits(ExportTraceServiceRequest request, long seed) throws Exception {
        Map<TraceId, List<PlacedSpan>> traces =
                PlacedSpan.of(request).stream()
                        .collect(
                                Collectors.groupingBy(
                                        PlacedSpan::traceId,
                                        LinkedHashMap::new,
                                        Collectors.toList()));

        Split split = Split.of(reused, request.toByteArray());

        assertThat(split.rejects()).as("seed %d", seed).isEmpty();
        assertThat(split.chunks())
                .as("seed %d", seed)
                .extracting(Split.Chunk::traceId)
                .containsExactlyElementsOf(traces.keySet());
        for (int i = 0; i < split.chunks().size(); i++) {
            Split.Chunk chunk = split.chunks().get(i);
            assertThat(chunk.trace()).as("seed %d", seed).isEqualTo(i);
            assertThat(chunk.placed())
                    .as("seed %d, trace %d", seed, i)
                    .isEqualTo(traces.get(chunk.traceId()))
                    .hasSize(chunk.spans());
        }
        assertThat(PlacedSpan.of(split.joined()))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(PlacedSpan.of(request));
    }

    /** From all spans in one trace to each in its own. */
    private static int traces(long seed) {
        return (int) (1 + seed % 7 * (seed % 7));
    }
}
