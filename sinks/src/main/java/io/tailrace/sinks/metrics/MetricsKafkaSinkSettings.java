package io.tailrace.sinks.metrics;

import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

import java.io.Serializable;

/** A sink {@code kafka} for metrics: {@link KafkaSinkSettings} and how metrics are encoded. */
public record MetricsKafkaSinkSettings(
        @Unwrapped KafkaSinkSettings common,
        @Setting(
                        value =
                                "How metrics are encoded: json, a row a message with the id of its series"
                                        + " as key; or otlp_proto, samples of one service together,"
                                        + " with application and service as key",
                        defaultsTo = "json")
                Encoding encoding,
        @Setting(
                        value =
                                "With otlp_proto, since when a sample counts: since its series began, or"
                                        + " since the sample before",
                        defaultsTo = "cumulative")
                Temporality temporality,
        @Setting(
                        value =
                                "With otlp_proto: samples that make a message larger go in the next",
                        defaultsTo = "900KB",
                        least = 10_000,
                        most = 1 << 30)
                ByteSize maxMessageBytes)
        implements Serializable {

    /** How metrics are written in messages. */
    public enum Encoding {
        /** Rows, with their revisions. */
        JSON,
        /** Samples, as an {@code ExportMetricsServiceRequest}. */
        OTLP_PROTO
    }
}
