package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;

import java.io.Serializable;
import java.time.Duration;

/** A sink {@code jdbc} for metrics. */
public record MetricsJdbcSettings(
        @Unwrapped JdbcSinkSettings common,
        @Setting(
                        value =
                                "How long rows are kept, in the arrival time of spans; a day's rows go"
                                        + " together once the whole day is older, and those of all"
                                        + " jobs that write to these tables",
                        defaultsTo = "30d",
                        least = 3_600_000)
                Duration retention)
        implements Serializable {}
