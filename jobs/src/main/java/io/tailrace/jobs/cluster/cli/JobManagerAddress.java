package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.http.BaseUrl;

import java.net.URI;

/** Where a JobManager is, as people say it. */
final class JobManagerAddress {

    private static final int USUAL_PORT = 8081;

    private JobManagerAddress() {}

    /**
     * Makes a whole address of {@code HOST}, {@code HOST:PORT}, {@code [::1]:PORT} or a whole one.
     *
     * @throws IllegalArgumentException in words, where it is none of these
     */
    static String url(String said) {
        if (said == null || said.isBlank()) {
            throw new IllegalArgumentException(
                    "Which cluster? Give --jobmanager HOST:PORT, or set TAILRACE_JOBMANAGER.");
        }
        String text = said.strip();
        String url = text.contains("://") ? text : "http://" + text;
        if (!BaseUrl.isGood(url)) {
            throw new IllegalArgumentException(
                    "--jobmanager: \"%s\" is no address; expected HOST:PORT or http://HOST:PORT/PATH"
                            .formatted(text));
        }
        return text.contains("://") || URI.create(url).getPort() >= 0
                ? url
                : url + ':' + USUAL_PORT;
    }
}
