package io.tailrace.operators.metrics.red;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class EventCountsTest {

    private static final long START = 1_700_000_040_000L;
    private static final List<String> TYPES = List.of("", "java.io.IOException", "Timeout");

    @Test
    void countsEachEventByItsSpanAndItsOwnAttributes() throws Exception {
        Random random = new Random(1);
        Map<String, Long> expected = new TreeMap<>();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Half of the spans stand for four.
            boolean quarter = random.nextBoolean();
            Span.Builder span =
                    Requests.span(new TraceId(0, 1 + i), 1 + i)
                            .setName("/" + random.nextInt(3))
                            .setTraceState(quarter ? "ot=th:c" : "")
                            .setEndTimeUnixNano(START * 1_000_000);
            for (int events = random.nextInt(4); events > 0; events--) {
                String name = random.nextBoolean() ? "exception" : "message";
                String type = TYPES.get(random.nextInt(TYPES.size()));
                Span.Event.Builder event = Span.Event.newBuilder().setName(name);
                if (!type.isEmpty()) {
                    event.addAttributes(Requests.attribute("exception.type", type));
                }
                span.addEvents(event);
                expected.merge(
                        "%s %s %s".formatted(span.getName(), name, type),
                        quarter ? 4L : 1L,
                        Long::sum);
            }
            spans.add(span.build());
        }
        try (RedHarness red =
                new RedHarness(
                        new TestMetricsSettings()
                                .naming(Naming.OTEL)
                                .events("event.name", "exception.type"))) {
            red.send(Requests.of(spans.toArray(Span[]::new)), START);
            red.finish();

            assertThat(ofEvents(red.parts())).isEqualTo(expected);
            assertThat(
                            red.parts().stream()
                                    .filter(part -> part.series().kind() == SeriesKind.SPANS)
                                    .mapToLong(part -> part.totals().durations().count())
                                    .sum())
                    .as("spans, each times what it stands for")
                    .isEqualTo(
                            spans.stream()
                                    .mapToLong(span -> span.getTraceState().isEmpty() ? 1 : 4)
                                    .sum());
        }
    }

    @Test
    void countsNoneUnlessAsked() throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            red.send(
                    Requests.of(
                            Requests.span(new TraceId(0, 1), 1)
                                    .addEvents(Span.Event.newBuilder().setName("exception"))
                                    .build()),
                    START);
            red.finish();

            assertThat(ofEvents(red.parts())).isEmpty();
        }
    }

    private static Map<String, Long> ofEvents(List<MetricPart> parts) {
        return parts.stream()
                .filter(part -> part.series().kind() == SeriesKind.EVENTS)
                .collect(
                        Collectors.toMap(
                                EventCountsTest::text,
                                part -> part.totals().count(),
                                Long::sum,
                                TreeMap::new));
    }

    private static String text(MetricPart part) {
        Map<String, String> dimensions =
                part.series().dimensions().stream()
                        .collect(Collectors.toMap(Dimension::name, Dimension::value));
        return "%s %s %s"
                .formatted(
                        dimensions.get("span.name"),
                        dimensions.get("event.name"),
                        dimensions.getOrDefault("exception.type", ""));
    }
}
