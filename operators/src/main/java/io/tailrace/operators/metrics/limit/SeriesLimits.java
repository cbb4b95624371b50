package io.tailrace.operators.metrics.limit;

import io.tailrace.operators.metrics.EdgeDimensions;
import io.tailrace.operators.metrics.SeriesKind;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many series and values a service may have.
 *
 * @param maxSeries of one kind, 1 or more; an eighth of it, at least one, may be there besides
 *     whose values were replaced in part, and one whose values were all replaced
 * @param maxValues of each dimension, 1 or more
 * @param seriesExpiration for how long, at least, what was admitted is kept after it was last seen;
 *     it is forgotten within a quarter of that
 * @param serviceDimension the dimension of spans that is the service, which is never replaced; null
 *     where there is none
 */
public record SeriesLimits(
        int maxSeries, int maxValues, Duration seriesExpiration, String serviceDimension)
        implements Serializable {

    /** What is never replaced; null where there is none. */
    String keptDimension(SeriesKind kind) {
        return switch (kind) {
            case SPANS, EVENTS -> serviceDimension;
            case EDGES -> EdgeDimensions.CLIENT;
        };
    }

    /** How many series with replaced values may be there. */
    int maxMarked() {
        return Math.max(1, maxSeries / 8);
    }
}
