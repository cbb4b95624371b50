package io.tailrace.jobs.discovery;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.discovery.heartbeat.HeartbeatSettings;
import io.tailrace.jobs.discovery.heartbeat.Heartbeats;
import io.tailrace.jobs.discovery.host.HostLookups;
import io.tailrace.jobs.discovery.host.HostSettings;
import io.tailrace.jobs.sink.InventorySink;
import io.tailrace.jobs.sink.InventorySinks;
import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;

import java.util.ArrayList;
import java.util.List;

/** Wires the topology of discovery to the source, the directories and the sinks of a spec. */
public final class DiscoveryJob {

    private DiscoveryJob() {}

    public static void define(StreamExecutionEnvironment env, DiscoverySpec spec) {
        SingleOutputStreamOperator<SpanRequest> requests =
                RequestSource.requests(env, spec.source());
        Heartbeats.Outputs heartbeats = heartbeats(env, requests, spec.heartbeats(), spec.source());
        DiscoveryTopology.Outputs outputs =
                DiscoveryTopology.build(
                        requests, heartbeats.lost(), spec.discovery(), spec.application());
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        List<DataStream<DeadLetter>> letters =
                write(outputs.changes(), spec.hosts(), sinks, spec.sinks().inventory());
        sinks.writeDeadLetters(
                outputs.deadLetters(),
                and(letters, heartbeats.deadLetters()),
                spec.sinks().deadLetters());
    }

    /**
     * Events on hosts.
     *
     * @param settings null for none
     */
    public static Heartbeats.Outputs heartbeats(
            StreamExecutionEnvironment env,
            DataStream<SpanRequest> requests,
            HeartbeatSettings settings,
            SourceSettings source) {
        return settings == null
                ? new Heartbeats.Outputs(Heartbeats.none(requests), null)
                : Heartbeats.of(env, settings, source.brokersForSinks(), source.bounded());
    }

    /**
     * Writes changes; gives the dead letters of rows that are refused.
     *
     * @param hosts null where they are not looked up
     */
    public static List<DataStream<DeadLetter>> write(
            DataStream<InventoryChange> changes,
            HostSettings hosts,
            StreamSinks sinks,
            List<InventorySink> inventory) {
        return new InventorySinks(inventory)
                .write(hosts == null ? changes : HostLookups.of(changes, hosts), sinks);
    }

    /**
     * @param more null for none
     */
    public static List<DataStream<DeadLetter>> and(
            List<DataStream<DeadLetter>> letters, DataStream<DeadLetter> more) {
        List<DataStream<DeadLetter>> all = new ArrayList<>(letters);
        if (more != null) {
            all.add(more);
        }
        return all;
    }
}
