package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.util.List;

/** The block {@code events}: how the events of spans are counted. */
public record EventSettings(
        @Setting(
                        value =
                                "Whether the events of spans, such as exceptions, are counted; not in"
                                        + " tables",
                        defaultsTo = "false")
                boolean enabled,
        @Setting(
                        value =
                                "What they are told apart by beside the dimensions of their spans:"
                                        + " event.name, or attributes of the event",
                        defaultsTo = "[ { attribute: exception.type } ]",
                        least = 1,
                        most = 100)
                List<DimensionSettings> dimensions)
        implements Serializable {

    /** What looks like an attribute, but is the event's own. */
    public static final String EVENT_NAME = "event.name";
}
