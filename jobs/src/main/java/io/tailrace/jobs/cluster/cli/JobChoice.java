package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.cluster.FlinkJob;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the job that somebody means. */
final class JobChoice {

    private JobChoice() {}

    /**
     * By its id, the beginning of its id, or its name; what runs comes before what has ended.
     *
     * @throws IOException in words, where it is none of these jobs, or may be several
     */
    static FlinkJob of(List<FlinkJob> jobs, String said) throws IOException {
        for (Predicate<FlinkJob> like :
                List.<Predicate<FlinkJob>>of(
                        job -> job.id().equals(said),
                        job -> job.name().equals(said) && !job.hasEnded(),
                        job -> job.id().startsWith(said) && !job.hasEnded(),
                        job -> job.name().equals(said),
                        job -> job.id().startsWith(said))) {
            List<FlinkJob> found = jobs.stream().filter(like).toList();
            if (found.size() == 1) {
                return found.get(0);
            } else if (found.size() > 1) {
                throw new IOException(
                        "\"%s\" may be any of: %s; say which by its id"
                                .formatted(said, inWords(found)));
            }
        }
        List<FlinkJob> running = jobs.stream().filter(job -> !job.hasEnded()).toList();
        throw new IOException(
                "there is no job \"%s\"; %s"
                        .formatted(
                                said,
                                running.isEmpty()
                                        ? "none runs"
                                        : "there are: " + inWords(running)));
    }

    private static String inWords(List<FlinkJob> jobs) {
        return jobs.stream()
                .map(job -> "%s %s (%s)".formatted(job.name(), job.id(), job.state()))
                .collect(Collectors.joining(", "));
    }
}
