package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** How many series there may be; totals stay exact, as what is beyond is counted together. */
public record LimitSettings(
        @Setting(value = "Series of each application and service", defaultsTo = "10000", least = 1)
                int maxSeries,
        @Setting(
                        value = "Values of each dimension of each application and service",
                        defaultsTo = "2000",
                        least = 1)
                int maxValues,
        @Setting(
                        value = "Bytes of a value in UTF-8; longer ones are cut",
                        defaultsTo = "1024",
                        least = 16,
                        most = 65_536)
                int maxValueBytes)
        implements Serializable {}
