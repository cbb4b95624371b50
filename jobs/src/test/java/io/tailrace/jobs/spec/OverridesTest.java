package io.tailrace.jobs.spec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static io.tailrace.jobs.spec.ShopSpec.GOOD;
import static io.tailrace.jobs.spec.ShopSpec.problems;
import static io.tailrace.jobs.spec.ShopSpec.read;
import static org.assertj.core.api.Assertions.assertThat;

class OverridesTest {

    @Test
    void replacesValuesByKeyAndIndex() {
        ShopSpec spec =
                read(
                                GOOD,
                                "name=other",
                                "tail_sampling.policies.0.name=first",
                                "tail_sampling.policies[1].latency.threshold_ms=1",
                                "sinks.spans[0].file.path=a=b")
                        .value();
        assertThat(spec.name()).isEqualTo("other");
        assertThat(spec.tailSampling().policies().get(0).name()).isEqualTo("first");
        assertThat(spec.tailSampling().policies().get(1).policy())
                .isEqualTo(new ShopSpec.Latency(1, 900L));
        assertThat(spec.sinks().get("spans").get(0).file().path()).isEqualTo(Path.of("a=b"));
    }

    @Test
    void theLastOneCounts() {
        assertThat(read(GOOD, "name=a", "name=b").value().name()).isEqualTo("b");
    }

    @Test
    void makesAWholeSpecOutOfNothing() {
        ShopSpec spec =
                read(
                                "",
                                "name=x",
                                "source={file: {path: x}}",
                                "tail_sampling.policies.0.name=all",
                                "tail_sampling.policies.0.type=always_sample")
                        .value();
        assertThat(spec.source().file().path()).isEqualTo(Path.of("x"));
        assertThat(spec.tailSampling().policies()).hasSize(1);
    }

    @Test
    void keysWithDotsTakeTheRestOfThePath() {
        ShopSpec spec =
                read(
                                GOOD,
                                "flink.parallelism.default=3",
                                "flink.execution.checkpointing.interval=1s",
                                "source.kafka.properties.fetch.min.bytes=5")
                        .value();
        assertThat(spec.flink())
                .containsEntry("parallelism.default", "3")
                .containsEntry("execution.checkpointing.interval", "1s");
        assertThat(spec.source().kafka().properties()).containsEntry("fetch.min.bytes", "5");
    }

    @Test
    void anEmptyValueGivesBackTheDefault() {
        assertThat(read(GOOD, "tail_sampling.decision_wait=").value().tailSampling().decisionWait())
                .hasSeconds(30);
    }

    @Test
    void problemsNameTheSetAndComeAfterThoseOfTheFile() {
        String file = GOOD.replace("500", "x");
        assertThat(
                        problems(
                                file,
                                "tail_sampling.policies[0].nam=a",
                                "oddments.factor=x",
                                "application={resource: a, defualt: 1}"))
                .hasSize(5)
                .element(1)
                .asString()
                .startsWith("shop.yaml:19");
        assertThat(problems(GOOD, "oddments.factor=x", "application={resource: a, defualt: 1}"))
                .containsExactly(
                        "--set oddments.factor: \"x\" is not a number; expected a number such as"
                                + " 0.5",
                        "--set application: application.defualt: \"defualt\" is not a key here; did"
                                + " you mean \"default\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "=x",
                "a..b=x",
                "a b=x",
                "tail_sampling.policies[x].name=a",
                "tail_sampling.policies[9].name=a",
                "tail_sampling.policies.first.name=a",
                "name={a",
                "name[0]=x",
                "source[0]=x",
                "nosuch.key=1",
                ""
            })
    void malformedOnesAreProblems(String set) {
        assertThat(problems(GOOD, set))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith("--set "));
    }

    @Test
    void secretsAreByReferenceHereToo() {
        assertThat(problems(GOOD, "sinks.metrics[0].jdbc.password=hunter2"))
                .singleElement()
                .asString()
                .contains("a secret must not be written down here")
                .doesNotContain("hunter2");
    }
}
