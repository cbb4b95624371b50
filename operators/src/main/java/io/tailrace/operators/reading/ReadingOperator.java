package io.tailrace.operators.reading;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.List;

/**
 * Reads requests for those that watch their spans. It has no state: all that they made is handed on
 * before each barrier and at the end of input, and what is due before a watermark passes. What
 * cannot be used goes to {@link RequestReader#DEAD_LETTERS}.
 */
public abstract class ReadingOperator<T> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<SpanRequest, T> {

    private static final long serialVersionUID = 1L;

    private transient List<SpanWatcher> watchers;
    private transient RequestReader reader;
    private transient RequestReader.Walk walk;
    private transient long arrival;

    /**
     * Makes those that watch; each sees the spans before the next one does.
     *
     * @param group of the operator's own metrics
     */
    protected abstract List<SpanWatcher> watchers(MetricGroup group);

    /** Makes the way over the spans of each request. */
    protected RequestReader.Walk walk() {
        return new RequestWalker()::walk;
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        watchers = watchers(group);
        reader = new RequestReader(group, watchers.stream().map(SpanWatcher::spans).toList());
        walk = walk();
    }

    /** Of the request that is read. */
    protected final long arrival() {
        return arrival;
    }

    /** Of the operator that gets what is told here by key. */
    protected final int maxParallelism() {
        return getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    }

    protected final void emit(T value, long time) {
        output.collect(new StreamRecord<>(value, time));
    }

    protected final <S> void emit(OutputTag<S> tag, S value, long time) {
        output.collect(tag, new StreamRecord<>(value, time));
    }

    /** Emits something that has no time of its own. */
    protected final <S> void emit(OutputTag<S> tag, S value) {
        output.collect(tag, new StreamRecord<>(value));
    }

    @Override
    public final void processElement(StreamRecord<SpanRequest> element) {
        SpanRequest request = element.getValue();
        arrival = request.arrival();
        for (SpanWatcher watcher : watchers) {
            watcher.arrival(arrival);
        }
        reader.read(request, walk, letter -> emit(RequestReader.DEAD_LETTERS, letter, arrival));
    }

    @Override
    public final void processWatermark(Watermark mark) throws Exception {
        for (SpanWatcher watcher : watchers) {
            watcher.handOnDue(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    /** While this is idle, the watermarks of others go on without it. */
    @Override
    public final void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle()) {
            watchers.forEach(SpanWatcher::handOnIdle);
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public final void prepareSnapshotPreBarrier(long checkpointId) {
        watchers.forEach(SpanWatcher::handOnAll);
    }

    @Override
    public final void finish() throws Exception {
        watchers.forEach(SpanWatcher::handOnAll);
        super.finish();
    }
}
