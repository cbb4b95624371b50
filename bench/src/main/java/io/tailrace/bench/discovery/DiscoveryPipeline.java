package io.tailrace.bench.discovery;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.bench.measure.CountingSink;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.sampling.Policies;
import io.tailrace.bench.sampling.SamplingPipeline;
import io.tailrace.jobs.discovery.DiscoveryTopology;
import io.tailrace.jobs.discovery.heartbeat.Heartbeats;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The pipeline of a mode, from the pool to what was found. */
final class DiscoveryPipeline {

    /** All else is the job's own defaults. */
    private static final String SPEC =
            """
            discovery: { pairing_wait: %dms }
            """;

    private DiscoveryPipeline() {}

    private record Spec(
            @Setting("What is found") DiscoverySettings discovery,
            @Setting(value = "Whose spans", defaultsTo = "{}") ApplicationSettings application) {}

    static void define(
            StreamExecutionEnvironment env, DiscoveryMode mode, Run run, Duration pairingWait) {
        SingleOutputStreamOperator<SpanRequest> requests = SamplingPipeline.requests(env, run);
        switch (mode) {
            case PASS_THROUGH ->
                    SamplingPipeline.passThrough(
                            requests, Policies.keepFivePercent(pairingWait), run);
            case DISCOVERY -> discover(requests, SPEC.formatted(pairingWait.toMillis()), run);
        }
    }

    private static void discover(
            SingleOutputStreamOperator<SpanRequest> requests, String text, Run run) {
        Spec spec = SpecReader.read("bench", text, Spec.class, List.of(), Map.of()).value();
        DiscoveryTopology.Outputs outputs =
                DiscoveryTopology.build(
                        requests, Heartbeats.none(requests), spec.discovery(), spec.application());
        outputs.changes()
                .sinkTo(
                        new CountingSink<>(
                                run.key(),
                                (found, change) ->
                                        found.told(change.item().identity(), change.lastSeen())))
                .name("changes")
                .uid("changes");
        SamplingPipeline.countDeadLetters(outputs.deadLetters(), run);
    }
}
