package io.tailrace.jobs.cluster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job that is to run on a cluster.
 *
 * @param name the job's
 * @param entryClass its main class
 * @param arguments of that class, such as the spec
 * @param from the savepoint or checkpoint that it goes on from; null for none
 * @param allowNonRestored whether state there may be that no operator of the job takes up
 * @param ifNoneRuns whether a job of this name that runs already is taken for it
 */
public record Submission(
        String name,
        String entryClass,
        List<String> arguments,
        Path jar,
        String from,
        boolean allowNonRestored,
        boolean ifNoneRuns) {

    public Submission {
        arguments = List.copyOf(arguments);
    }

    /**
     * The jar that this program runs from.
     *
     * @throws IOException where it runs from classes
     */
    public static Path ownJar() throws IOException {
        try {
            Path own =
                    Path.of(
                            Submission.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (Files.isRegularFile(own)) {
                return own;
            }
        } catch (URISyntaxException wrong) {
            throw new IOException("the own jar cannot be found", wrong);
        }
        throw new IOException("this program runs from no jar; name the one with the job");
    }
}
