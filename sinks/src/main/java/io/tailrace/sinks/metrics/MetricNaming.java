package io.tailrace.sinks.metrics;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.metrics.Measure.Durations;
import io.tailrace.sinks.metrics.Measure.Gauge;
import io.tailrace.sinks.metrics.Measure.Total;

import java.util.ArrayList;
import java.util.List;

/** Whose names metrics of spans have. Those of edges have the service graph's in either case. */
public enum MetricNaming {
    /** Of BlueKing's virtual metrics, in microseconds. */
    BK {
        @Override
        List<Measure> ofSpans(SeriesTotals totals) {
            DurationTotals durations = totals.durations();
            List<Measure> all = new ArrayList<>();
            all.add(new Total("bk_apm_count", totals.count()));
            all.add(new Total("bk_apm_error_count", totals.errors()));
            all.add(new Total("bk_apm_sum_duration", durations.sumMicros()));
            all.add(new Total("bk_apm_satisfied_count", totals.satisfied()));
            all.add(new Total("bk_apm_tolerating_count", totals.tolerating()));
            all.add(new Total("bk_apm_frustrated_count", totals.frustrated()));
            all.add(new Total("bk_apm_call_count", totals.calls()));
            all.add(new Total("bk_apm_request_count", totals.requests()));
            if (durations.count() > 0) {
                all.add(new Gauge("bk_apm_max_duration", MICROS, durations.maxMicros()));
            }
            gauge("bk_apm_avg_duration", MICROS, Derived.averageMicros(durations), all);
            gauge("bk_apm_error_rate", RATIO, Derived.errorRate(totals), all);
            gauge("bk_apm_apdex", RATIO, Derived.apdex(totals), all);
            all.add(
                    new Durations(
                            "bk_apm_duration",
                            DurationUnit.MICROSECONDS,
                            durations,
                            Exemplars.of(totals)));
            return all;
        }

        @Override
        Measure ofEvents(SeriesTotals totals) {
            return new Total("bk_apm_event_count", totals.count());
        }
    },
    /** Of the OpenTelemetry Collector's span metrics, in milliseconds. */
    OTEL {
        @Override
        List<Measure> ofSpans(SeriesTotals totals) {
            return List.of(
                    new Total("traces.span.metrics.calls", totals.count()),
                    durations(
                            "traces.span.metrics.duration",
                            DurationUnit.MILLISECONDS,
                            totals.durations(),
                            Exemplars.of(totals)));
        }

        @Override
        Measure ofEvents(SeriesTotals totals) {
            return new Total("traces.span.metrics.events", totals.count());
        }
    };

    private static final String MICROS = DurationUnit.MICROSECONDS.symbol();
    private static final String RATIO = "1";

    abstract List<Measure> ofSpans(SeriesTotals totals);

    abstract Measure ofEvents(SeriesTotals totals);

    /** All metrics of a sample; what cannot be told, such as the mean of nothing, is left out. */
    public List<Measure> measures(MetricSample sample) {
        return switch (sample.series().kind()) {
            case SPANS -> ofSpans(sample.totals());
            case EDGES -> ofEdges(sample.totals());
            case EVENTS -> List.of(ofEvents(sample.totals()));
        };
    }

    private static List<Measure> ofEdges(SeriesTotals totals) {
        List<Measure> all = new ArrayList<>();
        all.add(new Total("traces_service_graph_request_total", totals.count()));
        all.add(new Total("traces_service_graph_request_failed_total", totals.errors()));
        // A side that is never seen, as a database, has no durations at all.
        boolean served = totals.durations().count() > 0;
        List<Exemplar> exemplars = Exemplars.of(totals);
        if (served) {
            all.add(
                    durations(
                            "traces_service_graph_request_server",
                            DurationUnit.SECONDS,
                            totals.durations(),
                            exemplars));
        }
        if (totals.clientDurations().count() > 0) {
            all.add(
                    durations(
                            "traces_service_graph_request_client",
                            DurationUnit.SECONDS,
                            totals.clientDurations(),
                            served ? List.of() : exemplars));
        }
        return all;
    }

    /**
     * In microseconds where buckets are exponential: powers of 2 of a microsecond are none of a
     * millisecond, and buckets that are cut anew would no longer be exact.
     */
    private static Durations durations(
            String name, DurationUnit unit, DurationTotals durations, List<Exemplar> exemplars) {
        boolean exponential = durations.histogram() instanceof ExponentialHistogram;
        return new Durations(
                name, exponential ? DurationUnit.MICROSECONDS : unit, durations, exemplars);
    }

    private static void gauge(String name, String unit, Double value, List<Measure> all) {
        if (value != null) {
            all.add(new Gauge(name, unit, value));
        }
    }
}
