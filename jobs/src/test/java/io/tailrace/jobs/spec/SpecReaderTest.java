package io.tailrace.jobs.spec;

import io.tailrace.jobs.spec.ShopSpec.NamedPolicy;
import io.tailrace.operators.settings.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static io.tailrace.jobs.spec.ShopSpec.changed;
import static io.tailrace.jobs.spec.ShopSpec.problems;
import static org.assertj.core.api.Assertions.assertThat;

class SpecReaderTest {

    private static final String SMALL = "name: shop\nsource: { file: { path: spans.jsonl } }\n";

    @Test
    void readsEveryKindOfValue() {
        SpecResult<ShopSpec> result = ShopSpec.read(ShopSpec.GOOD);
        assertThat(result.problems()).isEmpty();
        ShopSpec spec = result.value();
        assertThat(spec.source().file()).isNull();
        assertThat(spec.source().kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(spec.source().kafka().encoding()).isEqualTo(ShopSpec.Encoding.OTLP_PROTO);
        assertThat(spec.source().kafka().properties())
                .containsExactly(
                        Map.entry("sasl.jaas.config", "x hunter2-very-secret"),
                        Map.entry("fetch.min.bytes", "10"));
        ShopSpec.TailSampling sampling = spec.tailSampling();
        assertThat(sampling.decisionWait()).isEqualTo(Duration.ofSeconds(20));
        assertThat(sampling.decisionWaitAfterRootReceived()).isEqualTo(Duration.ofMillis(1500));
        assertThat(sampling.maxBytesPerTrace()).isEqualTo(new ByteSize(4 << 20));
        assertThat(sampling.stampThreshold()).isTrue();
        assertThat(sampling.policies())
                .containsExactly(
                        new NamedPolicy(
                                "errors",
                                new ShopSpec.StatusCode(
                                        List.of(ShopSpec.Status.ERROR, ShopSpec.Status.UNSET))),
                        new NamedPolicy("slow", new ShopSpec.Latency(500, 900L)),
                        new NamedPolicy("all", new ShopSpec.AlwaysSample()),
                        new NamedPolicy(
                                "both",
                                new ShopSpec.And(
                                        List.of(
                                                new NamedPolicy(
                                                        "some",
                                                        new ShopSpec.Probabilistic(5.5, "x")),
                                                new NamedPolicy(
                                                        "slower",
                                                        new ShopSpec.Latency(800, null))))));
        assertThat(spec.application().standard()).isEqualTo(2);
        assertThat(spec.sinks().get("metrics").get(0).jdbc().password())
                .isEqualTo("hunter2-very-secret");
        assertThat(spec.oddments().since()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(spec.oddments().shares()).containsEntry("b", 1.0);
        assertThat(spec.flink())
                .containsEntry("parallelism.default", "2")
                .containsEntry("execution.checkpointing.interval", "10s");
    }

    @Test
    void fillsInWhatIsLeftOut() {
        ShopSpec spec = ShopSpec.read(SMALL + "tail_sampling:\noddments: { factor: }\n").value();
        assertThat(spec.tailSampling()).isNull();
        assertThat(spec.flink()).isEmpty();
        assertThat(spec.oddments())
                .isEqualTo(
                        new ShopSpec.Oddments(
                                null,
                                1.5,
                                Map.of(),
                                List.of(ShopSpec.Status.ERROR),
                                List.of(),
                                "hello"));
    }

    @Test
    void aSpecWithFourMistakesNamesAllFourInTheOrderOfLines() {
        String text =
                """
                name: shop
                sauce:
                  kafka: { bootstrap_servers: b, topics: [t], encoding: otlp_jsn }
                tail_sampling:
                  decision_wait: 30
                  policies:
                    - name: slow
                      type: latncy
                      latency: { threshold_ms: 500 }
                """;
        assertThat(problems(text))
                .containsExactly(
                        "shop.yaml:2: sauce: \"sauce\" is not a key here; did you mean \"source\"?",
                        "shop.yaml:3: sauce.kafka.encoding: \"otlp_jsn\" is not one of the choices;"
                                + " did you mean \"otlp_json\"? Expected one of: otlp_proto, otlp_json",
                        "shop.yaml:5: tail_sampling.decision_wait: \"30\" is not a duration;"
                                + " did you mean \"30s\"? Expected a duration such as 30s",
                        "shop.yaml:8: tail_sampling.policies[0].type: \"latncy\" is not a policy"
                                + " type; did you mean \"latency\"? Expected one of: always_sample,"
                                + " latency, status_code, probabilistic, and");
    }

    @Test
    void aProblemHasItsParts() {
        Problem problem =
                ShopSpec.read(changed("threshold_ms: 800", "threshold_ms: 1_000"))
                        .problems()
                        .get(0);
        assertThat(problem.source()).isEqualTo("shop.yaml");
        assertThat(problem.line()).isEqualTo(27);
        assertThat(problem.column()).isGreaterThan(60);
        assertThat(problem.path())
                .isEqualTo("tail_sampling.policies[3].and.and_sub_policy[1].latency.threshold_ms");
        assertThat(problem.value()).isEqualTo("1_000");
        assertThat(problem.expected()).startsWith("a whole number");
        assertThat(problem.suggestion()).isEqualTo("1000");
    }

    @Test
    void listsTheKnownKeysWhereNoneComesNear() {
        assertThat(problems(SMALL + "elephant: 1\n"))
                .containsExactly(
                        "shop.yaml:3: elephant: \"elephant\" is not a key here; expected one of:"
                                + " name, source, tail_sampling, application, sinks, oddments,"
                                + " flink");
    }

    @Test
    void namesWhatIsMissingOrEmptyWhereItBelongs() {
        assertThat(problems("name:\nsource:\n  kafka:\n    topics: []\n"))
                .containsExactly(
                        "shop.yaml:1: name: is empty; expected a text",
                        "shop.yaml:3: source.kafka.bootstrap_servers: is missing; expected a text",
                        "shop.yaml:4: source.kafka.topics: is empty; expected at least 1 elements");
        assertThat(problems(SMALL.replace("shop", "''")))
                .containsExactly("shop.yaml:1: name: is empty; expected a text");
    }

    @Test
    void tellsObjectsListsAndSingleValuesApart() {
        assertThat(problems("name: [a]\nsource: [a]\ntail_sampling: { policies: x }\nflink: 3\n"))
                .containsExactly(
                        "shop.yaml:1: name: is a list; expected a text",
                        "shop.yaml:2: source: is a list; expected an object",
                        "shop.yaml:3: tail_sampling.policies: \"x\" is a single value; expected a"
                                + " list",
                        "shop.yaml:4: flink: \"3\" is a single value; expected an object of texts");
        assertThat(problems("- a\n")).containsExactly("shop.yaml:1: is a list; expected an object");
    }

    @Test
    void filesThatHoldNoSpecAreProblems(@TempDir Path folder) throws IOException {
        assertThat(ofFile(folder.resolve("none.yaml")))
                .endsWith("none.yaml: there is no such file");
        assertThat(ofFile(folder)).endsWith(": is a folder; expected a file");
        Path file = folder.resolve("spec.yaml");
        Files.write(file, new byte[] {'a', ':', (byte) 0xff});
        assertThat(ofFile(file)).contains("is not in UTF-8");
        for (String empty : List.of("", "# nothing\n", "~\n", "---\n")) {
            Files.writeString(file, empty);
            assertThat(ofFile(file)).contains("is empty; expected an object with keys of: name, ");
        }
    }

    private static String ofFile(Path file) {
        SpecResult<ShopSpec> result =
                SpecReader.read(file, ShopSpec.class, List.of(), ShopSpec.ENVIRONMENT);
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0).toString();
    }

    @Test
    void whatIsNotYamlIsToldAloneWithItsLine() {
        assertThat(problems("nam: shop\nsource: { file: \n"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:3: this is not YAML: ");
        assertThat(problems("name: shop\nsource: @x\n"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:2: this is not YAML: ");
        assertThat(problems("name: a\u0007b\n"))
                .containsExactly("shop.yaml:1: the character U+0007 is not allowed in YAML");
        assertThat(problems(SMALL + "---\nname: other\n"))
                .containsExactly("shop.yaml:4: there is a second document; expected a single one");
    }

    @Test
    void aKeyGivenTwiceIsAProblem() {
        assertThat(problems(SMALL + "name: other\n"))
                .containsExactly(
                        "shop.yaml:3: name: is given twice, first in line 1; expected each key once");
        assertThat(problems(SMALL + "flink:\n  a.b: 1\n  a: { b: 2 }\n"))
                .containsExactly("shop.yaml:5: flink.a.b: is given twice; expected each key once");
    }

    @Test
    void exactlyOneOfMeansOne() {
        assertThat(problems("name: x\nsource: {}\n"))
                .containsExactly(
                        "shop.yaml:2: source: is empty; expected exactly one of: kafka, file");
        assertThat(
                        problems(
                                "name: x\nsource:\n  file: { path: a }\n  kafka: {"
                                        + " bootstrap_servers: b, topics: [t] }\n"))
                .containsExactly(
                        "shop.yaml:2: source: has file and kafka; expected exactly one of: kafka,"
                                + " file");
        assertThat(problems("name: x\nsource: { file: }\n"))
                .containsExactly("shop.yaml:2: source.file: is empty; expected a value");
    }

    @Test
    void aBlockOfAnotherTypeSaysWhereItBelongs() {
        assertThat(problems(changed("type: status_code", "type: always_sample")))
                .containsExactly(
                        "shop.yaml:15: tail_sampling.policies[0].status_code: \"status_code\""
                                + " belongs to the type of that name, but the type is"
                                + " \"always_sample\"");
    }

    @Test
    void aTypeNeedsItsBlockAndABlockItsType() {
        assertThat(problems(changed("type: always_sample", "type: latency")))
                .containsExactly(
                        "shop.yaml:21: tail_sampling.policies[2].latency: is missing; expected an"
                                + " object, as the type is \"latency\"");
        assertThat(problems(changed("type: status_code, ", "")))
                .containsExactly(
                        "shop.yaml:15: tail_sampling.policies[0].type: is missing; did you mean"
                                + " \"status_code\"? Expected one of: always_sample, latency,"
                                + " status_code, probabilistic, and");
    }

    @Test
    void checksOfTheRecordsAreToldAtTheirKeys() {
        assertThat(problems(changed("upper_threshold_ms: 900", "upper_threshold_ms: 100")))
                .containsExactly(
                        "shop.yaml:20: tail_sampling.policies[1].latency.upper_threshold_ms:"
                                + " \"100\" does not fit; expected more than threshold_ms");
        assertThat(problems(changed("name: all", "name: slow")))
                .containsExactly(
                        "shop.yaml:21: tail_sampling.policies[2].name: \"slow\" does not fit;"
                                + " expected a name of its own");
        assertThat(
                        problems(
                                changed(
                                        "          - { name: slower, type: latency, latency: { threshold_ms: 800 } }\n",
                                        "")))
                .containsExactly(
                        "shop.yaml:24: tail_sampling.policies[3].and: and of one policy is that"
                                + " policy");
    }

    @Test
    void rangesAreToldAsAUserWouldWriteThem() {
        assertThat(
                        problems(
                                changed("decision_wait: 20s", "decision_wait: 2h")
                                        .replace("4MiB", "10")
                                        .replace("5.5", "101")
                                        .replace("codes: [OK]", "codes: [OK, OK, OK]")))
                .containsExactly(
                        "shop.yaml:9: tail_sampling.decision_wait: \"2h\" is out of range; expected"
                                + " a duration from 1ms to 1h",
                        "shop.yaml:12: tail_sampling.max_bytes_per_trace: \"10\" is out of range;"
                                + " expected a size at least 1KiB",
                        "shop.yaml:26: tail_sampling.policies[3].and.and_sub_policy[0].probabilistic"
                                + ".sampling_percentage: \"101\" is out of range; expected a number"
                                + " from 0 to 100",
                        "shop.yaml:36: oddments.codes: has 3 elements; expected from 0 to 2"
                                + " elements");
    }

    @Test
    void anExistingPathMustExist(@TempDir Path folder) {
        assertThat(problems("name: x\nsource: { file: { path: a, index: " + folder + " } }"))
                .isEmpty();
        assertThat(problems("name: x\nsource: { file: { path: a, index: " + folder + "/no } }"))
                .singleElement()
                .asString()
                .contains("/no\" does not exist; expected the path of an existing file or folder");
    }

    @Test
    void aliasesAndMergeKeysWork() {
        String text =
                SMALL
                        + """
                        tail_sampling:
                          policies:
                            - &slow { name: a, type: latency, latency: &ms { threshold_ms: 5 } }
                            - { <<: *slow, name: b }
                            - { <<: [ { name: c }, *slow ] }
                            - { name: d, type: latency, latency: *ms }
                        """;
        assertThat(ShopSpec.read(text).value().tailSampling().policies())
                .extracting(NamedPolicy::name, NamedPolicy::policy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", new ShopSpec.Latency(5, null)),
                        org.assertj.core.groups.Tuple.tuple("b", new ShopSpec.Latency(5, null)),
                        org.assertj.core.groups.Tuple.tuple("c", new ShopSpec.Latency(5, null)),
                        org.assertj.core.groups.Tuple.tuple("d", new ShopSpec.Latency(5, null)));
    }

    @Test
    void aliasBombsLoopsAndAbysmsAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        for (String text :
                List.of(bomb.toString(), "a: &a { b: *a }\n", "a: " + "[".repeat(5000))) {
            assertThat(problems(text)).singleElement().asString().contains("this is not YAML");
        }
    }

    @Test
    void tagsThatAreNotPlainYamlAreRefused() {
        assertThat(problems(SMALL.replace("shop", "!!java.net.URL shop")))
                .containsExactly("shop.yaml:1: this is not YAML: Global tag is not allowed");
        assertThat(problems(SMALL.replace("shop", "!mine shop")))
                .containsExactly(
                        "shop.yaml:1: name: has a tag that means nothing here; expected no tag");
        assertThat(problems(SMALL.replace("shop", "*hunter2")))
                .containsExactly("shop.yaml:1: this is not YAML: found undefined alias");
    }
}
