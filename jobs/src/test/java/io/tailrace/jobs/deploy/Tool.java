package io.tailrace.jobs.deploy;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * A program that is no part of the project, found on the path. Where it is missing the test is
 * skipped, but for CI, which has to bring it.
 */
final class Tool {

    /** Checks and tests rules; of Debian's package prometheus, which {@code .ci/run} unpacks. */
    static final String PROMTOOL = "promtool";

    /** Renders what is under {@code deploy/kubernetes}. */
    static final String KUBECTL = "kubectl";

    /** Runs scripts of SQL, as PostgreSQL's image does. */
    static final String PSQL = "psql";

    private final Path program;

    private Tool(Path program) {
        this.program = program;
    }

    static Tool named(String name) {
        Optional<Path> found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
            fail("No %s on the path, which CI must have; see .ci/run", name);
        }
        Assumptions.assumeTrue(found.isPresent(), "There is no %s on the path".formatted(name));
        return new Tool(found.get());
    }

    /** Runs it to its good end; gives what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /**
     * @param environment in addition to this process' own
     */
    String run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path printed = Files.createTempFile("tool", ".txt");
        Path complained = Files.createTempFile("tool", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectOutput(printed.toFile())
                            .redirectError(complained.toFile());
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            String text = Files.readString(printed, StandardCharsets.UTF_8);
            assertThat(code).as("%s:\n%s%s", command, text, Files.readString(complained)).isZero();
            return text;
        } finally {
            Files.delete(printed);
            Files.delete(complained);
        }
    }
}
