package io.tailrace.operators.metrics.red;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.metrics.ApdexRule;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.span.json.OtlpJsonReader;
import io.tailrace.plain.PlainRed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** However spans come and parts are cut, they add up to what a plain count says. */
class LocalRedAgainstPlainCountTest {

    private static final long START = 1_700_000_000_000L;

    private static TestMetricsSettings settings() {
        return new TestMetricsSettings()
                .apdex(
                        new ApdexRule(SpanKind.SERVER, "http.method", 100),
                        new ApdexRule(null, "db.system", 10));
    }

    private static PlainRed plain() {
        return new PlainRed(60_000, 10_000, 300_000, 60_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void generatedSpans(long seed) throws Exception {
        Random random = new Random(seed);
        RandomSpans spans = new RandomSpans(random);
        PlainRed plain = plain();
        // At times so little memory that nearly every request uses it up.
        long budget = random.nextBoolean() ? 32 << 20 : 20_000;
        long watermark = 0;
        try (RedHarness red = new RedHarness(settings().localBudget(budget))) {
            for (int i = 0; i < 1500; i++) {
                // Out of order by up to two minutes.
                long arrival = START + i * 1000L - random.nextInt(120_000);
                ExportTraceServiceRequest request = spans.request(arrival);
                plain.count(request, arrival);
                red.send(request, arrival);
                if (random.nextInt(40) == 0) {
                    red.barrier();
                }
                if (random.nextInt(10) == 0) {
                    watermark = Math.max(watermark, START + i * 1000L - random.nextInt(200_000));
                    red.watermark(watermark);
                    assertThat(red.endsWithWatermark()).isTrue();
                    assertThat(handedOn(red, watermark))
                            .as("spans of windows that are due, handed on before the watermark")
                            .isEqualTo(plain.countDue(watermark));
                }
            }
            red.finish();

            assertThat(CountedParts.differences(red.parts(), plain)).isEmpty();
            assertThat(red.deadLetters()).isEmpty();
            assertThat(plain.tooLate().keySet()).hasSizeGreaterThan(2);
            plain.tooLate()
                    .forEach(
                            (service, count) ->
                                    assertThat(
                                                    red.metrics.sum(
                                                            "service."
                                                                    + service
                                                                    + ".spans_too_late"))
                                            .as(service)
                                            .isEqualTo(count));
            assertThat(plain.tooFarAhead().keySet()).hasSizeGreaterThan(2);
            plain.tooFarAhead()
                    .forEach(
                            (service, count) ->
                                    assertThat(
                                                    red.metrics.sum(
                                                            "service." + service + ".spans_ahead"))
                                            .as(service)
                                            .isEqualTo(count));
            assertThat(red.metrics.sum("wrong_application_attributes"))
                    .isEqualTo(plain.wrongApplications())
                    .isPositive();
            assertThat(red.metrics.sum("spans_ending_before_start"))
                    .isEqualTo(plain.endingBeforeStart())
                    .isPositive();
            assertThat(red.metrics.sum("local_budget_used_up") > 0).isEqualTo(budget == 20_000);
            assertThat(red.metrics.sum("local_totals")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"online-boutique, 43714", "train-ticket, 49984"})
    void realSpans(String name, int spans) throws Exception {
        Path file = Path.of("../../shared/data", name + ".otlp.jsonl.gz");
        assumeTrue(Files.exists(file), file + " is not here");
        Random random = new Random(7);
        OtlpJsonReader reader = new OtlpJsonReader();
        PlainRed plain = plain();
        long arrival = 0;
        try (RedHarness red = new RedHarness(settings());
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] json = line.getBytes(StandardCharsets.UTF_8);
                ExportTraceServiceRequest request =
                        ExportTraceServiceRequest.parseFrom(
                                reader.read(json, (reason, error, bytes, from, to) -> {}));
                arrival = Math.max(arrival, latestEnd(request));
                plain.count(request, arrival);
                red.send(Encoding.OTLP_JSON, json, arrival);
                red.watermark(arrival - 1);
                if (random.nextInt(100) == 0) {
                    red.barrier();
                }
            }
            red.watermark(Long.MAX_VALUE);

            Map<PlainRed.Key, Map<String, Object>> said = CountedParts.said(red.parts());
            assertThat(CountedParts.differences(red.parts(), plain)).isEmpty();
            assertThat(said.values().stream().mapToLong(each -> (Long) each.get("count")).sum())
                    .isEqualTo(spans);
            assertThat(red.deadLetters()).isEmpty();
        }
    }

    /** How many spans it handed on, of windows whose rows are made by then. */
    private static long handedOn(RedHarness red, long watermark) {
        return red.parts().stream()
                .filter(part -> part.windowStart() + 70_000 <= watermark)
                .mapToLong(part -> part.totals().count())
                .sum();
    }

    private static long latestEnd(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .mapToLong(span -> span.getEndTimeUnixNano() / 1_000_000)
                .max()
                .orElse(0);
    }
}
