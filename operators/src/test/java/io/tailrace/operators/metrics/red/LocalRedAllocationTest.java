package io.tailrace.operators.metrics.red;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.metrics.ApdexRule;
import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.FilterSettings;
import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A span that falls into a known series makes no objects; only its request does. */
class LocalRedAllocationTest {

    private static final int SPANS = 2000;
    private static final int REQUESTS = 100;
    private static final long END = 1_700_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final TestMetricsSettings EVERYTHING =
            new TestMetricsSettings()
                    .dimensions(
                            new DimensionSettings("span.name", null, null, null),
                            new DimensionSettings("http.target", "route", null, "^(/[a-z]+)"),
                            new DimensionSettings("http.status_code", null, "none", null),
                            new DimensionSettings("k8s.pod.name", null, null, null))
                    .templates(
                            new TemplateRule("[0-9]+", "{id}", List.of("span.name", "http.target")))
                    .filter(
                            new FilterSettings(
                                    List.of(SpanKind.SERVER, SpanKind.CLIENT),
                                    List.of(),
                                    List.of(),
                                    List.of("attributes[\"http.target\"] == \"/healthz\"")))
                    .apdex(new ApdexRule(SpanKind.SERVER, "http.method", 100))
                    .histogram(TestMetricsSettings.exponential(160));

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("BlueKing's", new TestMetricsSettings()),
                Arguments.of("the Collector's", new TestMetricsSettings().naming(Naming.OTEL)),
                Arguments.of("everything", EVERYTHING));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aKnownSpanMakesNone(String name, TestMetricsSettings given) throws Exception {
        byte[] request = request().toByteArray();
        try (RedHarness red = new RedHarness(given.withoutServiceGraph())) {
            for (int i = 0; i < 20; i++) {
                red.send(Encoding.OTLP_PROTO, request, END);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < REQUESTS; i++) {
                red.send(Encoding.OTLP_PROTO, request, END);
            }
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;

            assertThat(bytes / REQUESTS)
                    .as("bytes of a request of %d spans", SPANS)
                    .isLessThan(SPANS);
            assertThat(red.metrics.sum("spans_in")).isEqualTo((REQUESTS + 20L) * SPANS);
            assertThat(red.metrics.sum("local_series")).isBetween(2L, 100L);
        }
    }

    /** They go out as bytes, and nothing else is made of them. */
    @Test
    void sidesOfCallsAreTheirBytes() throws Exception {
        byte[] request = request().toByteArray();
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            long bytes = 0;
            for (int i = 0; i < 20; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                red.send(Encoding.OTLP_PROTO, request, END);
                red.watermark(END);
                bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            long sides = red.sideBlocks().stream().mapToLong(SideBlock::length).sum();

            assertThat(red.sides()).hasSize(20 * SPANS);
            assertThat(bytes).isLessThan(sides / 20 + 5 * SPANS);
        }
    }

    private static ExportTraceServiceRequest request() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            spans.add(
                    Requests.span(new TraceId(7, i + 1), i + 1)
                            .setName("GET /cart/" + i % 5)
                            .setKindValue(2 + i % 2)
                            .setTraceState(i % 2 == 0 ? "" : "ot=th:8")
                            .setStartTimeUnixNano((END - i % 100) * 1_000_000)
                            .setEndTimeUnixNano(END * 1_000_000)
                            .setStatus(Status.newBuilder().setCodeValue(i % 3))
                            .addAttributes(Requests.attribute("http.request.method", "GET"))
                            .addAttributes(Requests.attribute("http.status_code", 200 + i % 2))
                            .addAttributes(Requests.attribute("http.target", "/cart/" + i % 5))
                            .addAttributes(
                                    Requests.attribute(
                                            "rpc.grpc.status_code",
                                            AnyValue.newBuilder().setDoubleValue(2)))
                            .build());
        }
        return Requests.of(Requests.service("shop"), spans.toArray(Span[]::new));
    }
}
