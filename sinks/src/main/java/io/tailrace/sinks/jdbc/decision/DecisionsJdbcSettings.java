package io.tailrace.sinks.jdbc.decision;

import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;

import java.io.Serializable;
import java.time.Duration;

/** A sink {@code jdbc} for decisions. */
public record DecisionsJdbcSettings(
        @Unwrapped JdbcSinkSettings common,
        @Setting(
                        value =
                                "Which decisions have a row: those on kept traces, or also those on all"
                                        + " others",
                        defaultsTo = "kept")
                DecisionRows rows,
        @Setting(
                        value =
                                "How long rows are kept, in the arrival time of spans; a job deletes its"
                                        + " own",
                        defaultsTo = "7d",
                        least = 1000)
                Duration retention)
        implements Serializable {}
