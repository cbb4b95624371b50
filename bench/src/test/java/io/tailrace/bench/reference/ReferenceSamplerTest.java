package io.tailrace.bench.reference;

import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.bench.workload.PlainSpans;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ReferenceSamplerTest {

    /** Cut short, so that the test is. */
    private static final int LANES = 20;

    @Test
    void keepsTheSpansOfTracesThatAPlainReadingKeeps() throws Exception {
        RequestPool otlp = RequestPool.of(Workload.INTERLEAVED, LANES, Encoding.OTLP_PROTO);
        List<String> expected = new ArrayList<>();
        for (Map.Entry<ByteString, List<Span>> trace : PlainSpans.byTrace(otlp, 0, 3).entrySet()) {
            String id = HexFormat.of().formatHex(trace.getKey().toByteArray());
            if (isOfThreePercent(id) || PlainSpans.isWorthKeeping(trace.getValue())) {
                trace.getValue().forEach(span -> expected.add(id + " " + hex(span.getSpanId())));
            }
        }

        assertThat(kept()).containsExactlyInAnyOrderElementsOf(expected).isNotEmpty();
    }

    private static List<String> kept() throws Exception {
        RequestPool json = RequestPool.of(Workload.INTERLEAVED, LANES, Encoding.BK_JSON);
        Duration longTime = Duration.ofHours(1);
        ReferenceSampler sampler =
                new ReferenceSampler(ReferencePipeline.CONDITIONS, 3, longTime, longTime, 10_000);
        KeyedOneInputStreamOperatorTestHarness<TraceId, BkSpan, BkSpan> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(sampler), BkSpan::traceId, TraceId.TYPE);
        try {
            harness.open();
            BkSpanSplitter splitter = new BkSpanSplitter();
            for (long number = 0; number < 3L * json.requestsInPass(0); number++) {
                for (BkSpan span : split(splitter, json.request(0, number))) {
                    harness.processElement(span, json.arrival(0, number));
                }
            }
            return harness.extractOutputValues().stream()
                    .map(ReferenceSamplerTest::identity)
                    .toList();
        } finally {
            harness.close();
        }
    }

    private static String identity(BkSpan span) {
        return span.traceId().hex() + " " + HexFormat.of().toHexDigits(span.spanId());
    }

    private static List<BkSpan> split(BkSpanSplitter splitter, byte[] request) throws Exception {
        List<BkSpan> spans = new ArrayList<>();
        splitter.flatMap(
                new SpanRequest(Origin.NONE, 0, Encoding.BK_JSON, request),
                new Collector<>() {
                    @Override
                    public void collect(BkSpan span) {
                        spans.add(span);
                    }

                    @Override
                    public void close() {}
                });
        return spans;
    }

    private static boolean isOfThreePercent(String traceId) throws Exception {
        byte[] digest =
                MessageDigest.getInstance("MD5")
                        .digest(traceId.getBytes(StandardCharsets.US_ASCII));
        return new BigInteger(1, digest).mod(BigInteger.valueOf(100)).intValue() < 3;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
