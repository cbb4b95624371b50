package io.tailrace.operators.metrics;

import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class VirtualMetricsSettingsTest {

    private static List<String> refused(Checked settings) {
        List<String> keys = new ArrayList<>();
        settings.check((key, expected) -> keys.add(key));
        return keys;
    }

    @Test
    void haveBlueKingsDimensionsOrTheCollectorsByDefault() {
        assertThat(new TestMetricsSettings().make().dimensions())
                .hasSize(28)
                .extracting(DimensionSettings::name)
                .contains(
                        "kind",
                        "status_code",
                        "service_name",
                        "span_name",
                        "rpc_grpc_status_code",
                        "messaging_destination_kind",
                        "celery_task_name")
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z_]+"));
        assertThat(new TestMetricsSettings().naming(Naming.OTEL).make().dimensions())
                .extracting(DimensionSettings::name)
                .containsExactly("service.name", "span.name", "span.kind", "status.code");
        assertThat(refused(new TestMetricsSettings().make())).isEmpty();
    }

    @Test
    void refuseNamesThatAreThereTwice() {
        assertThat(
                        refused(
                                new TestMetricsSettings()
                                        .dimensions(
                                                new DimensionSettings("a.b", null, null, null),
                                                new DimensionSettings("c", "a_b", null, null))
                                        .make()))
                .containsExactly("dimensions[1]");
    }

    @Test
    void refuseAnExpirationWithinAWindow() {
        assertThat(
                        refused(
                                new TestMetricsSettings()
                                        .seriesExpiration(Duration.ofSeconds(59))
                                        .make()))
                .containsExactly("series_expiration");
    }

    @Test
    void refuseApdexRulesBehindOneForAll() {
        ApdexRule all = new ApdexRule(null, null, 5);
        ApdexRule servers = new ApdexRule(SpanKind.SERVER, null, 5);

        assertThat(refused(new TestMetricsSettings().apdex(servers, all).make())).isEmpty();
        assertThat(refused(new TestMetricsSettings().apdex(all, servers).make()))
                .containsExactly("apdex[0]");
    }

    @ParameterizedTest
    @CsvSource({"^/([a-z]+), ", "[a-z]+, pattern", "(a)(b), pattern", "(a, pattern"})
    void askForOneGroupInPatterns(String pattern, String refused) {
        assertThat(refused(new DimensionSettings("a", null, null, pattern)))
                .isEqualTo(refused == null ? List.of() : List.of(refused));
    }

    @ParameterizedTest
    @CsvSource({
        "[0-9]+, {id}, ",
        "([0-9])(/), {id}$2, ",
        "[0-9]*, {id}, pattern",
        "[0-9, {id}, pattern",
        "[0-9]+, $1, placeholder",
        "([0-9]+), $2, placeholder"
    })
    void askForTemplatesThatCanBeApplied(String pattern, String placeholder, String refused) {
        assertThat(refused(new TemplateRule(pattern, placeholder, List.of("span.name"))))
                .isEqualTo(refused == null ? List.of() : List.of(refused));
    }

    @Test
    void askForGrowingBounds() {
        assertThat(refused(explicit(1_000_000, 2_000_000))).isEmpty();
        assertThat(refused(explicit(2_000_000, 2_000_000, 1_000)))
                .containsExactly("buckets[1]", "buckets[2]");
        assertThat(refused(explicit(0, 1_500))).containsExactly("buckets[0]", "buckets[1]");
    }

    private static Checked explicit(long... nanos) {
        List<Duration> buckets = new ArrayList<>();
        for (long each : nanos) {
            buckets.add(Duration.ofNanos(each));
        }
        return new HistogramSettings.Explicit(buckets);
    }

    @Test
    void askForConditionsThatCanBeRead() {
        assertThat(
                        refused(
                                new FilterSettings(
                                        List.of(),
                                        List.of("a", "b"),
                                        List.of("b"),
                                        List.of("name == \"x\"", "name ==", "nothing == 1"))))
                .containsExactly("exclude_services[0]", "exclude[1]", "exclude[2]");
    }
}
