package io.tailrace.operators.metrics.red;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.application.Applications;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.DeadLetters;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.SpanSide;
import io.tailrace.operators.pairing.SpanSides;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.wire.RequestWalker;

/**
 * Counts spans into series by window where they are read, and hands on what they come to, so that
 * parts and not spans go over the network: rate, errors and durations (RED).
 *
 * <p>It has no state: all is handed on before each barrier. It is also before a watermark passes
 * that has rows made of a window, at the end of input, and when its memory is used up. Every part
 * is of spans that no other part has, so however they are cut, they add up to the same.
 *
 * <p>In the same pass the spans that may be sides of calls go out beside, whatever is counted of
 * them: a call is told by both of its sides.
 *
 * <p>A span is dropped, and counted by service, where it arrived too late for its window's last
 * correction, or ends too long after its arrival.
 */
public final class LocalRed extends AbstractStreamOperator<MetricPart>
        implements OneInputStreamOperator<SpanRequest, MetricPart> {

    private static final long serialVersionUID = 1L;

    /** What could not be read. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetter.TYPE);

    /** The spans that may be sides of calls, where calls are counted. */
    public static final OutputTag<SpanSide> SIDES = new OutputTag<>("sides", SpanSide.TYPE);

    private final VirtualMetricsSettings settings;
    private final ApplicationSettings application;

    private transient RequestDecoder decoder;
    private transient RequestWalker walker;
    private transient DeadLetters deadLetters;
    private transient RedMetrics told;
    private transient LocalCounts counts;
    private transient SpanCounts spans;

    /** From a window's start until its rows are made, in milliseconds. */
    private transient long dueAfterStart;

    public LocalRed(VirtualMetricsSettings settings, ApplicationSettings application) {
        this.settings = settings;
        this.application = application;
    }

    @Override
    public void open() throws Exception {
        super.open();
        decoder = new RequestDecoder();
        walker = new RequestWalker();
        told = new RedMetrics(getMetricGroup());
        deadLetters = new DeadLetters(told.group());
        counts =
                new LocalCounts(settings.localBudget().bytes(), settings.histogram(), this::handOn);
        spans =
                new SpanCounts(
                        settings,
                        new Applications(application, told.wrongApplications()),
                        told,
                        counts,
                        sides());
        told.watch(counts, spans);
        dueAfterStart = settings.window().plus(settings.windowWait()).toMillis();
    }

    /** Null where calls are not counted. */
    private SpanSides sides() {
        return settings.serviceGraph().enabled()
                ? new SpanSides(
                        settings.serviceGraph(),
                        settings.limits().maxValueBytes(),
                        side -> output.collect(SIDES, new StreamRecord<>(side, side.arrival())))
                : null;
    }

    private void handOn(MetricPart part) {
        told.partOut();
        output.collect(new StreamRecord<>(part, part.arrival()));
    }

    @Override
    public void processElement(StreamRecord<SpanRequest> element) {
        SpanRequest request = element.getValue();
        told.requestIn(request.payload().length);
        DeadLetters.OfRecord letters =
                deadLetters.of(
                        request,
                        letter ->
                                output.collect(
                                        DEAD_LETTERS,
                                        new StreamRecord<>(letter, request.arrival())));
        spans.arrival(request.arrival());
        try {
            byte[] otlp = decoder.decode(request.encoding(), request.payload(), letters);
            walker.walk(otlp, letters, spans);
        } catch (UnreadableException fault) {
            letters.rejectAll(fault);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // No window begins before the epoch, so a mark before it has none made.
        counts.handOn(Math.max(mark.getTimestamp(), 0) - dueAfterStart);
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        counts.handOnAll();
    }

    @Override
    public void finish() throws Exception {
        counts.handOnAll();
        super.finish();
    }
}
