package io.tailrace.jobs.pipeline;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.discovery.DiscoveryJob;
import io.tailrace.jobs.discovery.heartbeat.Heartbeats;
import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.jobs.tailsampling.TailSamplingJob;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsJob;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;

import java.util.ArrayList;
import java.util.List;

/** Wires the topology of a pipeline to the source and sinks of a spec. */
public final class PipelineJob {

    private PipelineJob() {}

    public static void define(StreamExecutionEnvironment env, PipelineSpec spec) {
        SingleOutputStreamOperator<SpanRequest> requests =
                RequestSource.requests(env, spec.source());
        Heartbeats.Outputs heartbeats =
                spec.discovery() == null
                        ? new Heartbeats.Outputs(null, null)
                        : DiscoveryJob.heartbeats(env, requests, spec.heartbeats(), spec.source());
        PipelineTopology.Outputs outputs =
                PipelineTopology.build(
                        requests,
                        heartbeats.lost(),
                        spec.tailSampling(),
                        spec.virtualMetrics(),
                        spec.discovery(),
                        spec.application(),
                        VirtualMetricsJob.temporalities(spec.sinks().metrics()));
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        List<DataStream<DeadLetter>> unwritten = new ArrayList<>();
        if (outputs.sampled() != null) {
            unwritten.addAll(
                    TailSamplingJob.write(
                            outputs.sampled(),
                            sinks,
                            spec.sinks().spans(),
                            spec.sinks().decisions()));
        }
        if (outputs.counted() != null) {
            unwritten.addAll(
                    VirtualMetricsJob.write(
                            outputs.counted(),
                            sinks,
                            spec.virtualMetrics(),
                            spec.sinks().metrics()));
        }
        if (outputs.found() != null) {
            unwritten.addAll(
                    DiscoveryJob.write(
                            outputs.found().changes(),
                            spec.hosts(),
                            sinks,
                            spec.sinks().inventory()));
        }
        sinks.writeDeadLetters(
                outputs.deadLetters(),
                DiscoveryJob.and(unwritten, heartbeats.deadLetters()),
                spec.sinks().deadLetters());
    }
}
