package io.tailrace.bench.reference;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.bench.measure.CountingSink;
import io.tailrace.bench.measure.Run;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.List;

/** The pipeline that others are compared with; see {@link ReferenceSampler}. */
public final class ReferencePipeline {

    private static final Duration MARK_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_SPANS = 10_000;

    /** What the policies ask of a trace, asked of single spans. */
    static final List<Condition> CONDITIONS =
            List.of(
                    new Condition("status.code", Condition.Method.EQ, "2"),
                    new Condition("elapsed_time", Condition.Method.GT, "1000000"),
                    new Condition(
                            "attributes.app.customer.tier", Condition.Method.EQ, "enterprise"));

    private static final double RANDOM_PERCENT = 3;

    private ReferencePipeline() {}

    /**
     * Asks of spans what the policies of the other modes ask of traces: errors, a root that took
     * more than a second, a certain customer; or 3 % by chance.
     *
     * @param requests in {@code bk_json}
     * @param sessionGap how long buffered spans stay
     */
    public static void define(
            SingleOutputStreamOperator<SpanRequest> requests, Run run, Duration sessionGap) {
        requests.flatMap(new BkSpanSplitter())
                .returns(BkSpan.TYPE)
                .name("spans")
                .uid("spans")
                .keyBy(BkSpan::traceId, TraceId.TYPE)
                .process(
                        new ReferenceSampler(
                                CONDITIONS, RANDOM_PERCENT, sessionGap, MARK_TIMEOUT, MAX_SPANS))
                .returns(BkSpan.TYPE)
                .name("reference-sampler")
                .uid("reference-sampler")
                .sinkTo(new CountingSink<>(run.key(), Run.Outcome.KEPT_SPANS, span -> 1))
                .name("kept-spans")
                .uid("kept-spans");
    }
}
