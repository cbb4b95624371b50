package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.List;

/**
 * Finds what spans show where they are read, and hands it on without repeating it with every span.
 * What cannot be used goes to {@link RequestReader#DEAD_LETTERS}, and what is told of each span to
 * those that join them to {@link #SIDES}.
 *
 * <p>It has no state: all is handed on before each barrier. A new thing is at once; all is again
 * whenever event time has gone on by a quarter of {@code refresh}, at the end of input, and when
 * its memory is used up.
 */
public final class LocalDiscovery extends AbstractStreamOperator<Sighting>
        implements OneInputStreamOperator<SpanRequest, Sighting> {

    private static final long serialVersionUID = 1L;

    /** Of each span that has a service, what joins it with others. */
    public static final OutputTag<SideBlock> SIDES =
            new OutputTag<>("discovery-sides", SideBlock.TYPE);

    private final DiscoverySettings settings;
    private final ApplicationSettings application;

    private transient RequestReader reader;
    private transient RequestWalker walker;
    private transient Discovering discovering;

    public LocalDiscovery(DiscoverySettings settings, ApplicationSettings application) {
        this.settings = settings;
        this.application = application;
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        discovering =
                new Discovering(
                        settings,
                        application,
                        group,
                        group.counter("wrong_application_attributes"),
                        sighting ->
                                output.collect(new StreamRecord<>(sighting, sighting.lastSeen())),
                        getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                        sides -> output.collect(SIDES, new StreamRecord<>(sides)));
        reader = new RequestReader(group, List.of(discovering.spans()));
        walker = new RequestWalker();
    }

    @Override
    public void processElement(StreamRecord<SpanRequest> element) {
        SpanRequest request = element.getValue();
        discovering.arrival(request.arrival());
        reader.read(
                request,
                walker::walk,
                letter ->
                        output.collect(
                                RequestReader.DEAD_LETTERS,
                                new StreamRecord<>(letter, request.arrival())));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        discovering.handOnDue(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** While this is idle, the watermarks of others go on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle()) {
            discovering.handOnAll();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        discovering.handOnAll();
    }

    @Override
    public void finish() throws Exception {
        discovering.handOnAll();
        super.finish();
    }
}
