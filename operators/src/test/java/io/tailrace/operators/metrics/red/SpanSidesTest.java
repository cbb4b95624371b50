package io.tailrace.operators.metrics.red;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.FilterSettings;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.SpanSide;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which spans are sides of calls, and what they tell. */
class SpanSidesTest {

    private static final long END = 1_700_000_000_000L;
    private static final TraceId TRACE = new TraceId(7, 8);

    private static Span.Builder span(long id, int kind) {
        return Requests.span(TRACE, id)
                .setName("span " + id)
                .setKindValue(kind)
                .setStartTimeUnixNano((END - 5) * 1_000_000)
                .setEndTimeUnixNano(END * 1_000_000);
    }

    private static ExportTraceServiceRequest request(String service, Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder each : spans) {
            scope.addSpans(each);
        }
        Resource.Builder resource =
                Resource.newBuilder().addAttributes(Requests.attribute("bk_biz_id", 7));
        if (!service.isEmpty()) {
            resource.addAttributes(Requests.attribute("service.name", service));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
                .build();
    }

    private static List<SpanSide> sides(
            TestMetricsSettings settings, ExportTraceServiceRequest... requests) throws Exception {
        try (RedHarness red = new RedHarness(settings)) {
            for (ExportTraceServiceRequest request : requests) {
                red.send(request, END + 3);
            }
            red.barrier();
            return red.sides();
        }
    }

    @Test
    void tellsAllThatPairingNeeds() throws Exception {
        Span.Builder caller =
                span(1, 3)
                        .setTraceState("ot=th:8")
                        .addAttributes(Requests.attribute("peer.service", "bank"))
                        .addAttributes(Requests.attribute("db.namespace", "orders"));
        caller.getStatusBuilder().setCodeValue(2);

        assertThat(sides(new TestMetricsSettings(), request("cart", caller)))
                .containsExactly(
                        new SpanSide(
                                TRACE,
                                1,
                                1,
                                Kind.CLIENT,
                                new Application(7, "default"),
                                "cart",
                                (END - 5) * 1_000_000,
                                END * 1_000_000,
                                true,
                                END + 3,
                                2,
                                "orders",
                                null));
    }

    @Test
    void areOfTheKindsThatCallOrAreCalled() throws Exception {
        List<SpanSide> sides =
                sides(
                        new TestMetricsSettings(),
                        request("cart", span(1, 0), span(2, 1), span(3, 2), span(4, 3)),
                        request("cart", span(5, 4), span(6, 5), span(7, 6), span(8, -1)));

        assertThat(sides)
                .extracting(SpanSide::kind)
                .containsExactly(Kind.SERVER, Kind.CLIENT, Kind.PRODUCER, Kind.CONSUMER);
        assertThat(sides).extracting(SpanSide::spanId).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void onlyCallersNamePeersByTheFirstAttributeThatIsThere() throws Exception {
        List<SpanSide> sides =
                sides(
                        new TestMetricsSettings(),
                        request(
                                "cart",
                                span(1, 3)
                                        .addAttributes(
                                                Requests.attribute("db.system.name", "redis")),
                                span(2, 3)
                                        .addAttributes(Requests.attribute("db.system", "redis"))
                                        .addAttributes(Requests.attribute("peer.service", "")),
                                span(3, 2).addAttributes(Requests.attribute("db.name", "orders")),
                                span(4, 4).addAttributes(Requests.attribute("db.name", "orders"))));

        assertThat(sides)
                .extracting(SpanSide::peerName)
                .containsExactly("redis", "redis", null, null);
        assertThat(sides)
                .extracting(SpanSide::databaseName)
                .containsExactly(null, null, null, "orders");
    }

    @Test
    void areNoneOfSpansWithoutAService() throws Exception {
        assertThat(sides(new TestMetricsSettings(), request("", span(1, 3)))).isEmpty();
    }

    @Test
    void areNoneWhereCallsAreNotCounted() throws Exception {
        assertThat(
                        sides(
                                new TestMetricsSettings().withoutServiceGraph(),
                                request("cart", span(1, 3))))
                .isEmpty();
    }

    /** Else the other side would be alone. */
    @Test
    void areThereOfSpansThatAreNotCounted() throws Exception {
        FilterSettings servers =
                new FilterSettings(List.of(SpanKind.SERVER), List.of(), List.of(), List.of());

        assertThat(
                        sides(
                                new TestMetricsSettings().filter(servers),
                                request("cart", span(1, 3), span(2, 2))))
                .hasSize(2);
    }

    /** Others' watermarks may pass what they wait for. */
    @Test
    void areHandedOnBeforeAWatermarkAndBeforeIdleness() throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            red.send(request("cart", span(1, 3)), END);
            assertThat(red.sides()).isEmpty();
            red.watermark(END);
            assertThat(red.sides()).hasSize(1);
            red.send(request("cart", span(2, 3)), END);
            red.idle();
            assertThat(red.sides()).hasSize(2);
            red.send(request("cart", span(3, 3)), END);
            red.finish();
            assertThat(red.sides()).hasSize(3);
        }
    }

    @Test
    void namesAreCut() throws Exception {
        Span.Builder caller =
                span(1, 3).addAttributes(Requests.attribute("peer.service", "p".repeat(20)));

        SpanSide side =
                sides(new TestMetricsSettings().maxValueBytes(16), request("cart", caller)).get(0);

        assertThat(side.peerName()).isEqualTo("p".repeat(16));
    }
}
