package io.tailrace.jobs.testing;

import io.opentelemetry.proto.trace.v1.Status;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tail sampling means, in the plainest words there are: all traffic at hand, one trace after
 * another, and nothing of the product. The policies are {@link SamplingSpecs#POLICIES}.
 */
public final class PlainSampler {

    private static final long SLOW_MILLIS = 500;

    /** The share of 5 % of the Collector's hash, rounded as the Collector does. */
    private static final long FIVE_PERCENT = 0x0cccccccccccccffL;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long waitMillis;
    private final long ttlMillis;
    private final List<DecisionLine> decisions = new ArrayList<>();
    private final List<PlainSpan> kept = new ArrayList<>();
    private int lateSpans;

    private PlainSampler(Duration wait, Duration ttl) {
        this.waitMillis = wait.toMillis();
        this.ttlMillis = ttl.toMillis();
    }

    /** What some request brought of one trace. */
    private record Part(long arrival, List<PlainSpan> spans) {}

    public static PlainSampler of(Traffic traffic, Duration wait, Duration ttl) {
        Map<String, List<Part>> traces = new LinkedHashMap<>();
        for (Traffic.Request request : traffic.requests()) {
            Map<String, List<PlainSpan>> parts = new HashMap<>();
            for (PlainSpan span : PlainSpan.of(request.otlp())) {
                parts.computeIfAbsent(span.traceId(), none -> new ArrayList<>()).add(span);
            }
            parts.forEach(
                    (trace, spans) ->
                            traces.computeIfAbsent(trace, none -> new ArrayList<>())
                                    .add(new Part(request.arrival(), spans)));
        }
        PlainSampler sampler = new PlainSampler(wait, ttl);
        traces.forEach(sampler::decide);
        return sampler;
    }

    /** The parts of a trace are in the order of their arrival, as arrivals never fall. */
    private void decide(String trace, List<Part> parts) {
        int next = 0;
        while (next < parts.size()) {
            long firstSeen = parts.get(next).arrival();
            long decided = firstSeen + waitMillis;
            List<PlainSpan> members = new ArrayList<>();
            for (; next < parts.size() && parts.get(next).arrival() <= decided; next++) {
                members.addAll(parts.get(next).spans());
            }
            List<PlainSpan> late = new ArrayList<>();
            for (;
                    next < parts.size() && parts.get(next).arrival() <= decided + ttlMillis;
                    next++) {
                late.addAll(parts.get(next).spans());
            }
            decide(trace, firstSeen, decided, members, late);
        }
    }

    private void decide(
            String trace,
            long firstSeen,
            long decided,
            List<PlainSpan> members,
            List<PlainSpan> late) {
        Map<String, Boolean> met = new LinkedHashMap<>();
        met.put("errors", members.stream().anyMatch(PlainSampler::isError));
        met.put("slow", durationMillis(members) > SLOW_MILLIS);
        met.put("baseline", Long.compareUnsigned(hash(trace), FIVE_PERCENT) <= 0);
        String winner = met.keySet().stream().filter(met::get).findFirst().orElse(null);
        Map<String, String> votes = new HashMap<>();
        met.forEach((policy, sampled) -> votes.put(policy, sampled ? "sampled" : "not_sampled"));

        List<PlainSpan> all = new ArrayList<>(members);
        decisions.add(line(trace, false, firstSeen, decided, winner, votes, all, 0));
        all.addAll(late);
        if (!late.isEmpty()) {
            decisions.add(line(trace, true, firstSeen, decided, winner, votes, all, late.size()));
            lateSpans += late.size();
        }
        if (winner != null) {
            kept.addAll(all);
        }
    }

    private static DecisionLine line(
            String trace,
            boolean late,
            long firstSeen,
            long decided,
            String winner,
            Map<String, String> votes,
            List<PlainSpan> spans,
            int lateSpans) {
        return new DecisionLine(
                trace,
                late,
                firstSeen,
                decided,
                winner == null ? "not_sampled" : "sampled",
                winner,
                votes,
                spans.size(),
                lateSpans,
                start(spans),
                durationMillis(spans));
    }

    private static boolean isError(PlainSpan span) {
        return span.span().getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
    }

    private static long start(List<PlainSpan> spans) {
        return spans.stream()
                .mapToLong(span -> span.span().getStartTimeUnixNano())
                .min()
                .orElseThrow();
    }

    private static long durationMillis(List<PlainSpan> spans) {
        long end =
                spans.stream()
                        .mapToLong(span -> span.span().getEndTimeUnixNano())
                        .max()
                        .orElseThrow();
        return (end - start(spans)) / NANOS_PER_MILLI;
    }

    /** FNV-1a of 64 bits over the Collector's salt and the id's bytes. */
    private static long hash(String trace) {
        byte[] salt = "default-hash-seed".getBytes(StandardCharsets.US_ASCII);
        return hash(HexFormat.of().parseHex(trace), hash(salt, 0xcbf29ce484222325L));
    }

    private static long hash(byte[] bytes, long start) {
        long hash = start;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    public List<DecisionLine> decisions() {
        return decisions;
    }

    /** All spans of kept traces, those that came late included. */
    public List<PlainSpan> kept() {
        return kept;
    }

    public int lateSpans() {
        return lateSpans;
    }

    /** Fails unless a job's results are these. */
    public void assertSame(String what, Results results) {
        Counted.assertSame(what + ", decisions", results.decisions(), decisions);
        Counted.assertSame(what + ", kept spans", results.kept(), kept);
    }
}
