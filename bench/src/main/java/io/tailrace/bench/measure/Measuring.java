package io.tailrace.bench.measure;

import io.tailrace.bench.measure.Rounds.Measurement;
import io.tailrace.bench.profile.Profile;
import io.tailrace.bench.profile.Profiling;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The options of commands that measure in rounds, how they go about it, and what they say of it.
 */
public final class Measuring {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private Profiling profiling;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured, in turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "25",
            description = "How long each run is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    /**
     * Makes sure that it can be done, before anything is made.
     *
     * @throws IOException where it does not work on this machine
     */
    public void check() throws IOException {
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--seconds", seconds, 1);
        profiling.check();
    }

    /** Refuses an option's value that is less. */
    public void requireAtLeast(String option, int given, int least) {
        if (given < least) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s must be %d or more, not %d".formatted(option, least, given));
        }
    }

    public int rounds() {
        return rounds;
    }

    public Duration measured() {
        return Duration.ofSeconds(seconds);
    }

    /** What figures of several rounds are, for people. */
    public String inWords() {
        return "Medians of %d rounds, each measured for %d s; in brackets least and most."
                .formatted(rounds, seconds);
    }

    /** By the names of what was measured; none where none are wanted. */
    public Map<String, Profile> profiles() {
        return profiling.profiles();
    }

    /**
     * Measures all in turns.
     *
     * @return the results of each, in the order of the rounds
     */
    public <K, R> Map<K, List<R>> inRounds(List<K> all, Measurement<K, R> measurement)
            throws IOException, InterruptedException {
        return Rounds.take(rounds, all, measurement);
    }

    /**
     * Tells of a measured part, and profiles it if that is wanted.
     *
     * @param run for lines of progress
     * @param profile the name of its profile
     */
    public MeasuredPart part(String run, String profile) {
        return new MeasuredPart() {
            @Override
            public void begin() {
                say(run + ": measuring for " + seconds + " s");
                profiling.begin();
            }

            @Override
            public void end() throws IOException {
                profiling.end(profile);
            }
        };
    }

    /** A line of progress. */
    public void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
