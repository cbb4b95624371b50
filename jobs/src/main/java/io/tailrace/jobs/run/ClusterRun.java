package io.tailrace.jobs.run;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a job on a cluster, from its arguments: {@code --spec FILE [--set PATH=VALUE ...] [--env
 * NAME=VALUE ...]}. With {@code --spec-text} the spec is an argument itself, for clusters that have
 * no file of it. A variable that is given with {@code --env} comes before that of the environment.
 */
public final class ClusterRun {

    /** The parameter of a job that says what kind of spec it runs. */
    public static final String KIND = "tailrace.kind";

    private static final String USAGE =
            "Usage: --spec FILE | --spec-text YAML [--set PATH=VALUE ...] [--env NAME=VALUE ...]";
    private static final int WRONG = 2;

    private ClusterRun() {}

    /**
     * @param type the spec of the kind of job that is to be run
     */
    public static <S extends Record & JobSpec> void run(Class<S> type, String[] arguments)
            throws Exception {
        S spec = spec(type, arguments);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options =
                FlinkOptions.ofJob(
                        spec.flink(),
                        configuration(env.getConfiguration()),
                        RunFolder.path(spec.name()));
        options.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, shown(spec, options));
        env.configure(options);
        spec.define(env);
        env.execute(spec.name());
    }

    /** What the cluster shows of the job beside its options. */
    private static Map<String, String> shown(JobSpec spec, Configuration options) {
        Map<String, String> shown =
                new HashMap<>(
                        options.getOptional(PipelineOptions.GLOBAL_JOB_PARAMETERS)
                                .orElse(Map.of()));
        shown.put(KIND, spec.kind().spelling());
        return shown;
    }

    private static Configuration configuration(ReadableConfig config) {
        return config instanceof Configuration own ? own : Configuration.fromMap(config.toMap());
    }

    private static <S extends Record> S spec(Class<S> type, String[] arguments) {
        Path file = null;
        String text = null;
        List<String> sets = new ArrayList<>();
        Map<String, String> environment = new HashMap<>(System.getenv());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw wrong(arguments[i] + " needs a value", USAGE);
            }
            switch (arguments[i]) {
                case "--spec" -> file = Path.of(arguments[i + 1]);
                case "--spec-text" -> text = arguments[i + 1];
                case "--set" -> sets.add(arguments[i + 1]);
                case "--env" -> {
                    String[] variable = arguments[i + 1].split("=", 2);
                    if (variable.length < 2) {
                        throw wrong("--env " + arguments[i + 1] + " has no value", USAGE);
                    }
                    environment.put(variable[0], variable[1]);
                }
                default -> throw wrong("Unknown argument " + arguments[i], USAGE);
            }
        }
        if ((file == null) == (text == null)) {
            throw wrong(file == null ? "No spec" : "Two specs", USAGE);
        }
        SpecResult<S> result =
                file == null
                        ? SpecReader.read("--spec-text", text, type, sets, environment)
                        : SpecReader.read(file, type, sets, environment);
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
