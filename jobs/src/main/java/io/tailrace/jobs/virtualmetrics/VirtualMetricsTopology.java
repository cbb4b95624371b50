package io.tailrace.jobs.virtualmetrics;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.limit.SeriesLimiter;
import io.tailrace.operators.metrics.limit.ServiceKey;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.sample.SeriesSamples;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.operators.metrics.window.SeriesWindows;
import io.tailrace.operators.pairing.Call;
import io.tailrace.operators.pairing.LocalCalls;
import io.tailrace.operators.pairing.SpanPairing;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.span.TraceId;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** From requests to rows, samples and dead letters; whatever their source and sinks. */
public final class VirtualMetricsTopology {

    private VirtualMetricsTopology() {}

    /**
     * What comes out.
     *
     * @param samples of each temporality that was asked for
     */
    public record Outputs(
            DataStream<MetricRow> rows,
            Map<Temporality, DataStream<MetricSample>> samples,
            DataStream<DeadLetter> deadLetters) {}

    /**
     * What the reading of requests gives.
     *
     * @param sides of calls; none where these are not counted
     */
    public record Counted(
            DataStream<MetricPart> parts,
            DataStream<SideBlock> sides,
            DataStream<DeadLetter> deadLetters) {}

    /**
     * @param temporalities of the samples that are wanted
     */
    public static Outputs build(
            SingleOutputStreamOperator<SpanRequest> requests,
            VirtualMetricsSettings settings,
            ApplicationSettings application,
            Set<Temporality> temporalities) {
        // As parallel as the source, so that both are one task and no request is copied.
        SingleOutputStreamOperator<MetricPart> counted =
                requests.transform(
                                OperatorUids.COUNTS,
                                MetricPart.TYPE,
                                new LocalRed(settings, application))
                        .setParallelism(requests.getParallelism())
                        .uid(OperatorUids.COUNTS);
        return ofCounted(
                new Counted(
                        counted,
                        counted.getSideOutput(LocalRed.SIDES),
                        counted.getSideOutput(RequestReader.DEAD_LETTERS)),
                settings,
                temporalities);
    }

    /**
     * @param temporalities of the samples that are wanted
     */
    public static Outputs ofCounted(
            Counted counted, VirtualMetricsSettings settings, Set<Temporality> temporalities) {
        DataStream<MetricPart> parts =
                settings.serviceGraph().enabled()
                        ? counted.parts().union(calls(counted.sides(), settings))
                        : counted.parts();
        SingleOutputStreamOperator<MetricRow> rows =
                parts.keyBy(ServiceKey::of, ServiceKey.TYPE)
                        .process(new SeriesLimiter(settings.seriesLimits()))
                        .returns(MetricPart.TYPE)
                        .name(OperatorUids.LIMITER)
                        .uid(OperatorUids.LIMITER)
                        .keyBy(part -> part.series().id(), SeriesId.TYPE)
                        .process(
                                new SeriesWindows(
                                        settings.spanWindows(),
                                        settings.histogram(),
                                        settings.edgeWindows(),
                                        settings.serviceGraph().histogram()))
                        .returns(MetricRow.TYPE)
                        .name(OperatorUids.WINDOWS)
                        .uid(OperatorUids.WINDOWS);
        Map<Temporality, DataStream<MetricSample>> samples = new EnumMap<>(Temporality.class);
        for (Temporality temporality : temporalities) {
            samples.put(temporality, samples(rows, temporality, settings));
        }
        return new Outputs(rows, samples, counted.deadLetters());
    }

    private static DataStream<MetricPart> calls(
            DataStream<SideBlock> sides, VirtualMetricsSettings settings) {
        SingleOutputStreamOperator<Call> calls =
                sides.keyBy(SideBlock::traceId, TraceId.TYPE)
                        .transform(
                                OperatorUids.PAIRING,
                                Call.TYPE,
                                new SpanPairing(
                                        settings.serviceGraph().pairingWait(),
                                        settings.serviceGraph().maxWaitingSpans(),
                                        settings.serviceGraph().residentBudget().bytes()))
                        .uid(OperatorUids.PAIRING);
        return calls.transform(
                        OperatorUids.CALLS,
                        MetricPart.TYPE,
                        new LocalCalls(
                                settings.edgeWindows(),
                                settings.maxAhead().toMillis(),
                                settings.mostLocalEdges(),
                                settings.serviceGraph().histogram()::make))
                .uid(OperatorUids.CALLS);
    }

    private static DataStream<MetricSample> samples(
            DataStream<MetricRow> rows, Temporality temporality, VirtualMetricsSettings settings) {
        String uid = OperatorUids.samples(temporality);
        return rows.keyBy(row -> row.series().id(), SeriesId.TYPE)
                .process(new SeriesSamples(temporality, settings.seriesExpiration()))
                .returns(MetricSample.TYPE)
                .name(uid)
                .uid(uid);
    }
}
