package io.tailrace.sinks.metrics.otlp;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;

/** Since when a sample counts. */
public enum Temporality {
    /** Since its series began. */
    CUMULATIVE(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE),
    /** Since the sample before. */
    DELTA(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);

    private final AggregationTemporality otlp;

    Temporality(AggregationTemporality otlp) {
        this.otlp = otlp;
    }

    AggregationTemporality otlp() {
        return otlp;
    }
}
