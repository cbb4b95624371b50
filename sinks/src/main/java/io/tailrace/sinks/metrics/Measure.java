package io.tailrace.sinks.metrics;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;

import java.util.List;

/** A metric of a series and what it is at one time. */
public sealed interface Measure {

    /** As OpenTelemetry writes it. */
    String name();

    /** Grows as long as its series lives. */
    record Total(String name, long value) implements Measure {}

    /**
     * Goes up and down.
     *
     * @param unit as OpenTelemetry writes it
     */
    record Gauge(String name, String unit, double value) implements Measure {}

    /**
     * Durations by their size.
     *
     * @param unit what its bounds and its sum are told in
     * @param exemplars of these durations
     */
    record Durations(
            String name, DurationUnit unit, DurationTotals durations, List<Exemplar> exemplars)
            implements Measure {

        /** The same with no exemplars but these. */
        public Durations retaining(List<Exemplar> some) {
            return new Durations(
                    name, unit, durations, exemplars.stream().filter(some::contains).toList());
        }
    }
}
