package io.tailrace.jobs.spec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static io.tailrace.jobs.spec.ShopSpec.changed;
import static io.tailrace.jobs.spec.ShopSpec.problems;
import static org.assertj.core.api.Assertions.assertThat;

class ReferencesTest {

    @ParameterizedTest
    @CsvSource({
        "${A}, a",
        "x${A}y${A}, xaya",
        "${NONE:-d}, d",
        "${EMPTY:-d}, d",
        "${NONE:-}z, z",
        "${A:-d}, a",
        "${NONE:-${A}}, a",
        "${NONE:-${NONE:-b}c}, bc",
        "$${A}, ${A}",
        "$$${A}, $${A}",
        "$A $, $A $",
        "${YAML}, '{b: [c'"
    })
    void areReplaced(String text, String expected) {
        Map<String, String> environment = Map.of("A", "a", "EMPTY", "", "YAML", "{b: [c");
        assertThat(Substitution.of(text, environment).value()).isEqualTo(expected);
    }

    @Test
    void areReadByTheTypeOfTheirTarget() {
        ShopSpec spec =
                ShopSpec.read(
                                changed("decision_wait: 20s", "decision_wait: ${SECONDS}")
                                        .replace("500", "\"${N:-7}\""))
                        .value();
        assertThat(spec.tailSampling().decisionWait()).hasSeconds(45);
        assertThat(spec.tailSampling().maxSpansPerTrace()).isEqualTo(7);
    }

    @Test
    void unsetOnesAreNamed() {
        assertThat(problems(changed("name: shop", "name: ${SHOP}")))
                .containsExactly(
                        "shop.yaml:1: name: the environment variable SHOP is not set; expected it"
                                + " to be set, or a default as in ${SHOP:-default}");
    }

    @Test
    void whatDoesNotFitIsShownAsWrittenAndAsItIs() {
        assertThat(problems(changed("threshold_ms: 500", "threshold_ms: ${SECONDS}")))
                .singleElement()
                .asString()
                .contains("threshold_ms: \"${SECONDS}\", which is \"45s\", is not a whole number");
    }

    @Test
    void malformedOnesAreRefused() {
        assertThat(problems(changed("name: shop", "name: ${env:SHOP}")))
                .containsExactly(
                        "shop.yaml:1: name: \"${env:SHOP}\" is not a reference to a variable; did"
                                + " you mean \"${SHOP}\"? Expected ${NAME} or ${NAME:-default}, or"
                                + " $${ for a literal ${");
        assertThat(problems(changed("name: shop", "name: \"${SHOP\""))).hasSize(1);
    }

    @Test
    void anUnquotedEmptyValueIsAbsent() {
        ShopSpec spec =
                ShopSpec.read(
                                changed("decision_wait: 20s", "decision_wait: ${NONE:-}")
                                        .replace("received: 1.5s", "received: ${NONE:-}"))
                        .value();
        assertThat(spec.tailSampling().decisionWait()).hasSeconds(30);
        assertThat(spec.tailSampling().decisionWaitAfterRootReceived()).isNull();
        assertThat(problems(changed("name: shop", "name: ${NONE:-}")))
                .containsExactly("shop.yaml:1: name: is empty; expected a text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "\"${X:-hunter2}\"",
                "\"${X:-hunter2${Y:-}}\"",
                "[hunter2]",
                "{ a: hunter2 }",
                "\"${hunter2\""
            })
    void aSecretMayNotBeWrittenDownNorBeTold(String written) {
        String text = changed("password: \"${PASSWORD}\"", "password: " + written);
        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:31: sinks.metrics[0].jdbc.password: ")
                .doesNotContain("hunter2");
        String inMap = changed("\"x ${PASSWORD}\"", written);
        assertThat(problems(inMap)).isNotEmpty();
        assertThat(String.join("\n", problems(inMap))).doesNotContain("hunter2");
    }

    @Test
    void theValueOfASecretIsNeverTold() {
        String text =
                changed("name: shop", "name: shop\nodments: { factor: x }")
                        .replace("threshold_ms: 800", "threshold_ms: \"${PASSWORD}\"")
                        .replace("greeting: hi", "since: ${PASSWORD}");
        List<String> problems = problems(text);
        assertThat(problems).hasSizeGreaterThanOrEqualTo(2);
        assertThat(String.join("\n", problems)).contains("***").doesNotContain("hunter2");
    }
}
