package io.tailrace.jobs.source.generator;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** How much traffic the simulated shop makes, and of what kind. Equal settings, equal traffic. */
public record GeneratorSettings(
        @Setting(
                        value = "What the traffic is a function of; another seed, another traffic",
                        defaultsTo = "1")
                long seed,
        @Setting(
                        value = "Export requests a second, of all instances together",
                        defaultsTo = "20",
                        least = 0.001,
                        most = 1_000_000)
                double rate,
        @Setting(
                        value =
                                "Traces that begin in the time of one request; each has some ten"
                                        + " spans",
                        defaultsTo = "2",
                        least = 0.001,
                        most = 10_000)
                double tracesPerRequest,
        @Setting(
                        value = "Requests after which the traffic ends; without it, it goes on",
                        optional = true,
                        least = 1)
                Long count,
        @Setting(
                        value =
                                "Time after which the traffic ends; with count too, whichever is"
                                        + " less",
                        optional = true,
                        least = 1)
                Duration duration,
        @Setting(
                        value =
                                "Whether payments fail and caches time out for some seconds at times",
                        defaultsTo = "true")
                boolean errorBursts,
        @Setting(
                        value =
                                "Whether the inventory's database is slow for some seconds at times",
                        defaultsTo = "true")
                boolean slowPeriods,
        @Setting(
                        value =
                                "Share of an instance's spans of a trace that are sent 5 to 20 s"
                                        + " late",
                        defaultsTo = "0.02",
                        least = 0,
                        most = 1)
                double lateFlushes,
        @Setting(
                        value = "Share of traces whose root span is never sent",
                        defaultsTo = "0.01",
                        least = 0,
                        most = 1)
                double rootless,
        @Setting(
                        value =
                                "Whether requests come at the time of their arrival; else as fast"
                                        + " as they can be made",
                        defaultsTo = "true")
                boolean paced,
        @Setting(
                        value =
                                "Arrival of the first request; else, when the job was first"
                                        + " started",
                        optional = true)
                Instant start)
        implements Serializable {

    public boolean bounded() {
        return count != null || duration != null;
    }

    /** Requests altogether: {@link Long#MAX_VALUE} where nothing bounds them. */
    public long requests() {
        long requests = count == null ? Long.MAX_VALUE : count;
        if (duration != null) {
            double seconds = duration.toMillis() / 1000.0;
            requests = Math.min(requests, (long) Math.ceil(seconds * rate));
        }
        return requests;
    }

    /** Arrival of a request in whole milliseconds after the start: n / rate, rounded down. */
    public long arrivalAfterStart(long request) {
        return (long) Math.floor(request * 1000.0 / rate);
    }
}
