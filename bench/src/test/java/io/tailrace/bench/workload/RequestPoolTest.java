package io.tailrace.bench.workload;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.span.bkjson.BkJsonReader;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RequestPoolTest {

    /** Many, so that one of them is short. */
    private static final int LANES = 20;

    private static final RequestPool INTERLEAVED =
            RequestPool.of(Workload.INTERLEAVED, LANES, Encoding.OTLP_PROTO);

    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"INTERLEAVED", "GROUPED"})
    void tracesAreWholeOverTheSeamsOfPasses(Workload workload) {
        RequestPool pool = RequestPool.of(workload, LANES, Encoding.OTLP_PROTO);
        Map<ByteString, List<Span>> traces = PlainSpans.byTrace(pool, 0, 3);

        List<List<Span>> whole =
                traces.values().stream().filter(trace -> trace.size() == 10).toList();

        // Two passes' worth at least: of an interleaved one some begin before, or end behind.
        int ofAPass = 5000 / LANES * 2;
        assertThat(whole).hasSizeBetween(2 * ofAPass, 3 * ofAPass);
        assertThat(traces.values()).allSatisfy(trace -> assertThat(trace).hasSizeBetween(1, 10));
        assertThat(whole).allSatisfy(RequestPoolTest::isATree);
    }

    private static void isATree(List<Span> trace) {
        Set<ByteString> ids = trace.stream().map(Span::getSpanId).collect(Collectors.toSet());
        List<Span> roots = trace.stream().filter(span -> span.getParentSpanId().isEmpty()).toList();
        assertThat(ids).hasSize(10);
        assertThat(roots).hasSize(1);
        Span root = roots.get(0);
        assertThat(trace)
                .allSatisfy(
                        span -> {
                            assertThat(span.getTraceId().size()).isEqualTo(16);
                            assertThat(span.getStartTimeUnixNano())
                                    .isGreaterThanOrEqualTo(root.getStartTimeUnixNano())
                                    .isLessThanOrEqualTo(span.getEndTimeUnixNano());
                            assertThat(span.getEndTimeUnixNano())
                                    .isLessThanOrEqualTo(root.getEndTimeUnixNano());
                            if (!span.getParentSpanId().isEmpty()) {
                                assertThat(ids).contains(span.getParentSpanId());
                            }
                        });
    }

    @Test
    void interleavedSpansComeAsTheyEndTheRootLast() {
        assertThat(PlainSpans.byTrace(INTERLEAVED, 0, 3).values())
                .filteredOn(trace -> trace.size() == 10)
                .allSatisfy(trace -> assertThat(trace.get(9).getParentSpanId().size()).isZero());
    }

    @Test
    void lanesSendOtherTraces() {
        Set<ByteString> one = PlainSpans.byTrace(INTERLEAVED, 0, 2).keySet();
        Set<ByteString> other = PlainSpans.byTrace(INTERLEAVED, 1, 2).keySet();

        assertThat(new HashSet<>(one)).doesNotContainAnyElementsOf(other);
    }

    @Test
    void aPassIsTheOneBeforeAtALaterTime() {
        int inPass = INTERLEAVED.requestsInPass(0);
        List<Span> first = PlainSpans.of(INTERLEAVED.request(0, inPass + 7L));
        List<Span> second = PlainSpans.of(INTERLEAVED.request(0, 2L * inPass + 7));
        long passMillis = INTERLEAVED.arrival(0, 2L * inPass) - INTERLEAVED.arrival(0, inPass);

        assertThat(passMillis).isEqualTo(1000);
        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            Span.Builder moved = second.get(i).toBuilder().setTraceId(first.get(i).getTraceId());
            long nanos = passMillis * 1_000_000;
            moved.setStartTimeUnixNano(moved.getStartTimeUnixNano() - nanos);
            moved.setEndTimeUnixNano(moved.getEndTimeUnixNano() - nanos);
            moved.getEventsBuilderList()
                    .forEach(event -> event.setTimeUnixNano(event.getTimeUnixNano() - nanos));
            assertThat(moved.build()).isEqualTo(first.get(i));
            assertThat(second.get(i).getTraceId()).isNotEqualTo(first.get(i).getTraceId());
        }
    }

    @Test
    void fiveThousandTracesAreOnTheirWayAtATime() {
        Map<ByteString, Integer> seen = new HashMap<>();
        int inPass = INTERLEAVED.requestsInPass(0);
        for (long number = 0; number < inPass * 5L / 2; number++) {
            for (Span span : PlainSpans.of(INTERLEAVED.request(0, number))) {
                seen.merge(span.getTraceId(), 1, Integer::sum);
            }
        }
        // Those that began before the first pass never get all of theirs.
        long begunBefore =
                PlainSpans.byTrace(INTERLEAVED, 0, 1).values().stream()
                        .filter(trace -> trace.size() < 10)
                        .filter(trace -> trace.get(trace.size() - 1).getParentSpanId().isEmpty())
                        .count();
        long open = seen.values().stream().filter(spans -> spans < 10).count() - begunBefore;

        assertThat(open).isBetween(220L, 250L);
    }

    @Test
    void twoPercentAreWorthKeepingForWhatTheyAre() {
        List<List<Span>> whole =
                PlainSpans.byTrace(INTERLEAVED, 0, 3).values().stream()
                        .filter(trace -> trace.size() == 10)
                        .toList();

        long kept = whole.stream().filter(PlainSpans::isWorthKeeping).count();

        assertThat((double) kept / whole.size()).isCloseTo(0.02, within(0.005));
    }

    @Test
    void arrivalsFollowTheNominalRate() {
        long spans = 0;
        int requests = 500;
        for (int number = 0; number < requests; number++) {
            for (int lane = 0; lane < LANES; lane++) {
                spans += INTERLEAVED.spans(lane, number);
            }
        }

        long millis = INTERLEAVED.arrival(0, requests) - INTERLEAVED.arrival(0, 0);

        assertThat(1000.0 * spans / millis).isCloseTo(100_000, within(1.0));
    }

    @Test
    void bkJsonHasTheSameSpans() throws Exception {
        RequestPool json = RequestPool.of(Workload.INTERLEAVED, LANES, Encoding.BK_JSON);
        BkJsonReader reader = new BkJsonReader();
        for (long number = 0; number < 3L * json.requestsInPass(1); number += 7) {
            byte[] otlp =
                    reader.read(
                            json.request(1, number),
                            (reason, error, payload, from, to) -> {
                                throw new AssertionError(error);
                            });

            assertThat(identities(PlainSpans.of(otlp)))
                    .containsExactlyInAnyOrderElementsOf(
                            identities(PlainSpans.of(INTERLEAVED.request(1, number))));
        }
    }

    /** Times in microseconds, as BlueKing has them. */
    private static List<List<Object>> identities(List<Span> spans) {
        List<List<Object>> identities = new ArrayList<>();
        for (Span span : spans) {
            identities.add(
                    List.of(
                            span.getTraceId(),
                            span.getSpanId(),
                            span.getStartTimeUnixNano() / 1000,
                            span.getEndTimeUnixNano() / 1000,
                            span.getName(),
                            span.getStatus().getCodeValue(),
                            span.getEventsList().stream()
                                    .map(event -> event.getTimeUnixNano() / 1000)
                                    .toList()));
        }
        return identities;
    }

    @Test
    void chunksAreAsLargeAndCompressAsThoseOfRealSpans() throws Exception {
        Figures figures = new Figures();
        for (long number = 0; number < 2L * INTERLEAVED.requestsInPass(0); number++) {
            figures.add(INTERLEAVED.request(0, number));
        }

        assertThat((double) figures.bytes / figures.spans).isBetween(850.0, 950.0);
        assertThat((double) figures.compressed / figures.bytes).isBetween(0.65, 0.75);
        assertThat(figures.ratioOfWholeTraces()).isBetween(0.24, 0.30);
    }

    @Test
    void singleSpansAreSmall() throws Exception {
        RequestPool pool = RequestPool.of(Workload.SINGLE, LANES, Encoding.OTLP_PROTO);
        Figures figures = new Figures();
        for (long number = 0; number < pool.requestsInPass(0); number++) {
            figures.add(pool.request(0, number));
        }

        assertThat((double) figures.bytes / figures.spans).isBetween(280.0, 320.0);
        assertThat(figures.traces).hasSize((int) figures.spans);
    }

    /** Of spans that are cut out of their requests. */
    private static final class Figures implements SpanVisitor {
        private final RequestSplitter splitter = new RequestSplitter();
        private final Map<List<Long>, ByteArrayOutputStream> traces = new HashMap<>();
        private final Map<List<Long>, Integer> spansOfTraces = new HashMap<>();
        private long spans;
        private long bytes;
        private long compressed;

        void add(byte[] request) throws Exception {
            splitter.split(
                    request,
                    (reason, error, payload, from, to) -> {
                        throw new AssertionError(error);
                    },
                    this,
                    (trace, high, low, count, chunk) -> {
                        spans += count;
                        bytes += chunk.length;
                        compressed += compressed(chunk);
                        spansOfTraces.merge(List.of(high, low), count, Integer::sum);
                        traces.computeIfAbsent(
                                        List.of(high, low), none -> new ByteArrayOutputStream())
                                .writeBytes(chunk);
                    });
        }

        double ratioOfWholeTraces() {
            long before = 0;
            long after = 0;
            for (Map.Entry<List<Long>, ByteArrayOutputStream> trace : traces.entrySet()) {
                if (spansOfTraces.get(trace.getKey()) == 10) {
                    before += trace.getValue().size();
                    after += compressed(trace.getValue().toByteArray());
                }
            }
            return (double) after / before;
        }

        private static int compressed(byte[] bytes) {
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[4096];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(buffer);
            }
            deflater.end();
            return size;
        }

        @Override
        public void resource(ResourceView resource) {}

        @Override
        public void scope(ScopeView scope) {}

        @Override
        public void span(int trace, SpanView span) {}
    }
}
