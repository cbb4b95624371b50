package io.tailrace.sinks.jdbc.inventory;

import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;

import java.io.Serializable;
import java.time.Duration;

/** A sink {@code jdbc} for an inventory. */
public record InventoryJdbcSettings(
        @Unwrapped JdbcSinkSettings common,
        @Setting(
                        value =
                                "How often rows are looked for that nobody made go when they should"
                                        + " have, in the arrival time of spans",
                        defaultsTo = "1h",
                        least = 1000)
                Duration sweep)
        implements Serializable {}
