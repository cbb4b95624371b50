package io.tailrace.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of results in Markdown, a section each. A section is known by its heading: writing one
 * takes the place of the one before, and leaves all others as they are.
 */
final class ResultsFile {

    private static final String SECTION = "## ";
    private static final List<String> BEGIN =
            List.of(
                    "# Results",
                    "",
                    "Written by `./tailrace bench`; each command replaces its own sections. Absolute"
                            + " figures are those of one machine, and",
                    "differ from run to run; ratios within one section are what to go by.");

    private final Path file;

    ResultsFile(Path file) {
        this.file = file;
    }

    /**
     * @param heading what the section is known by
     * @param body lines without a heading of that level
     */
    void write(String heading, List<String> body) throws IOException {
        List<String> before =
                Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>(BEGIN);
        List<String> after = new ArrayList<>();
        boolean written = false;
        boolean replacing = false;
        for (String line : before) {
            if (line.startsWith(SECTION)) {
                replacing = line.equals(SECTION + heading);
                if (replacing && !written) {
                    add(after, heading, body);
                    written = true;
                }
                if (!replacing) {
                    separate(after);
                }
            }
            if (!replacing) {
                after.add(line);
            }
        }
        if (!written) {
            add(after, heading, body);
        }
        Files.write(file, after);
    }

    private static void add(List<String> lines, String heading, List<String> body) {
        separate(lines);
        lines.add(SECTION + heading);
        lines.add("");
        lines.addAll(body);
    }

    private static void separate(List<String> lines) {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
    }
}
