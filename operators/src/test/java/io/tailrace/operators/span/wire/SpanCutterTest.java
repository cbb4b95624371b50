package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.tailrace.operators.span.PlacedSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SpanCutterTest {

    private static final int SEEDS = 1500;

    private final SpanCutter cutter = new SpanCutter();

    @Test
    void leavesOutTheSpansRefusedAndNoOthers() throws Exception {
        int cut = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            Set<Long> refused = new HashSet<>();
            List<PlacedSpan> others = new ArrayList<>();
            Random random = new Random(seed);
            for (PlacedSpan placed : PlacedSpan.of(request)) {
                if (random.nextBoolean()) {
                    refused.add(spanId(placed));
                } else {
                    others.add(placed);
                }
            }

            byte[] rest = cutter.cut(request, span -> !refused.contains(span.spanId()));

            assertThat(PlacedSpan.of(rest)).as("seed %d", seed).isEqualTo(others);
            assertThat(cutter.spans()).as("seed %d", seed).isEqualTo(others.size());
            if (!refused.isEmpty()) {
                assertNothingIsEmpty(rest, seed);
            }
            cut += refused.size();
        }
        assertThat(cut).isGreaterThan(SEEDS);
    }

    private static void assertNothingIsEmpty(byte[] request, long seed) throws Exception {
        for (ResourceSpans resource :
                ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
            assertThat(resource.getScopeSpansList())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allMatch(scope -> scope.getSpansCount() > 0);
        }
    }

    @Test
    void asksInTheOrderOfTheSpansAndOnceForEach() {
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            List<Long> ids = PlacedSpan.of(request).stream().map(SpanCutterTest::spanId).toList();
            List<Long> asked = new ArrayList<>();

            byte[] rest = cutter.cut(request, span -> asked.add(span.spanId()));

            assertThat(asked).as("seed %d", seed).isEqualTo(ids);
            assertThat(rest).as("seed %d", seed).isSameAs(request);
            assertThat(cutter.spans()).isEqualTo(ids.size());
        }
    }

    @Test
    void cutsDuplicates() {
        byte[] once = new ManyPartRequests(3).next();
        byte[] twice = Arrays.copyOf(once, 2 * once.length);
        System.arraycopy(once, 0, twice, once.length, once.length);
        Set<Long> seen = new HashSet<>();

        byte[] rest = cutter.cut(twice, span -> seen.add(span.spanId()));

        assertThat(PlacedSpan.of(rest)).isNotEmpty().isEqualTo(PlacedSpan.of(once));
    }

    @Test
    void keepsTheFirstSpans() {
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            List<PlacedSpan> spans = PlacedSpan.of(request);
            int most = new Random(seed).nextInt(spans.size() + 2);
            int kept = Math.min(most, spans.size());

            byte[] rest = cutter.first(request, most);

            assertThat(PlacedSpan.of(rest)).as("seed %d", seed).isEqualTo(spans.subList(0, kept));
            assertThat(cutter.spans()).as("seed %d", seed).isEqualTo(kept);
        }
    }

    @Test
    @Timeout(60)
    void refusesDamagedRequestsOrCutsWhatIsLeftOfThem() {
        int refused = 0;
        int cut = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] request = ManyPartRequests.damaged(seed);
            try {
                cutter.cut(request, span -> span.kind() == 0);
                cut++;
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessageContaining("good once");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(cut).isGreaterThan(500);
    }

    private static long spanId(PlacedSpan placed) {
        ByteString id = placed.span().getSpanId();
        return ByteBuffer.wrap(id.toByteArray()).getLong();
    }
}
