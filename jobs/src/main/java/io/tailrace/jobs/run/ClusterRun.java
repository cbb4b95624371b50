package io.tailrace.jobs.run;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a job on a cluster, from its arguments: {@code --spec FILE [--set PATH=VALUE ...]}. With
 * {@code --spec-text} the spec is an argument itself, for clusters that have no file of it.
 */
public final class ClusterRun {

    private static final String USAGE =
            "Usage: --spec FILE | --spec-text YAML [--set PATH=VALUE ...]";
    private static final int WRONG = 2;

    private ClusterRun() {}

    /**
     * @param type the spec of the kind of job that is to be run
     */
    public static <S extends Record & JobSpec> void run(Class<S> type, String[] arguments)
            throws Exception {
        S spec = spec(type, arguments);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.configure(
                FlinkOptions.ofJob(
                        spec.flink(),
                        configuration(env.getConfiguration()),
                        RunFolder.path(spec.name())));
        spec.define(env);
        env.execute(spec.name());
    }

    private static Configuration configuration(ReadableConfig config) {
        return config instanceof Configuration own ? own : Configuration.fromMap(config.toMap());
    }

    private static <S extends Record> S spec(Class<S> type, String[] arguments) {
        Path file = null;
        String text = null;
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw wrong(arguments[i] + " needs a value", USAGE);
            }
            switch (arguments[i]) {
                case "--spec" -> file = Path.of(arguments[i + 1]);
                case "--spec-text" -> text = arguments[i + 1];
                case "--set" -> sets.add(arguments[i + 1]);
                default -> throw wrong("Unknown argument " + arguments[i], USAGE);
            }
        }
        if ((file == null) == (text == null)) {
            throw wrong(file == null ? "No spec" : "Two specs", USAGE);
        }
        SpecResult<S> result =
                file == null
                        ? SpecReader.read("--spec-text", text, type, sets, System.getenv())
                        : SpecReader.read(file, type, sets, System.getenv());
        if (!result.isGood()) {
            throw wrong(result.problems().stream().map(Object::toString).toArray(String[]::new));
        }
        return result.value();
    }

    /**
     * Ends the program: from the command line without a stack, which says nothing about a spec.
     * Where this runs within a JobManager, an exit would end that.
     */
    private static RuntimeException wrong(String... lines) {
        boolean fromCommandLine =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.anyMatch(
                                                frame ->
                                                        frame.getClassName()
                                                                .endsWith(".CliFrontend")));
        if (fromCommandLine) {
            for (String line : lines) {
                System.err.println(line);
            }
            System.exit(WRONG);
        }
        return new IllegalArgumentException(String.join(System.lineSeparator(), lines));
    }
}
