package io.tailrace.operators.span.wire;

import io.tailrace.operators.span.tracestate.SamplingThreshold;

/**
 * For how many spans one stands that passed sampling: 2^56 / (2^56 - threshold), rounded up or down
 * so that the mean is right. What decides is a hash of the span's ids, so that it is the same
 * whenever it is asked. For one thread.
 *
 * <p>Source: OpenTelemetry's specification, "TraceState: Probability Sampling"; rounding as the
 * Collector's connector span_metrics does, but by ids.
 */
public final class AdjustedCount {

    /** No sampler is that sparing; with more, totals could leave the range of a long. */
    static final long MOST = 1L << 31;

    private final OtSamplingView sampling = new OtSamplingView();

    public long of(SpanView span) {
        long threshold = sampling.read(span).threshold();
        if (threshold == SamplingThreshold.ABSENT || threshold == SamplingThreshold.ALWAYS) {
            return 1;
        }
        return of(threshold, span.traceIdHigh(), span.traceIdLow(), span.spanId());
    }

    static long of(long threshold, long traceHigh, long traceLow, long spanId) {
        long passing = SamplingThreshold.NEVER - threshold;
        long whole = SamplingThreshold.NEVER / passing;
        long rest = SamplingThreshold.NEVER % passing;
        long hash = Hashes.mix(Hashes.mix(Hashes.mix(traceHigh) ^ traceLow) ^ spanId);
        // The hash, of 63 bits, as a number from 0 to passing.
        long drawn = Math.multiplyHigh(hash >>> 1, passing << 1);
        return Math.min(drawn < rest ? whole + 1 : whole, MOST);
    }
}
