package io.tailrace.bench.results;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsFileTest {

    @TempDir private Path folder;

    @Test
    void aSectionTakesThePlaceOfTheOneBefore() throws IOException {
        Path file = folder.resolve("RESULTS.md");
        ResultsFile results = new ResultsFile(file);
        results.write("one", List.of("1 of one", "", "### part", "", "more of one"));
        results.write("one, other", List.of("1 of the other"));
        results.write("two", List.of("1 of two"));
        List<String> begin = Files.readAllLines(file).subList(0, 4);

        results.write("one, other", List.of("2 of the other", "", "and more"));
        results.write("one", List.of("2 of one"));
        results.write("two", List.of("2 of two"));

        assertThat(begin.get(0)).isEqualTo("# Results");
        assertThat(Files.readAllLines(file))
                .startsWith(begin.toArray(String[]::new))
                .endsWith(
                        "",
                        "## one",
                        "",
                        "2 of one",
                        "",
                        "## one, other",
                        "",
                        "2 of the other",
                        "",
                        "and more",
                        "",
                        "## two",
                        "",
                        "2 of two")
                .hasSize(begin.size() + 14);
    }

    @Test
    void whatOthersWroteStays() throws IOException {
        Path file = folder.resolve("RESULTS.md");
        Files.writeString(
                file, "Mine\n\n## theirs\n\nof theirs\n\n## one\n\nold\n\n## last\n\nend\n");

        new ResultsFile(file).write("one", List.of("new"));

        assertThat(Files.readString(file))
                .isEqualTo("Mine\n\n## theirs\n\nof theirs\n\n## one\n\nnew\n\n## last\n\nend\n");
    }
}
