package io.tailrace.jobs.pipeline;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The spec of a pipeline as users write it. */
class PipelineSpecTest {

    private static final String SAMPLING =
            "tail_sampling: { policies: [ { name: all, type: always_sample } ] }\n";
    private static final String METRICS = "virtual_metrics: {}\n";
    private static final String DISCOVERY = "discovery: {}\n";
    private static final String HOSTS =
            "hosts: { jdbc: { url: 'jdbc:postgresql://127.0.0.1/cmdb', user: apm, table: { name: hosts"
                    + " } } }\n";
    private static final String HEARTBEATS = "heartbeats: { kafka: { topics: [lost] } }\n";
    private static final String SPANS = "  spans: [ { file: { path: out/spans } } ]\n";
    private static final String DECISIONS =
            "  decisions: [ { jdbc: { url: 'jdbc:postgresql://127.0.0.1/apm', user: apm } } ]\n";
    private static final String ROWS =
            "  metrics: [ { jdbc: { url: 'jdbc:postgresql://127.0.0.1/apm', user: apm } } ]\n";
    private static final String INVENTORY =
            "  inventory: [ { jdbc: { url: 'jdbc:postgresql://127.0.0.1/apm', user: apm } } ]\n";
    private static final String LETTERS = "  dead_letters: [ { kafka: { topic: letters } } ]\n";

    private static SpecResult<JobSpec> read(String parts, String sinks) {
        String spec =
                "kind: pipeline\nname: all\nsource: { kafka: {} }\n%ssinks:\n%s"
                        .formatted(parts, sinks);
        return SpecReader.read("spec.yaml", spec, JobSpecs.KINDS, List.of(), Map.of());
    }

    private static List<String> problems(String parts, String sinks) {
        return read(parts, sinks).problems().stream().map(PipelineSpecTest::inWords).toList();
    }

    private static String inWords(Problem problem) {
        return problem.path() + ": " + problem.expected();
    }

    @Test
    void hasAllParts() {
        SpecResult<JobSpec> result =
                read(
                        SAMPLING + METRICS + DISCOVERY + HOSTS + HEARTBEATS,
                        SPANS + DECISIONS + ROWS + INVENTORY + LETTERS);

        assertThat(result.problems()).isEmpty();
        JobSpec spec = result.value();
        assertThat(spec.kind()).isEqualTo(JobKind.PIPELINE);
        assertThat(spec.parts())
                .containsExactlyInAnyOrder(
                        JobPart.TAIL_SAMPLING, JobPart.VIRTUAL_METRICS, JobPart.DISCOVERY);
        assertThat(spec.sinks().tables())
                .flatExtracting(tables -> tables.uses().keySet())
                .containsExactlyInAnyOrder(
                        "apm_sampling_decision",
                        "apm_metric_red",
                        "apm_metric_edge",
                        "apm_topo_node",
                        "apm_endpoint",
                        "apm_root_endpoint",
                        "apm_host",
                        "apm_instance",
                        "apm_relation",
                        "apm_remote_service_relation");
        assertThat(spec.sinks().topics())
                .extracting(JobSinks.Topic::settings)
                .extracting(settings -> settings.topic())
                .containsExactly("letters");
    }

    @Test
    void mayHaveOnePart() {
        assertThat(read(SAMPLING, SPANS).value().parts()).containsExactly(JobPart.TAIL_SAMPLING);
        assertThat(read(METRICS, ROWS).value().parts()).containsExactly(JobPart.VIRTUAL_METRICS);
        assertThat(read(DISCOVERY, INVENTORY).value().parts()).containsExactly(JobPart.DISCOVERY);
    }

    @Test
    void mustHaveAPart() {
        assertThat(problems("", LETTERS))
                .containsExactly(": at least one of tail_sampling, virtual_metrics and discovery");
    }

    @Test
    void hasNoSinkOfAPartThatIsNotThere() {
        assertThat(problems(SAMPLING, SPANS + ROWS))
                .containsExactly("sinks.metrics: no sink of metrics without virtual_metrics");
        assertThat(problems(METRICS, SPANS + DECISIONS + ROWS))
                .containsExactly(
                        "sinks.spans: no sink of spans without tail_sampling",
                        "sinks.decisions: no sink of decisions without tail_sampling");
        assertThat(problems(METRICS, ROWS + INVENTORY))
                .containsExactly("sinks.inventory: no sink of the inventory without discovery");
    }

    @Test
    void knowsOfHostsForAnInventoryAlone() {
        assertThat(problems(METRICS + HOSTS + HEARTBEATS, ROWS))
                .containsExactly(
                        "hosts: no such block without discovery",
                        "heartbeats: no such block without discovery");
    }

    @Test
    void hasASinkOfEachPart() {
        assertThat(problems(SAMPLING + METRICS + DISCOVERY, LETTERS))
                .containsExactlyInAnyOrder(
                        "sinks: at least one sink of spans or decisions for tail_sampling",
                        "sinks: at least one sink of metrics for virtual_metrics",
                        "sinks: at least one sink of the inventory for discovery");
    }

    @Test
    void tellsMistakesWithinItsParts() {
        assertThat(
                        read(
                                        """
                                tail_sampling: { policies: [] }
                                virtual_metrics: { window: 1 }
                                discovery: { ttl: 2m, refresh: 61s }
                                """,
                                        SPANS + ROWS + INVENTORY)
                                .problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "tail_sampling.policies", "virtual_metrics.window", "discovery.refresh");
    }

    @Test
    void isNoSpecOfAnotherKind() {
        String spec =
                "kind: tail-sampling\nname: all\nsource: { kafka: {} }\n%ssinks:\n%s"
                        .formatted(SAMPLING, SPANS);

        assertThat(
                        SpecReader.read("spec.yaml", spec, PipelineSpec.class, List.of(), Map.of())
                                .problems())
                .extracting(PipelineSpecTest::inWords)
                .containsExactly("kind: pipeline");
    }
}
