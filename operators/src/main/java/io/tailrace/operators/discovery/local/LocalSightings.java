package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;

/**
 * Hands on sightings without repeating those of one thing, by the same rules as {@link
 * LocalDiscovery}. It has no state.
 */
public final class LocalSightings extends AbstractStreamOperator<Sighting>
        implements OneInputStreamOperator<Sighting, Sighting> {

    private static final long serialVersionUID = 1L;

    private final long budget;
    private final long refreshMillis;

    private transient PendingSightings sightings;
    private transient Counter sightingsIn;
    private transient long timesFull;

    public LocalSightings(DiscoverySettings settings) {
        this.budget = settings.localBudget().bytes();
        this.refreshMillis = settings.refresh().toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        sightingsIn = group.counter("sightings_in");
        Counter out = group.counter("sightings_out");
        sightings =
                new PendingSightings(
                        refreshMillis,
                        sighting -> {
                            out.inc();
                            output.collect(new StreamRecord<>(sighting, sighting.lastSeen()));
                        });
        group.gauge("discovery_things", (Gauge<Integer>) sightings::size);
        group.gauge("discovery_bytes", (Gauge<Long>) sightings::bytes);
        group.gauge("discovery_budget_used_up", (Gauge<Long>) () -> timesFull);
    }

    @Override
    public void processElement(StreamRecord<Sighting> element) {
        Sighting sighting = element.getValue();
        sightingsIn.inc();
        if (sightings.bytes() >= budget) {
            sightings.forgetAll();
            timesFull++;
        }
        SeenItem item = sightings.of(sighting.application(), sighting.item());
        sightings.note(item, sighting.firstSeen(), sighting.lastSeen());
        sightings.handOnUrgent(item);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (sightings.isDue(mark.getTimestamp())) {
            sightings.handOnAll();
        }
        super.processWatermark(mark);
    }

    /** While this is idle, the watermarks of others go on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle()) {
            sightings.handOnAll();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        sightings.handOnAll();
    }

    @Override
    public void finish() throws Exception {
        sightings.handOnAll();
        super.finish();
    }
}
