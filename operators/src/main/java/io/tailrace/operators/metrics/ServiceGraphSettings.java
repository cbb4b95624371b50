package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** The block {@code service_graph}: who calls whom, how often, and how long it takes. */
public record ServiceGraphSettings(
        @Setting(value = "Whether calls between services are counted", defaultsTo = "true")
                boolean enabled,
        @Setting(
                        value =
                                "The two sides of a call are paired if the second arrives at most this"
                                        + " long after the first",
                        defaultsTo = "30s",
                        least = 0)
                Duration pairingWait,
        @Setting(
                        value =
                                "How many spans of a trace may wait for their other sides; one more is"
                                        + " told by itself at once",
                        defaultsTo = "10000",
                        least = 1)
                int maxWaitingSpans,
        @Setting(
                        value =
                                "Spans that wait take so many bytes of each slot's memory; the oldest"
                                        + " ones beyond are in state only",
                        defaultsTo = "256MiB",
                        least = 1 << 20)
                ByteSize residentBudget,
        @Setting(
                        value = "Which buckets the durations of calls are counted by",
                        defaultsTo = HistogramSettings.DEFAULT)
                HistogramSettings histogram,
        @Setting(
                        value =
                                "The attributes, under their old or their new names, of which the first"
                                        + " one of a caller's span names a peer that sends no spans; an"
                                        + " empty list for no such peers",
                        defaultsTo = "[peer.service, db.name, db.system]",
                        least = 0)
                List<String> virtualNodePeerAttributes,
        @Setting(
                        value =
                                "The attributes, under their old or their new names, of which the first"
                                        + " one of a caller's span names the database that it calls",
                        defaultsTo = "[db.name]",
                        least = 0)
                List<String> databaseNameAttributes)
        implements Serializable {}
