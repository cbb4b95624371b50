package io.tailrace.jobs.spec;

import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.settings.Setting;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The block {@code discovery} as users write it. */
class DiscoveryBlockTest {

    record Around(
            @Setting(value = "What is found", defaultsTo = "{}") DiscoverySettings discovery) {}

    private static SpecResult<Around> read(String yaml) {
        return SpecReader.read("spec.yaml", yaml, Around.class, List.of(), Map.of());
    }

    @Test
    void needsNothing() {
        SpecResult<Around> result = read("discovery: {}\n");
        assertThat(result.problems()).isEmpty();
        DiscoverySettings settings = result.value().discovery();

        assertThat(settings.ttl()).hasDays(7);
        assertThat(settings.topoNodeTtl()).hasDays(7);
        assertThat(settings.refresh()).hasMinutes(5);
        assertThat(settings.maxEntities()).isEqualTo(100_000);
        assertThat(settings.maxEndpoints()).isEqualTo(10_000);
        assertThat(settings.pairingWait()).hasSeconds(30);
        assertThat(settings.maxValueBytes()).isEqualTo(1024);
        assertThat(settings.templates()).isEmpty();
        assertThat(settings.categoryRules()).isEmpty();
    }

    @Test
    void isReadWhole() {
        SpecResult<Around> result =
                read(
                        """
                        discovery:
                          ttl: 1d
                          topo_node_ttl: 30d
                          refresh: 12h
                          max_entities: 7
                          max_endpoints: 3
                          pairing_wait: 5s
                          max_waiting_spans: 20
                          templates: [ { pattern: '/[0-9]+', placeholder: '/{id}' } ]
                          max_value_bytes: 64
                          local_budget: 1MiB
                          category_rules:
                            - { category: cache, attribute: resource.cache.name, kind: component }
                            - { category: batch, attribute: job.name }
                        """);
        assertThat(result.problems()).isEmpty();
        DiscoverySettings settings = result.value().discovery();

        assertThat(settings.ttl()).hasDays(1);
        assertThat(settings.topoNodeTtl()).hasDays(30);
        assertThat(settings.maxEndpoints()).isEqualTo(3);
        assertThat(settings.templates().get(0).attributes()).contains("span.name");
        assertThat(settings.categoryRules())
                .containsExactly(
                        new CategoryRule(
                                "cache", "resource.cache.name", CategoryRule.Kind.COMPONENT),
                        new CategoryRule("batch", "job.name", CategoryRule.Kind.SERVICE));
    }

    @Test
    void tellsAllMistakesWithWhatWasExpected() {
        assertThat(
                        read("""
                                        discovery:
                                          ttl: 10ms
                                          max_endpoints: 0
                                          max_value_bytes: 8
                                          templates: [ { pattern: '[0-9]*', placeholder: n } ]
                                          category_rules:
                                            - { category: '', attribute: a }
                                            - { category: cache, attribute: resource. }
                                            - { category: cache, attribute: a, kind: host }
                                        """)
                                .problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "discovery.ttl",
                        "discovery.max_endpoints",
                        "discovery.max_value_bytes",
                        "discovery.templates[0].pattern",
                        "discovery.category_rules[0].category",
                        "discovery.category_rules[1].attribute",
                        "discovery.category_rules[2].kind");
    }

    @Test
    void tellsHowOftenItMayBeRefreshed() {
        assertThat(read("discovery: { ttl: 1h, topo_node_ttl: 10m, refresh: 301s }\n").problems())
                .singleElement()
                .asString()
                .contains("discovery.refresh", "at most half of the least ttl");
    }
}
