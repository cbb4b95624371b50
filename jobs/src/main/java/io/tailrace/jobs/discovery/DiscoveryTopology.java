package io.tailrace.jobs.discovery;

import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.discovery.heartbeat.Heartbeats;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryKey;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.inventory.Inventory;
import io.tailrace.operators.discovery.inventory.InventoryLimits;
import io.tailrace.operators.discovery.local.LocalDiscovery;
import io.tailrace.operators.discovery.local.LocalSightings;
import io.tailrace.operators.discovery.relation.RelationPairing;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.span.TraceId;

/** From requests to changes of an inventory and dead letters; whatever their source and sinks. */
public final class DiscoveryTopology {

    private DiscoveryTopology() {}

    /** What comes out. */
    public record Outputs(
            DataStream<InventoryChange> changes, DataStream<DeadLetter> deadLetters) {}

    /**
     * What the reading of requests gives.
     *
     * @param sightings of what single spans show
     * @param sides of spans that are to be joined
     */
    public record Read(
            DataStream<Sighting> sightings,
            DataStream<SideBlock> sides,
            DataStream<DeadLetter> deadLetters) {}

    /**
     * @param lost events on hosts
     */
    public static Outputs build(
            SingleOutputStreamOperator<SpanRequest> requests,
            DataStream<HostLost> lost,
            DiscoverySettings settings,
            ApplicationSettings application) {
        // As parallel as the source, so that both are one task and no request is copied.
        SingleOutputStreamOperator<Sighting> sightings =
                requests.transform(
                                OperatorUids.SIGHTINGS,
                                Sighting.TYPE,
                                new LocalDiscovery(settings, application))
                        .setParallelism(requests.getParallelism())
                        .uid(OperatorUids.SIGHTINGS);
        return ofRead(
                new Read(
                        sightings,
                        sightings.getSideOutput(LocalDiscovery.SIDES),
                        sightings.getSideOutput(RequestReader.DEAD_LETTERS)),
                lost,
                settings);
    }

    /**
     * @param lost events on hosts
     */
    public static Outputs ofRead(Read read, DataStream<HostLost> lost, DiscoverySettings settings) {
        DataStream<Sighting> sightings = read.sightings().union(joined(read.sides(), settings));
        BroadcastStream<HostLost> broadcast = Heartbeats.toAll(lost);
        SingleOutputStreamOperator<InventoryChange> changes =
                sightings
                        .keyBy(Sighting::key, InventoryKey.TYPE)
                        .connect(broadcast)
                        .process(new Inventory(limits(settings)), InventoryChange.TYPE)
                        .name(OperatorUids.INVENTORY)
                        .uid(OperatorUids.INVENTORY);
        return new Outputs(changes, read.deadLetters());
    }

    private static DataStream<Sighting> joined(
            DataStream<SideBlock> sides, DiscoverySettings settings) {
        return sides.keyBy(SideBlock::traceId, TraceId.TYPE)
                .transform(OperatorUids.RELATIONS, Sighting.TYPE, new RelationPairing(settings))
                .uid(OperatorUids.RELATIONS)
                .transform(
                        OperatorUids.JOINED_SIGHTINGS, Sighting.TYPE, new LocalSightings(settings))
                .uid(OperatorUids.JOINED_SIGHTINGS);
    }

    private static InventoryLimits limits(DiscoverySettings settings) {
        return new InventoryLimits(
                settings.ttl(),
                settings.topoNodeTtl(),
                settings.refresh(),
                settings.maxEntities(),
                settings.maxEndpoints());
    }
}
