package io.tailrace.jobs.spec;

import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.settings.Setting;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The block {@code virtual_metrics} as users write it. */
class VirtualMetricsBlockTest {

    record Around(
            @Setting(value = "What is counted", defaultsTo = "{}")
                    VirtualMetricsSettings virtualMetrics) {}

    private static SpecResult<Around> read(String yaml) {
        return SpecReader.read("spec.yaml", yaml, Around.class, List.of(), Map.of());
    }

    @Test
    void needsNothing() {
        SpecResult<Around> result = read("virtual_metrics: {}\n");
        VirtualMetricsSettings settings = result.value().virtualMetrics();

        assertThat(result.problems()).isEmpty();
        assertThat(settings.window()).hasSeconds(60);
        assertThat(settings.windowWait()).hasSeconds(10);
        assertThat(settings.allowedLateness()).hasMinutes(5);
        assertThat(settings.maxAhead()).hasMinutes(1);
        assertThat(settings.seriesExpiration()).hasHours(1);
        assertThat(settings.naming()).isEqualTo(Naming.BK);
        assertThat(settings.dimensions()).hasSize(28);
        assertThat(((ExplicitHistogram) settings.histogram().make()).bounds())
                .hasSize(16)
                .startsWith(2_000, 4_000)
                .endsWith(1_400_000, 2_000_000, 5_000_000, 10_000_000, 15_000_000);
        assertThat(settings.limits().maxSeries()).isEqualTo(10_000);
        assertThat(settings.serviceGraph().enabled()).isTrue();
        assertThat(settings.serviceGraph().pairingWait()).hasSeconds(30);
        assertThat(settings.serviceGraph().virtualNodePeerAttributes())
                .containsExactly("peer.service", "db.name", "db.system");
    }

    @Test
    void isReadWhole() {
        SpecResult<Around> result =
                read(
                        """
                        virtual_metrics:
                          window: 10s
                          wait: 2s
                          naming: otel
                          dimensions:
                            - { attribute: service.name }
                            - { attribute: http.target, name: path, default: none, pattern: '^([^?]*)' }
                          templates:
                            - { pattern: '[0-9]+', placeholder: '{id}' }
                          filter: { kinds: [server, client], exclude: ['name == "health"'] }
                          apdex:
                            - { kind: server, attribute: http.method, threshold_ms: 200 }
                            - { threshold_ms: 800 }
                          histogram: { exponential: {} }
                          service_graph: { enabled: false, virtual_node_peer_attributes: [] }
                        """);
        assertThat(result.problems()).isEmpty();
        VirtualMetricsSettings settings = result.value().virtualMetrics();
        assertThat(settings.windowWait()).hasSeconds(2);
        assertThat(settings.dimensions())
                .containsExactly(
                        new DimensionSettings("service.name", "service.name", null, null),
                        new DimensionSettings("http.target", "path", "none", "^([^?]*)"));
        assertThat(settings.templates().get(0).attributes()).contains("span.name", "http.target");
        assertThat(settings.filter().kinds()).containsExactly(SpanKind.SERVER, SpanKind.CLIENT);
        assertThat(settings.apdex().get(0).thresholdMs()).isEqualTo(200);
        assertThat(((ExponentialHistogram) settings.histogram().make()).maxSize()).isEqualTo(160);
        assertThat(settings.serviceGraph().virtualNodePeerAttributes()).isEmpty();
    }

    @Test
    void tellsAllMistakesWithWhatWasExpected() {
        assertThat(
                        read("""
                                        virtual_metrics:
                                          window: 10ms
                                          dimensions:
                                            - { attribute: a, pattern: 'x' }
                                          templates:
                                            - { pattern: '[0-9]*', placeholder: n }
                                          filter: { exclude: ['name =='] }
                                          histogram: { explicit: { buckets: [2ms, 1ms] } }
                                        """)
                                .problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "virtual_metrics.window",
                        "virtual_metrics.dimensions[0].pattern",
                        "virtual_metrics.templates[0].pattern",
                        "virtual_metrics.filter.exclude[0]",
                        "virtual_metrics.histogram.explicit.buckets[1]");
    }

    @Test
    void isDocumentedKeyByKey() {
        assertThat(SettingsTable.of(VirtualMetricsSettings.class, "virtual_metrics"))
                .contains(
                        "`virtual_metrics.wait` | duration",
                        "`virtual_metrics.dimensions[].default`",
                        "`virtual_metrics.histogram.explicit.buckets`",
                        "`virtual_metrics.service_graph.pairing_wait`");
    }
}
