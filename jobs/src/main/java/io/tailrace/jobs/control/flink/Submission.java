package io.tailrace.jobs.control.flink;

import io.tailrace.jobs.control.spec.FlinkJobSettings;
import io.tailrace.jobs.spec.SpecReader;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is submitted.
 *
 * @param name the job's
 * @param entryClass its main class
 * @param specText its spec, in which the cluster's own environment replaces references
 * @param digest of all that, to tell a change
 */
record Submission(String name, String entryClass, String specText, Path jar, String digest) {

    static Submission of(FlinkJobSettings settings) throws IOException {
        String kind = written(settings, "kind");
        String text = Files.readString(settings.spec());
        return new Submission(
                written(settings, "name"),
                EntryClass.of(kind),
                text,
                settings.jar() == null ? ownJar() : settings.jar(),
                digest(text + settings.parallelism()));
    }

    private static String written(FlinkJobSettings settings, String key) throws IOException {
        return SpecReader.text(settings.spec(), key)
                .orElseThrow(
                        () -> new IOException(settings.spec() + " is no spec of a job: no " + key));
    }

    private static Path ownJar() throws IOException {
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
        throw new IOException(
                "this program runs from no jar; name one with flows[].external.job.jar");
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
