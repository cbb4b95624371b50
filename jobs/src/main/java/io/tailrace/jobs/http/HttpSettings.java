package io.tailrace.jobs.http;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;

/** How services are called. */
public record HttpSettings(
        @Setting(value = "How long a connection may take to be made", defaultsTo = "5s", least = 10)
                Duration connectTimeout,
        @Setting(value = "How long an answer may take", defaultsTo = "60s", least = 10)
                Duration timeout,
        @Setting(
                        value =
                                "How often a call is tried again after a connection error, a time-out,"
                                        + " 429 or 5xx; never after a refusal",
                        defaultsTo = "5",
                        least = 0,
                        most = 100)
                int retries,
        @Setting(
                        value = "The pause before the first new try; it doubles with each",
                        defaultsTo = "500ms",
                        least = 1)
                Duration minBackoff,
        @Setting(value = "The longest pause", defaultsTo = "10s", least = 2) Duration maxBackoff,
        @Setting(
                        value = "Calls a second to one host, at most",
                        defaultsTo = "20",
                        least = 0.01,
                        most = 100_000)
                double requestsPerSecond)
        implements Checked {

    @Override
    public void check(Problems problems) {
        if (maxBackoff.compareTo(minBackoff) <= 0) {
            problems.expected("max_backoff", "more than min_backoff");
        }
    }
}
