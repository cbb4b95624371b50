package io.tailrace.operators.metrics.red;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.application.ServiceCounters;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.metrics.FilterSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LocalRedTest {

    /** The start of a window of a minute. */
    private static final long START = 1_700_000_040_000L;

    private static Span.Builder span(long endMillis) {
        return Requests.span(new TraceId(0, 1), 1)
                .setName("GET /")
                .setEndTimeUnixNano(endMillis * 1_000_000);
    }

    /** A window's last correction is a minute, ten seconds and five minutes after its start. */
    @ParameterizedTest
    @CsvSource({
        "0, 370000, counted",
        "0, 370001, late",
        "59999, 370000, counted",
        "59999, 370001, late",
        "60000, 370001, counted",
        "60000, 0, counted",
        "60001, 0, ahead"
    })
    void countsWhatIsNeitherTooLateNorAhead(long end, long arrival, String becomes)
            throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            red.send(Requests.of(span(START + end).build()), START + arrival);
            red.finish();

            assertThat(red.parts()).hasSize(becomes.equals("counted") ? 1 : 0);
            if (becomes.equals("late")) {
                assertThat(red.metrics.sum("service.shop.spans_too_late")).isEqualTo(1);
            } else if (becomes.equals("ahead")) {
                assertThat(red.metrics.sum("service.shop.spans_ahead")).isEqualTo(1);
            }
        }
    }

    @Test
    void handsOnOnlyWindowsThatAreDueBeforeAWatermark() throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            red.send(Requests.of(span(START).build(), span(START + 60_000).build()), START);

            red.watermark(START + 69_999);
            assertThat(red.parts()).isEmpty();
            red.watermark(START + 70_000);
            assertThat(red.parts()).extracting(MetricPart::windowStart).containsExactly(START);
            red.barrier();
            assertThat(red.parts())
                    .extracting(MetricPart::windowStart)
                    .containsExactly(START, START + 60_000);
            red.barrier();
            red.finish();
            assertThat(red.parts()).hasSize(2);
        }
    }

    @Test
    void doesNotCountWhatFiltersLeaveOut() throws Exception {
        FilterSettings filter =
                new FilterSettings(
                        List.of(SpanKind.SERVER),
                        List.of("shop", "cart"),
                        List.of(),
                        List.of("attributes[\"http.route\"] == \"/healthz\"", "Int(name) > 5"));
        try (RedHarness red = new RedHarness(new TestMetricsSettings().filter(filter))) {
            red.send(
                    Requests.of(
                            span(START).setKindValue(2).build(),
                            span(START).setKindValue(3).build(),
                            span(START)
                                    .setKindValue(2)
                                    .addAttributes(Requests.attribute("http.route", "/healthz"))
                                    .build()),
                    START);
            red.send(
                    Requests.of(Requests.service("other"), span(START).setKindValue(2).build()),
                    START);
            red.finish();

            assertThat(red.parts())
                    .singleElement()
                    .extracting(part -> part.totals().count())
                    .isEqualTo(1L);
            assertThat(red.metrics.sum("reason.kind.spans_filtered")).isEqualTo(1);
            assertThat(red.metrics.sum("reason.condition.spans_filtered")).isEqualTo(1);
            assertThat(red.metrics.sum("reason.service.spans_filtered")).isEqualTo(1);
            assertThat(red.metrics.sum("spans_in")).isEqualTo(4);
        }
    }

    @Test
    void makesDeadLettersOfWhatCannotBeRead() throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            red.send(Encoding.OTLP_JSON, "{".getBytes(StandardCharsets.UTF_8), START);
            red.send(
                    Requests.of(Requests.span(new TraceId(0, 0), 1).build(), span(START).build()),
                    START);
            red.finish();

            assertThat(red.deadLetters())
                    .extracting(DeadLetter::reason)
                    .containsExactly(
                            DeadLetter.Reason.MALFORMED_JSON, DeadLetter.Reason.ZERO_TRACE_ID);
            assertThat(red.parts()).hasSize(1);
            assertThat(red.metrics.sum("reason.malformed_json.dead_letters")).isEqualTo(1);
            assertThat(red.metrics.sum("spans_in")).isEqualTo(1);
            assertThat(red.metrics.sum("requests_in")).isEqualTo(2);
        }
    }

    @Test
    void countsOfAFewServicesEachAndOfTheOthersTogether() throws Exception {
        try (RedHarness red = new RedHarness(new TestMetricsSettings())) {
            for (int i = 0; i < ServiceCounters.MOST_SERVICES + 20; i++) {
                red.send(
                        Requests.of(Requests.service("s" + i), span(START).build()),
                        START + 1_000_000);
            }
            assertThat(red.metrics.sum("service.s0.spans_too_late")).isEqualTo(1);
            assertThat(red.metrics.sum("service.__overflow__.spans_too_late")).isEqualTo(20);
        }
    }
}
