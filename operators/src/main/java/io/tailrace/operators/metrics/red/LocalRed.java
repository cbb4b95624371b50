package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.List;

/**
 * Counts spans into series by window where they are read, and hands on what they come to, so that
 * parts and not spans go over the network. What cannot be used goes to {@link
 * RequestReader#DEAD_LETTERS}, and what may be a side of a call to {@link #SIDES}.
 *
 * <p>It has no state: all is handed on before each barrier. It is also before a watermark passes
 * that has rows made of a window, at the end of input, and when its memory is used up.
 */
public final class LocalRed extends AbstractStreamOperator<MetricPart>
        implements OneInputStreamOperator<SpanRequest, MetricPart> {

    private static final long serialVersionUID = 1L;

    /** The spans that may be sides of calls, where calls are counted. */
    public static final OutputTag<SideBlock> SIDES = new OutputTag<>("sides", SideBlock.TYPE);

    private final VirtualMetricsSettings settings;
    private final ApplicationSettings application;

    private transient RequestReader reader;
    private transient RequestWalker walker;
    private transient RedCounting counting;

    public LocalRed(VirtualMetricsSettings settings, ApplicationSettings application) {
        this.settings = settings;
        this.application = application;
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        counting =
                new RedCounting(
                        settings,
                        application,
                        group,
                        part -> output.collect(new StreamRecord<>(part, part.arrival())),
                        getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                        sides -> output.collect(SIDES, new StreamRecord<>(sides)));
        reader = new RequestReader(group, List.of(counting.spans()));
        walker = new RequestWalker();
    }

    @Override
    public void processElement(StreamRecord<SpanRequest> element) {
        SpanRequest request = element.getValue();
        counting.arrival(request.arrival());
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
        counting.handOnDue(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** While this is idle, the watermarks of others go on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle()) {
            counting.handOnSides();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        counting.handOnAll();
    }

    @Override
    public void finish() throws Exception {
        counting.handOnAll();
        super.finish();
    }
}
