package io.tailrace.plain;

import io.opentelemetry.proto.trace.v1.Status;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tail sampling means, in the plainest words there are: all traffic at hand, one trace after
 * another, and nothing of the product. Its policies are called errors, slow (more than 500 ms) and
 * baseline (5 %), in this order, and some where spans a second are limited.
 */
public final class PlainSampler {

    private static final long SLOW_MILLIS = 500;

    /** The share of 5 % of the Collector's hash, rounded as the Collector does. */
    private static final long FIVE_PERCENT = 0x0cccccccccccccffL;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sampling sampling;
    private final List<DecisionLine> decisions = new ArrayList<>();
    private final List<PlainSpan> kept = new ArrayList<>();
    private int lateSpans;

    private PlainSampler(Sampling sampling) {
        this.sampling = sampling;
    }

    /** What some request brought of one trace. */
    private record Part(long arrival, List<PlainSpan> spans) {}

    /**
     * From the first part of a trace to the end of its memory.
     *
     * @param votes by policy
     */
    private record Life(
            String trace,
            boolean early,
            long firstSeen,
            long decided,
            List<PlainSpan> members,
            List<PlainSpan> late,
            Map<String, String> votes) {}

    /**
     * @param requests in the order of their arrival
     */
    public static PlainSampler of(List<PlainRequest> requests, Sampling sampling) {
        Map<String, List<Part>> traces = new LinkedHashMap<>();
        for (PlainRequest request : requests) {
            Map<String, List<PlainSpan>> parts = new HashMap<>();
            for (PlainSpan span : PlainSpan.of(request.otlp())) {
                parts.computeIfAbsent(span.traceId(), none -> new ArrayList<>()).add(span);
            }
            parts.forEach(
                    (trace, spans) ->
                            traces.computeIfAbsent(trace, none -> new ArrayList<>())
                                    .add(new Part(request.arrival(), spans)));
        }
        PlainSampler sampler = new PlainSampler(sampling);
        List<Life> lives = new ArrayList<>();
        traces.forEach((trace, parts) -> sampler.live(trace, parts, lives));
        lives.sort(Comparator.comparingLong(Life::decided).thenComparing(Life::trace));
        if (sampling.spansPerSecond() > 0) {
            limit(lives, sampling.spansPerSecond());
        }
        lives.forEach(sampler::tell);
        return sampler;
    }

    /** The parts of a trace are in the order of their arrival, as arrivals never fall. */
    private void live(String trace, List<Part> parts, List<Life> lives) {
        int next = 0;
        while (next < parts.size()) {
            long firstSeen = parts.get(next).arrival();
            long deadline = firstSeen + sampling.decisionWait().toMillis();
            List<PlainSpan> members = new ArrayList<>();
            boolean early = false;
            long decided = deadline;
            while (next < parts.size() && parts.get(next).arrival() <= deadline && !early) {
                long arrival = parts.get(next).arrival();
                for (; next < parts.size() && parts.get(next).arrival() == arrival; next++) {
                    members.addAll(parts.get(next).spans());
                }
                // What any of the policies keeps, no later span makes them give up.
                early = sampling.eager() && met(trace, members).containsValue(true);
                decided = early ? arrival : deadline;
            }
            List<PlainSpan> late = new ArrayList<>();
            long expires = decided + sampling.decisionTtl().toMillis();
            for (; next < parts.size() && parts.get(next).arrival() <= expires; next++) {
                late.addAll(parts.get(next).spans());
            }
            Map<String, String> votes = votes(met(trace, members), early);
            lives.add(new Life(trace, early, firstSeen, decided, members, late, votes));
        }
    }

    /** By policy, in their order. */
    private static Map<String, Boolean> met(String trace, List<PlainSpan> spans) {
        Map<String, Boolean> met = new LinkedHashMap<>();
        met.put("errors", spans.stream().anyMatch(PlainSampler::isError));
        met.put("slow", durationMillis(spans) > SLOW_MILLIS);
        met.put("baseline", Long.compareUnsigned(hash(trace), FIVE_PERCENT) <= 0);
        return met;
    }

    /** Later spans may bring an error, or make a trace slow; its id stays what it is. */
    private Map<String, String> votes(Map<String, Boolean> met, boolean early) {
        Map<String, String> votes = new LinkedHashMap<>();
        met.forEach(
                (policy, sampled) -> {
                    boolean open = early && !policy.equals("baseline");
                    votes.put(policy, sampled ? "sampled" : open ? "open" : "not_sampled");
                });
        if (sampling.spansPerSecond() > 0) {
            votes.put("some", "not_asked");
        }
        return votes;
    }

    /** A token bucket of two seconds, full at first; asked only where no other policy keeps. */
    private static void limit(List<Life> lives, int spansPerSecond) {
        double most = 2.0 * spansPerSecond;
        double tokens = most;
        long time = 0;
        for (Life life : lives) {
            if (!life.votes.containsValue("sampled")) {
                double more = (life.decided - time) * (double) spansPerSecond / 1000;
                tokens = Math.min(most, tokens + more);
                time = life.decided;
                int cost = life.members.size();
                boolean passes = tokens > 0 && cost <= most;
                tokens -= passes ? cost : 0;
                life.votes.put("some", passes ? "sampled" : "not_sampled");
            }
        }
    }

    private void tell(Life life) {
        String winner =
                life.votes.keySet().stream()
                        .filter(policy -> life.votes.get(policy).equals("sampled"))
                        .findFirst()
                        .orElse(null);
        List<PlainSpan> all = new ArrayList<>(life.members);
        decisions.add(line(life, false, winner, all, 0));
        all.addAll(life.late);
        if (!life.late.isEmpty()) {
            decisions.add(line(life, true, winner, all, life.late.size()));
            lateSpans += life.late.size();
        }
        if (winner != null) {
            all.forEach(span -> kept.add(span.keptBy(winner)));
        }
    }

    private static DecisionLine line(
            Life life, boolean late, String winner, List<PlainSpan> spans, int lateSpans) {
        return new DecisionLine(
                life.trace,
                life.early && !late,
                late,
                life.firstSeen,
                life.decided,
                winner == null ? "not_sampled" : "sampled",
                winner,
                new HashMap<>(life.votes),
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

    /** How many traces a policy kept. */
    public long keptBy(String policy) {
        return decisions.stream()
                .filter(line -> !line.late() && policy.equals(line.policy()))
                .count();
    }

    /** How many were decided before their deadline. */
    public long early() {
        return decisions.stream().filter(DecisionLine::early).count();
    }
}
