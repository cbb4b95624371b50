package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.TraceStateChange;
import io.tailrace.operators.span.wire.RequestStamper;
import io.tailrace.operators.span.wire.SpanCutter;
import io.tailrace.operators.span.wire.Stamp;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes of the chunks of a kept trace what is handed on: no more than may be, and stamped. */
final class KeptSpansMaker {

    private final SamplingSettings settings;
    private final SpanCutter cutter = new SpanCutter();
    private final RequestStamper stamper = new RequestStamper();
    private final Map<Winner, Stamp> stamps = new HashMap<>();

    /** What a stamp is made of; there are as many as policies. */
    private record Winner(String policy, String subPolicy, Long threshold) {}

    KeptSpansMaker(SamplingSettings settings) {
        this.settings = settings;
    }

    boolean isHandedOn(Verdict verdict) {
        return settings.dryRun() || verdict == Verdict.SAMPLED;
    }

    /**
     * @param spans in all chunks
     * @param before how many spans of the trace were handed on before
     * @return null where nothing more may be
     */
    KeptSpans make(
            TraceId traceId, Decision decision, List<TraceChunk> chunks, int spans, int before) {
        if (settings.dryRun()) {
            return new KeptSpans(traceId, spans, bytes(chunks));
        }
        int most =
                settings.maxKeptSpansPerTrace() == null
                        ? Integer.MAX_VALUE
                        : Math.max(0, settings.maxKeptSpansPerTrace() - before);
        if (most == 0) {
            return null;
        }
        byte[] otlp = bytes(chunks);
        byte[] cut = spans > most ? cutter.first(otlp, most) : otlp;
        return new KeptSpans(traceId, Math.min(spans, most), stamper.stamp(cut, stamp(decision)));
    }

    private static byte[] bytes(List<TraceChunk> chunks) {
        if (chunks.size() == 1) {
            return chunks.get(0).otlp();
        }
        ByteArrayOutputStream otlp =
                new ByteArrayOutputStream(
                        chunks.stream().mapToInt(chunk -> chunk.otlp().length).sum());
        chunks.forEach(chunk -> otlp.writeBytes(chunk.otlp()));
        return otlp.toByteArray();
    }

    private Stamp stamp(Decision decision) {
        return stamps.computeIfAbsent(
                new Winner(decision.policy(), decision.subPolicy(), decision.threshold()),
                winner ->
                        new Stamp(
                                settings.stampPolicy() ? winner.policy : null,
                                settings.stampPolicy() ? winner.subPolicy : null,
                                change(winner.threshold)));
    }

    /** Of a trace kept by a limiter nobody knows how many others it stands for. */
    private TraceStateChange change(Long threshold) {
        if (!settings.stampThreshold()) {
            return new TraceStateChange.Untouched();
        }
        return threshold == null
                ? new TraceStateChange.Erased()
                : new TraceStateChange.AtLeast(threshold);
    }
}
