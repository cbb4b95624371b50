package io.tailrace.jobs;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.spec.SpecReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Savepoints find state by uid: a change here is one that no savepoint of before survives. */
class OperatorUidsTest {

    private static final String EVERY_SINK =
            """
            kind: tail-sampling
            name: uids
            source: %s
            tail_sampling: { policies: [ { name: all, type: always_sample } ] }
            sinks:
              spans: [ { kafka: { topic: spans } }, { file: { path: out/spans } } ]
              decisions:
                - { kafka: { topic: decisions } }
                - { file: { path: out/decisions } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
              dead_letters: [ { kafka: { topic: letters } }, { file: { path: out/letters } } ]
            """;

    private static final String EVERY_METRICS_SINK =
            """
            kind: virtual-metrics
            name: uids
            source: { kafka: {} }
            sinks:
              metrics:
                - { file: { path: out/rows } }
                - { kafka: { topic: rows } }
                - { kafka: { topic: cumulative, encoding: otlp_proto } }
                - { kafka: { topic: deltas, encoding: otlp_proto, temporality: delta } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                - { prometheus_remote_write: { url: "http://127.0.0.1:9090/api/v1/write" } }
              dead_letters: [ { file: { path: out/letters } } ]
            """;

    private static final String PIPELINE =
            """
            kind: pipeline
            name: uids
            source: { kafka: {} }
            tail_sampling: { policies: [ { name: all, type: always_sample } ] }
            virtual_metrics: {}
            discovery: {}
            hosts:
              jdbc: { url: "jdbc:postgresql://127.0.0.1/cmdb", user: apm, table: { name: hosts } }
            heartbeats: { kafka: { topics: [lost] } }
            sinks:
              spans: [ { kafka: { topic: spans } }, { file: { path: out/spans } } ]
              decisions:
                - { kafka: { topic: decisions } }
                - { file: { path: out/decisions } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
              metrics:
                - { file: { path: out/rows } }
                - { kafka: { topic: deltas, encoding: otlp_proto, temporality: delta } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                - { prometheus_remote_write: { url: "http://127.0.0.1:9090/api/v1/write" } }
              inventory:
                - { file: { path: out/inventory } }
                - { kafka: { topic: inventory } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
              dead_letters: [ { file: { path: out/letters } } ]
            """;

    private static final String EVERY_INVENTORY_SINK =
            """
            kind: discovery
            name: uids
            source: { kafka: {} }
            hosts:
              jdbc: { url: "jdbc:postgresql://127.0.0.1/cmdb", user: apm, table: { name: hosts } }
            heartbeats: { kafka: { topics: [lost] } }
            sinks:
              inventory:
                - { file: { path: out/inventory } }
                - { kafka: { topic: inventory } }
                - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
              dead_letters: [ { file: { path: out/letters } } ]
            """;

    private static final String FEWEST_OF_DISCOVERY =
            """
            kind: discovery
            name: uids
            source: { generator: {} }
            sinks: { inventory: [ { kafka: { topic: inventory } } ] }
            """;

    private static final String FEWEST_METRICS =
            """
            kind: virtual-metrics
            name: uids
            source: { kafka: {} }
            virtual_metrics: { service_graph: { enabled: false } }
            sinks: { metrics: [ { file: { path: out/rows } } ] }
            """;

    @Test
    void everyOperatorOfMetricsHasItsUid() {
        assertThat(graphOf(EVERY_METRICS_SINK).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "counts",
                        "pairing",
                        "calls",
                        "limiter",
                        "windows",
                        "samples-cumulative",
                        "samples-delta",
                        "metrics-messages-0",
                        "metrics-sink-0",
                        "Sink Committer: metrics-sink-0",
                        "metrics-messages-1",
                        "metrics-sink-1",
                        "Sink Committer: metrics-sink-1",
                        "metrics-messages-2",
                        "metrics-sink-2",
                        "Sink Committer: metrics-sink-2",
                        "metrics-messages-3",
                        "metrics-sink-3",
                        "Sink Committer: metrics-sink-3",
                        "metrics-sink-4",
                        "edges-sink-4",
                        "metrics-sink-5",
                        "dead-letters-messages-0",
                        "dead-letters-sink-0",
                        "Sink Committer: dead-letters-sink-0");
    }

    @Test
    void onlyWhatIsUsedIsMade() {
        assertThat(graphOf(FEWEST_METRICS).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "counts",
                        "limiter",
                        "windows",
                        "metrics-messages-0",
                        "metrics-sink-0",
                        "Sink Committer: metrics-sink-0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ kafka: {} }",
                "{ file: { path: pom.xml } }",
                "{ generator: { count: 1 } }"
            })
    void everyOperatorHasItsUid(String source) {
        assertThat(graph(source).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "chunks",
                        "sampler",
                        "kept-spans-messages-0",
                        "kept-spans-sink-0",
                        "Sink Committer: kept-spans-sink-0",
                        "kept-spans-messages-1",
                        "kept-spans-sink-1",
                        "Sink Committer: kept-spans-sink-1",
                        "decisions-messages-0",
                        "decisions-sink-0",
                        "Sink Committer: decisions-sink-0",
                        "decisions-messages-1",
                        "decisions-sink-1",
                        "Sink Committer: decisions-sink-1",
                        "decisions-sink-2",
                        "dead-letters-messages-0",
                        "dead-letters-sink-0",
                        "Sink Committer: dead-letters-sink-0",
                        "dead-letters-messages-1",
                        "dead-letters-sink-1",
                        "Sink Committer: dead-letters-sink-1");
    }

    @Test
    void everyOperatorOfDiscoveryHasItsUid() {
        assertThat(graphOf(EVERY_INVENTORY_SINK).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "sightings",
                        "relations",
                        "joined-sightings",
                        "heartbeats",
                        "lost-hosts",
                        "inventory",
                        "host-lookups",
                        "inventory-messages-0",
                        "inventory-sink-0",
                        "Sink Committer: inventory-sink-0",
                        "inventory-messages-1",
                        "inventory-sink-1",
                        "Sink Committer: inventory-sink-1",
                        "inventory-sink-2",
                        "dead-letters-messages-0",
                        "dead-letters-sink-0",
                        "Sink Committer: dead-letters-sink-0");
    }

    @Test
    void discoveryNeedsNoHeartbeats() {
        assertThat(graphOf(FEWEST_OF_DISCOVERY).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "sightings",
                        "relations",
                        "joined-sightings",
                        "no-heartbeats",
                        "inventory",
                        "inventory-messages-0",
                        "inventory-sink-0",
                        "Sink Committer: inventory-sink-0");
    }

    @Test
    void everyOperatorOfAPipelineHasItsUid() {
        assertThat(graphOf(PIPELINE).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "requests",
                        "reading",
                        "sampler",
                        "kept-spans-messages-0",
                        "kept-spans-sink-0",
                        "Sink Committer: kept-spans-sink-0",
                        "kept-spans-messages-1",
                        "kept-spans-sink-1",
                        "Sink Committer: kept-spans-sink-1",
                        "decisions-messages-0",
                        "decisions-sink-0",
                        "Sink Committer: decisions-sink-0",
                        "decisions-messages-1",
                        "decisions-sink-1",
                        "Sink Committer: decisions-sink-1",
                        "decisions-sink-2",
                        "pairing",
                        "calls",
                        "limiter",
                        "windows",
                        "samples-cumulative",
                        "samples-delta",
                        "metrics-messages-0",
                        "metrics-sink-0",
                        "Sink Committer: metrics-sink-0",
                        "metrics-messages-1",
                        "metrics-sink-1",
                        "Sink Committer: metrics-sink-1",
                        "metrics-sink-2",
                        "edges-sink-2",
                        "metrics-sink-3",
                        "relations",
                        "joined-sightings",
                        "heartbeats",
                        "lost-hosts",
                        "inventory",
                        "host-lookups",
                        "inventory-messages-0",
                        "inventory-sink-0",
                        "Sink Committer: inventory-sink-0",
                        "inventory-messages-1",
                        "inventory-sink-1",
                        "Sink Committer: inventory-sink-1",
                        "inventory-sink-2",
                        "dead-letters-messages-0",
                        "dead-letters-sink-0",
                        "Sink Committer: dead-letters-sink-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERY_SINK, EVERY_METRICS_SINK, EVERY_INVENTORY_SINK, PIPELINE})
    void everyUidComesFromTheOneList(String spec) {
        assertThat(graphOf(spec.formatted("{ kafka: {} }")).getStreamNodes())
                .extracting(node -> node.getTransformationUID().replace("Sink Committer: ", ""))
                .allMatch(uid -> OperatorUids.ALL.stream().anyMatch(uid::startsWith));
    }

    /** The number of a sink is told as N, and what commits belongs to its sink. */
    @Test
    void theTableForOperatorsHasThemAll() throws IOException {
        Set<String> all =
                Stream.of(
                                EVERY_SINK.formatted("{ kafka: {} }"),
                                EVERY_METRICS_SINK,
                                FEWEST_METRICS,
                                EVERY_INVENTORY_SINK,
                                FEWEST_OF_DISCOVERY,
                                PIPELINE)
                        .flatMap(spec -> graphOf(spec).getStreamNodes().stream())
                        .map(node -> node.getTransformationUID().replace("Sink Committer: ", ""))
                        .map(uid -> uid.replaceFirst("-\\d+$", "-N"))
                        .collect(Collectors.toSet());

        assertThat(
                        OperationsTest.table(
                                        "| uid | what it does | state | where that is dropped |")
                                .stream()
                                .flatMap(row -> OperationsTest.code(row.get(0)).stream()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void keyGroupsAreThoseOfEveryRelease() {
        assertThat(graph("{ kafka: {} }").getExecutionConfig().getMaxParallelism()).isEqualTo(720);
    }

    private static StreamGraph graph(String source) {
        return graphOf(EVERY_SINK.formatted(source));
    }

    private static StreamGraph graphOf(String text) {
        JobSpec spec =
                SpecReader.read("uids.yaml", text, JobSpecs.KINDS, List.of(), Map.of()).value();
        Configuration options = FlinkOptions.ofLocalRun(spec.flink(), Path.of("out"));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        spec.define(env);
        return env.getStreamGraph();
    }
}
