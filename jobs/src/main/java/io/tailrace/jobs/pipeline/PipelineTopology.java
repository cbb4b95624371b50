package io.tailrace.jobs.pipeline;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.discovery.DiscoveryTopology;
import io.tailrace.jobs.tailsampling.TailSamplingTopology;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsTopology;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.local.LocalDiscovery;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.operators.pipeline.SharedReading;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TraceChunk;

import java.util.Set;

/**
 * From one reading of requests to what every part makes of them; whatever their source and sinks.
 */
public final class PipelineTopology {

    private PipelineTopology() {}

    /**
     * What comes out. What could not be read is the same stream in all of it, and is to be written
     * once.
     *
     * @param sampled null without tail sampling
     * @param counted null without virtual metrics
     * @param found null without discovery
     */
    public record Outputs(
            TailSamplingTopology.Outputs sampled,
            VirtualMetricsTopology.Outputs counted,
            DiscoveryTopology.Outputs found,
            DataStream<DeadLetter> deadLetters) {}

    /**
     * @param lost events on hosts; null without discovery
     * @param sampling null where no traces are kept
     * @param virtualMetrics null where nothing is counted
     * @param discovery null where no inventory is kept
     * @param temporalities of the samples that are wanted
     */
    public static Outputs build(
            SingleOutputStreamOperator<SpanRequest> requests,
            DataStream<HostLost> lost,
            SamplingSettings sampling,
            VirtualMetricsSettings virtualMetrics,
            DiscoverySettings discovery,
            ApplicationSettings application,
            Set<Temporality> temporalities) {
        // As parallel as the source, so that both are one task and no request is copied.
        SingleOutputStreamOperator<TraceChunk> reading =
                requests.transform(
                                OperatorUids.READING,
                                TraceChunk.TYPE,
                                new SharedReading(sampling, virtualMetrics, discovery, application))
                        .setParallelism(requests.getParallelism())
                        .uid(OperatorUids.READING);
        DataStream<DeadLetter> deadLetters = reading.getSideOutput(RequestReader.DEAD_LETTERS);
        return new Outputs(
                sampling == null ? null : TailSamplingTopology.ofChunks(reading, sampling),
                virtualMetrics == null
                        ? null
                        : VirtualMetricsTopology.ofCounted(
                                new VirtualMetricsTopology.Counted(
                                        reading.getSideOutput(SharedReading.METRIC_PARTS),
                                        reading.getSideOutput(LocalRed.SIDES),
                                        deadLetters),
                                virtualMetrics,
                                temporalities),
                discovery == null
                        ? null
                        : DiscoveryTopology.ofRead(
                                new DiscoveryTopology.Read(
                                        reading.getSideOutput(SharedReading.SIGHTINGS),
                                        reading.getSideOutput(LocalDiscovery.SIDES),
                                        deadLetters),
                                lost,
                                discovery),
                deadLetters);
    }
}
