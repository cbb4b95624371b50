package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Location;
import io.tailrace.jobs.spec.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CollectorReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:A} | ${A}",
                "${A} | ${A}",
                "${env:A:-b} | ${A:-b}",
                "${env:A:-${env:B:-c}} | ${A:-${B:-c}}",
                "x${env:A}y${env:B}z | x${A}y${B}z",
                "^/api/$$ | ^/api/$",
                "$${env:A} | $${env:A}",
                "$$$${A} | $$${A}",
                "cost: 5$ | cost: 5$",
                "$A | $A",
                "${file:/run/token} | ${KAFKA_TOKEN}",
                "${yaml:a::b} | ${KAFKA_TOKEN}",
                "${unclosed | $${unclosed"
            })
    void referencesAreWrittenAsSpecsHaveThem(String written, String inSpec) {
        Node node = new Node.Scalar(written, true, false, Location.inFile("a.yaml", 3, 1));

        Node read = new CollectorReferences(new Variables()).in(node, "receivers.kafka.token");

        assertThat(read).isInstanceOf(Node.Scalar.class);
        assertThat(((Node.Scalar) read).text()).isEqualTo(inSpec);
    }

    @ParameterizedTest
    @CsvSource({
        "30s, 30s",
        "1m30s, 1m30s",
        "1h0m0.5s, 1h0m0.5s",
        ".5s, 0.5s",
        "5.s, 5s",
        "05s, 5s",
        "+2m, 2m",
        "1.50ms, 1.5ms",
        "7μs, 7µs",
        "100, 100ns",
        "0, 0",
        "0s, 0s",
        "soon, soon",
        "-1s, -1s"
    })
    void durationsAreWrittenAsSpecsHaveThem(String written, String inSpec) {
        assertThat(GoDuration.inSpec(written)).isEqualTo(inSpec);
    }
}
