package io.tailrace.jobs.control.flink;

import io.tailrace.jobs.cluster.EntryClass;
import io.tailrace.jobs.cluster.JobArguments;
import io.tailrace.jobs.cluster.Submission;
import io.tailrace.jobs.control.spec.FlinkJobSettings;
import io.tailrace.jobs.spec.SpecReader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The job that an application is to have.
 *
 * @param kind its spec's
 * @param specText its spec, in which the cluster's own environment replaces references
 * @param digest of all that, to tell a change
 */
record WantedJob(
        String name, String kind, String specText, FlinkJobSettings settings, String digest) {

    static WantedJob of(FlinkJobSettings settings) throws IOException {
        String text = Files.readString(settings.spec());
        return new WantedJob(
                written(settings, "name"),
                written(settings, "kind"),
                text,
                settings,
                digest(text + settings.parallelism()));
    }

    private static String written(FlinkJobSettings settings, String key) throws IOException {
        return SpecReader.text(settings.spec(), key)
                .orElseThrow(
                        () -> new IOException(settings.spec() + " is no spec of a job: no " + key));
    }

    /**
     * @param from a savepoint or checkpoint; null for none
     */
    Submission submission(String from) throws IOException {
        return new Submission(
                name,
                EntryClass.of(kind),
                new JobArguments(specText).parallelism(settings.parallelism()).list(),
                settings.jar() == null ? Submission.ownJar() : settings.jar(),
                from,
                false,
                true);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has it", impossible);
        }
    }
}
