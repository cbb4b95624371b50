package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.spec.SpecKinds;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The spec that a command is about, and changes to it. */
public final class SpecOptions {

    @Parameters(index = "0", paramLabel = "SPEC", description = "The job's spec, a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Sets a value of the spec, such as tail_sampling.decision_wait=10s,"
                            + " virtual_metrics.window=10s or flink.parallelism.default=4. May be given several times.")
    private final List<String> sets = new ArrayList<>();

    /** The spec of a job. */
    SpecResult<JobSpec> read() {
        return read(JobSpecs.KINDS);
    }

    /** The spec, of one of these kinds. */
    public <T> SpecResult<T> read(SpecKinds<T> kinds) {
        return read(kinds, System.getenv());
    }

    /** The spec, as of another environment. */
    public <T> SpecResult<T> read(SpecKinds<T> kinds, Map<String, String> environment) {
        return SpecReader.read(file, kinds, sets, environment);
    }

    /**
     * All changes.
     *
     * @param more made after those of the command line
     */
    public List<String> sets(List<String> more) {
        return Stream.concat(sets.stream(), more.stream()).toList();
    }

    /** The keys of a block as they are written; none where the file cannot be read. */
    Optional<Set<String>> keys(String block) {
        return SpecReader.keys(file, JobSpecs.KINDS, sets, block);
    }

    public Path file() {
        return file;
    }

    /** Prints all problems, and how many there are. */
    public static void print(SpecResult<?> result, PrintWriter err) {
        result.problems().forEach(err::println);
        int count = result.problems().size();
        err.println(
                count == 1
                        ? "1 mistake; nothing was started"
                        : count + " mistakes; nothing was started");
        err.flush();
    }
}
