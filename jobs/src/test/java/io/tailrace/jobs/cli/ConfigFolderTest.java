package io.tailrace.jobs.cli;

import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecSchema;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the folder {@code config} offers is right. */
class ConfigFolderTest {

    private static final Path FOLDER = Path.of("..", "config");

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everySpecIsGoodInAnEmptyEnvironment(Path spec) {
        assertThat(SpecReader.read(spec, TailSamplingSpec.class, List.of(), Map.of()).problems())
                .isEmpty();
    }

    @Test
    void theSchemaIsThatOfTheProgram() throws IOException {
        assertThat(FOLDER.resolve("tailrace.schema.json"))
                .hasContent(SpecSchema.of(TailSamplingSpec.class, SchemaCommand.TITLE));
    }
}
