package io.tailrace.sinks.metrics.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.sinks.metrics.DurationUnit;
import io.tailrace.sinks.metrics.Measure;

import java.nio.ByteBuffer;
import java.util.List;

/** Makes the data points of one sample: all with its times and its dimensions. */
final class DataPoints {

    private static final long NANOS = 1_000_000;

    private final long start;
    private final long time;
    private final List<KeyValue> attributes;

    DataPoints(MetricSample sample) {
        start = sample.start() * NANOS;
        time = sample.time() * NANOS;
        attributes =
                sample.series().dimensions().stream()
                        .map(each -> text(each.name(), each.value()))
                        .toList();
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    NumberDataPoint whole(long value) {
        return number().setAsInt(value).build();
    }

    NumberDataPoint real(double value) {
        return number().setAsDouble(value).build();
    }

    private NumberDataPoint.Builder number() {
        return NumberDataPoint.newBuilder()
                .addAllAttributes(attributes)
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(time);
    }

    HistogramDataPoint explicit(Measure.Durations measure, ExplicitHistogram histogram) {
        DurationTotals durations = measure.durations();
        DurationUnit unit = measure.unit();
        HistogramDataPoint.Builder point =
                HistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes)
                        .setStartTimeUnixNano(start)
                        .setTimeUnixNano(time)
                        .setCount(durations.count())
                        .setSum(unit.of(durations.sumMicros()))
                        .addAllExemplars(exemplars(measure));
        if (durations.count() > 0) {
            point.setMin(unit.of(durations.minMicros())).setMax(unit.of(durations.maxMicros()));
        }
        for (long bound : histogram.bounds()) {
            point.addExplicitBounds(unit.of(bound));
        }
        for (long count : histogram.counts()) {
            point.addBucketCounts(count);
        }
        return point.build();
    }

    /**
     * @param measure in microseconds: in no other unit are there bounds of this kind
     */
    ExponentialHistogramDataPoint exponential(
            Measure.Durations measure, ExponentialHistogram histogram) {
        DurationTotals durations = measure.durations();
        DurationUnit unit = measure.unit();
        ExponentialHistogramDataPoint.Builder point =
                ExponentialHistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes)
                        .setStartTimeUnixNano(start)
                        .setTimeUnixNano(time)
                        .setCount(durations.count())
                        .setSum(unit.of(durations.sumMicros()))
                        .setScale(histogram.scale())
                        .setZeroCount(histogram.zeros())
                        .addAllExemplars(exemplars(measure));
        if (durations.count() > 0) {
            point.setMin(unit.of(durations.minMicros())).setMax(unit.of(durations.maxMicros()));
        }
        point.getPositiveBuilder().setOffset(histogram.offset());
        for (long count : histogram.counts()) {
            point.getPositiveBuilder().addBucketCounts(count);
        }
        return point.build();
    }

    private static List<Exemplar> exemplars(Measure.Durations measure) {
        return measure.exemplars().stream()
                .map(
                        each ->
                                Exemplar.newBuilder()
                                        .setTimeUnixNano(each.endMillis() * NANOS)
                                        .setAsDouble(measure.unit().of(each.durationMicros()))
                                        .setTraceId(bytes(each.traceHigh(), each.traceLow()))
                                        .setSpanId(bytes(each.spanId()))
                                        .build())
                .toList();
    }

    private static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
