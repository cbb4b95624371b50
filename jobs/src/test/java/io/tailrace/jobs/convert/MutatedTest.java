package io.tailrace.jobs.convert;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is wrong with a configuration is told in words. */
class MutatedTest {

    private static final int MUTANTS = 40;

    @TempDir private Path folder;

    /** The same with one part of it replaced by something else. */
    private static Object mutated(Object node, Random random, int[] left) {
        if (left[0]-- == 0) {
            Object[] others = {
                "text",
                7,
                true,
                null,
                "",
                List.of(),
                Map.of(),
                List.of("a"),
                Map.of("a", "b"),
                List.of(Map.of())
            };
            return others[random.nextInt(others.length)];
        } else if (node instanceof Map<?, ?> map) {
            Map<Object, Object> changed = new LinkedHashMap<>();
            map.forEach((key, value) -> changed.put(key, mutated(value, random, left)));
            return changed;
        } else if (node instanceof List<?> list) {
            List<Object> changed = new ArrayList<>();
            list.forEach(element -> changed.add(mutated(element, random, left)));
            return changed;
        }
        return node;
    }

    private static int size(Object node) {
        if (node instanceof Map<?, ?> map) {
            return 1 + map.values().stream().mapToInt(MutatedTest::size).sum();
        }
        return node instanceof List<?> list
                ? 1 + list.stream().mapToInt(MutatedTest::size).sum()
                : 1;
    }

    @ParameterizedTest
    @CsvSource({"shop.yaml,", "policies.yaml, tail_sampling/nested", "red.yaml,"})
    void nothingBreaksTheConversion(String name, String processor) throws IOException {
        String[] options =
                processor == null ? new String[0] : new String[] {"--processor", processor};
        Object whole = new Yaml().load(Files.readString(Convert.configuration(name)));
        int size = size(whole);
        Path file = folder.resolve("mutant.yaml");
        for (int seed = 0; seed < MUTANTS; seed++) {
            Random random = new Random(seed);
            int[] place = {random.nextInt(size)};
            String mutant = new Yaml().dump(mutated(whole, random, place));
            Files.writeString(file, mutant);

            Convert run = Convert.run(file, options);

            assertThat(run.exitCode()).as("seed %d: %s%n%s", seed, run.err(), mutant).isIn(0, 2);
            assertThat(run.err()).as("seed %d:%n%s", seed, mutant).doesNotContain("no good spec");
        }
    }
}
