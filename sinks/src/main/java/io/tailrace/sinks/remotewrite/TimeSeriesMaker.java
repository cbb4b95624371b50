package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.sinks.metrics.Exemplars;
import io.tailrace.sinks.metrics.Measure;
import io.tailrace.sinks.metrics.MetricNaming;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes of a sample the messages {@code prometheus.TimeSeries} of remote write 1.0, each with the
 * one value. Explicit buckets become series of their own, with what is at most their bound;
 * exponential ones a native histogram.
 */
final class TimeSeriesMaker {

    private static final String INFINITY = "+Inf";

    // Fields of prometheus.TimeSeries, Label, Sample and Exemplar.
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;
    private static final int EXEMPLARS = 3;
    private static final int HISTOGRAMS = 4;
    private static final int LABEL_NAME = 1;
    private static final int LABEL_VALUE = 2;
    private static final int SAMPLE_VALUE = 1;
    private static final int SAMPLE_TIME = 2;
    private static final int EXEMPLAR_LABELS = 1;
    private static final int EXEMPLAR_VALUE = 2;
    private static final int EXEMPLAR_TIME = 3;

    private final MetricNaming naming;
    private final SeriesLabels labels;
    private final FreshExemplars exemplars;

    /**
     * @param exemplars null for none
     */
    TimeSeriesMaker(MetricNaming naming, SeriesLabels labels, FreshExemplars exemplars) {
        this.naming = naming;
        this.labels = labels;
        this.exemplars = exemplars;
    }

    List<ProtoMessage> of(MetricSample sample) {
        SortedMap<String, String> common = labels.of(sample.series());
        List<Exemplar> fresh = exemplars == null ? List.of() : exemplars.of(sample);
        List<ProtoMessage> all = new ArrayList<>();
        for (Measure measure : naming.measures(sample)) {
            String name = PrometheusNames.metric(measure);
            if (measure instanceof Measure.Total total) {
                all.add(value(common, name, (double) total.value(), sample.time()));
            } else if (measure instanceof Measure.Gauge gauge) {
                all.add(value(common, name, gauge.value(), sample.time()));
            } else if (measure instanceof Measure.Durations durations) {
                addDurations(durations.retaining(fresh), common, name, sample.time(), all);
            }
        }
        return all;
    }

    private static void addDurations(
            Measure.Durations measure,
            SortedMap<String, String> common,
            String name,
            long time,
            List<ProtoMessage> to) {
        if (measure.durations().histogram() instanceof ExplicitHistogram explicit) {
            addBuckets(measure, explicit, common, name + "_bucket", time, to);
            double sum = measure.unit().of(measure.durations().sumMicros());
            to.add(value(common, name + "_sum", sum, time));
            to.add(value(common, name + "_count", (double) measure.durations().count(), time));
        } else if (measure.durations().histogram() instanceof ExponentialHistogram exponential) {
            ProtoMessage series = labelled(common, name, null);
            series.message(HISTOGRAMS, NativeHistogram.of(measure.durations(), exponential, time));
            addExemplars(measure, Long.MIN_VALUE, Long.MAX_VALUE, series);
            to.add(series);
        }
    }

    private static void addBuckets(
            Measure.Durations measure,
            ExplicitHistogram histogram,
            SortedMap<String, String> common,
            String name,
            long time,
            List<ProtoMessage> to) {
        long[] bounds = histogram.bounds();
        long[] counts = histogram.counts();
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i];
            boolean last = i == bounds.length;
            String bound = last ? INFINITY : text(measure.unit().of(bounds[i]));
            ProtoMessage series = labelled(common, name, bound);
            series.message(SAMPLES, sample((double) total, time));
            addExemplars(
                    measure,
                    i == 0 ? Long.MIN_VALUE : bounds[i - 1],
                    last ? Long.MAX_VALUE : bounds[i],
                    series);
            to.add(series);
        }
    }

    /** The shortest text of the number, without an exponent: 2, 0.5, 1400. */
    private static String text(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    /** Those in microseconds above one bound and at most another. */
    private static void addExemplars(
            Measure.Durations measure, long above, long most, ProtoMessage series) {
        measure.exemplars().stream()
                .filter(each -> each.durationMicros() > above && each.durationMicros() <= most)
                .sorted((one, other) -> Long.compare(one.endMillis(), other.endMillis()))
                .forEach(
                        each ->
                                series.message(
                                        EXEMPLARS,
                                        exemplar(each, measure.unit().of(each.durationMicros()))));
    }

    private static ProtoMessage exemplar(Exemplar exemplar, double value) {
        return new ProtoMessage()
                .message(EXEMPLAR_LABELS, label("span_id", Exemplars.spanId(exemplar)))
                .message(EXEMPLAR_LABELS, label("trace_id", Exemplars.traceId(exemplar)))
                .real(EXEMPLAR_VALUE, value)
                .whole(EXEMPLAR_TIME, exemplar.endMillis());
    }

    private static ProtoMessage value(
            SortedMap<String, String> common, String name, double value, long time) {
        return labelled(common, name, null).message(SAMPLES, sample(value, time));
    }

    /**
     * @param bound null for none
     */
    private static ProtoMessage labelled(
            SortedMap<String, String> common, String name, String bound) {
        SortedMap<String, String> all = new TreeMap<>(common);
        all.put(SeriesLabels.NAME, name);
        if (bound != null) {
            all.put(SeriesLabels.BOUND, bound);
        }
        ProtoMessage series = new ProtoMessage();
        for (Map.Entry<String, String> each : all.entrySet()) {
            series.message(LABELS, label(each.getKey(), each.getValue()));
        }
        return series;
    }

    private static ProtoMessage label(String name, String value) {
        return new ProtoMessage().text(LABEL_NAME, name).text(LABEL_VALUE, value);
    }

    private static ProtoMessage sample(double value, long time) {
        return new ProtoMessage().real(SAMPLE_VALUE, value).whole(SAMPLE_TIME, time);
    }
}
