package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.operators.sampling.SamplingSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The policies of a spec are those of the Collector's own block. The oracle takes the block as a
 * general YAML library understands it, and puts it into a spec as it is.
 */
class PolicyOracleTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("SALT", "of the sea");

    /** As the Collector expands it, in the only ways in which these files use it. */
    private static String expanded(String text) {
        return text.replace("${env:SLOW_MS:-750}", "750")
                .replace("${env:SALT:-here}", "of the sea")
                .replace("${env:PERCENT:-5}", "5")
                .replaceAll("\\$\\$(?!\\{)", "\\$");
    }

    private static SamplingSettings plain(Path file, String processor) throws IOException {
        Map<String, Object> root = new Yaml().load(expanded(Files.readString(file)));
        @SuppressWarnings("unchecked")
        Map<String, Map<String, Object>> processors =
                (Map<String, Map<String, Object>>) root.get("processors");
        List<?> policies =
                ((List<?>) processors.get(processor).get("policies"))
                        .stream()
                                .filter(each -> !((Map<?, ?>) each).get("name").equals("clock"))
                                .toList();
        Map<String, Object> spec =
                Map.of(
                        "kind", "tail-sampling",
                        "name", "plain",
                        "source", Map.of("kafka", Map.of()),
                        "tail_sampling", Map.of("policies", policies),
                        "sinks", Map.of("spans", List.of(Map.of("kafka", Map.of("topic", "a")))));
        return read(new Yaml().dump(spec));
    }

    private static SamplingSettings read(String spec) {
        return SpecReader.read("spec", spec, TailSamplingSpec.class, List.of(), ENVIRONMENT)
                .value()
                .tailSampling();
    }

    @ParameterizedTest
    @CsvSource({
        "policies.yaml, tail_sampling/all, 12",
        "policies.yaml, tail_sampling/nested, 5",
        "shop.yaml, tail_sampling, 6"
    })
    void policiesAreThoseOfTheCollector(String name, String processor, int count)
            throws IOException {
        Path file = Convert.configuration(name);
        String converted = Convert.run(file, "--processor", processor).out();
        String sampling =
                "kind: tail-sampling\nname: a\nsource: { kafka: {} }\n"
                        + block(converted, "tail_sampling")
                        + "sinks: { spans: [ { kafka: { topic: a } } ] }\n";

        assertThat(read(sampling).policies())
                .hasSize(count)
                .isEqualTo(plain(file, processor).policies());
    }

    /** A block of a spec, with the line of its key. */
    private static String block(String spec, String key) {
        int start = spec.indexOf("\n" + key + ":") + 1;
        return spec.substring(start, spec.indexOf("\n\n", start)) + "\n";
    }
}
