package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of all traffic, told plainly and by arrival alone. */
final class PlainAccount {

    static final long WAIT = 30_000;
    static final long ROOT_WAIT = 5_000;
    static final long TTL = 60_000;

    private static final long EVERYTHING = 1L << 56;

    private final SamplingSettings settings;
    private final List<String> records = new ArrayList<>();
    private final List<String> lateRecords = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<Kept> keptLate = new ArrayList<>();

    /** What a request brought of a trace. */
    record Part(long time, TraceId traceId, int bytes, List<PlacedSpan> spans) {}

    /**
     * A span that is handed on.
     *
     * @param policy that it names; null where it names none
     */
    record Kept(TraceId traceId, String policy, PlacedSpan span) {}

    /** From the first part of a trace to the end of its memory. */
    private record Life(
            TraceId traceId,
            long first,
            long decided,
            String trigger,
            List<Part> members,
            List<Part> late,
            Map<String, String> votes) {}

    /**
     * @param parts in the order in which those of one arrival are read
     */
    PlainAccount(SamplingSettings settings, List<Part> parts) {
        this.settings = settings;
        Map<TraceId, List<Part>> traces = new HashMap<>();
        parts.stream()
                .sorted(Comparator.comparingLong(Part::time))
                .forEach(
                        each ->
                                traces.computeIfAbsent(each.traceId, any -> new ArrayList<>())
                                        .add(each));
        List<Life> lives = new ArrayList<>();
        traces.forEach((traceId, all) -> live(traceId, all, lives));
        lives.sort(Comparator.comparingLong(Life::decided).thenComparing(Life::traceId));
        askLimiters(lives);
        lives.forEach(this::tell);
    }

    private void live(TraceId traceId, List<Part> all, List<Life> lives) {
        PlainVotes plain = new PlainVotes(settings, traceId);
        List<Part> rest = all;
        while (!rest.isEmpty()) {
            long first = rest.get(0).time;
            long root =
                    rest.stream()
                            .filter(each -> hasRoot(each.spans))
                            .mapToLong(Part::time)
                            .min()
                            .orElse(Long.MAX_VALUE - ROOT_WAIT);
            long deadline = Math.min(first + WAIT, root + ROOT_WAIT);
            String trigger = deadline < first + WAIT ? "ROOT" : "DEADLINE";
            long decided = deadline;
            if (settings.eagerRelease()) {
                for (Part each : rest) {
                    List<PlacedSpan> soFar = spans(unique(between(rest, 0, each.time)));
                    if (each.time <= deadline && plain.areFinal(plain.of(soFar, false))) {
                        decided = each.time;
                        trigger = "EAGER";
                        break;
                    }
                }
            }
            List<Part> members = unique(between(rest, 0, decided));
            lives.add(
                    new Life(
                            traceId,
                            first,
                            decided,
                            trigger,
                            members,
                            between(rest, decided, decided + TTL),
                            plain.of(spans(members), !trigger.equals("EAGER"))));
            rest = between(rest, decided + TTL, Long.MAX_VALUE);
        }
    }

    /** One token bucket a limiter, full at the first question, of lives in their order. */
    private void askLimiters(List<Life> lives) {
        for (NamedPolicy named : settings.policies()) {
            if (named.policy() instanceof RateLimiting limiter) {
                double burst = limiter.burstCapacity();
                double tokens = burst;
                long time = 0;
                for (Life life : lives) {
                    boolean asked =
                            life.votes.get(named.name()).equals("NOT_ASKED")
                                    && PlainVotes.verdict(life.votes).equals("NOT_SAMPLED");
                    if (asked) {
                        double seconds = (life.decided - time) / 1000.0;
                        double more = seconds * limiter.spansPerSecond();
                        tokens = Math.min(burst, tokens + more);
                        time = life.decided;
                        int cost = spans(life.members).size();
                        boolean passes = tokens > 0 && cost <= burst;
                        tokens -= passes ? cost : 0;
                        life.votes.put(named.name(), passes ? "SAMPLED" : "NOT_SAMPLED");
                    }
                }
            }
        }
    }

    private void tell(Life life) {
        PlainVotes plain = new PlainVotes(settings, life.traceId);
        Map<String, String> votes = life.votes;
        List<PlacedSpan> seen = new ArrayList<>(spans(life.members));
        boolean sampled = PlainVotes.verdict(votes).equals("SAMPLED");
        int handedOn = handOn(life, votes, seen, 0, kept);
        boolean complete = !sampled || handedOn == seen.size();
        long bytes = life.members.stream().mapToLong(Part::bytes).sum();
        records.add(text(life, votes, life.trigger, seen, 0, bytes, complete));

        boolean reconsiders =
                settings.lateSpans() == SamplingSettings.LateSpans.RECONSIDER
                        && PlainVotes.verdict(votes).equals("NOT_SAMPLED");
        boolean told = false;
        int late = 0;
        for (Part part : life.late) {
            seen.addAll(part.spans);
            late += part.spans.size();
            bytes += part.bytes;
            if (reconsiders && !told) {
                Map<String, String> again = plain.again(votes, seen);
                if (PlainVotes.verdict(again).equals("SAMPLED")) {
                    votes = again;
                    told = true;
                    lateRecords.add(text(life, votes, "LATE", seen, late, bytes, false));
                }
            }
            sampled = PlainVotes.verdict(votes).equals("SAMPLED");
            int more = handOn(life, votes, part.spans, handedOn, keptLate);
            handedOn += more;
            complete &= !sampled || more == part.spans.size();
        }
        if (late > 0 && !told) {
            lateRecords.add(text(life, votes, "LATE", seen, late, bytes, complete));
        }
    }

    private int handOn(
            Life life,
            Map<String, String> votes,
            List<PlacedSpan> spans,
            int before,
            List<Kept> to) {
        if (settings.dryRun()) {
            spans.forEach(each -> to.add(new Kept(life.traceId, null, each)));
            return spans.size();
        }
        if (!PlainVotes.verdict(votes).equals("SAMPLED")) {
            return 0;
        }
        PlainVotes plain = new PlainVotes(settings, life.traceId);
        String policy = settings.stampPolicy() ? plain.winner(votes) : null;
        Long threshold = plain.threshold(votes);
        int most =
                settings.maxKeptSpansPerTrace() == null
                        ? spans.size()
                        : Math.max(0, settings.maxKeptSpansPerTrace() - before);
        List<PlacedSpan> some = spans.subList(0, Math.min(most, spans.size()));
        some.forEach(each -> to.add(new Kept(life.traceId, policy, stamped(each, threshold))));
        return some.size();
    }

    /** The spans of tests bring no trace state. */
    private static PlacedSpan stamped(PlacedSpan placed, Long threshold) {
        if (threshold == null) {
            return placed;
        }
        String digits = "%014x".formatted(threshold).replaceFirst("0{1,13}$", "");
        return new PlacedSpan(
                placed.under(),
                placed.within(),
                placed.span().toBuilder().setTraceState("ot=th:" + digits).build());
    }

    private static List<Part> between(List<Part> all, long after, long until) {
        return all.stream().filter(each -> each.time > after && each.time <= until).toList();
    }

    private List<Part> unique(List<Part> parts) {
        if (!settings.deduplicate()) {
            return parts;
        }
        Set<Object> ids = new HashSet<>();
        return parts.stream()
                .map(
                        part ->
                                new Part(
                                        part.time,
                                        part.traceId,
                                        part.bytes,
                                        part.spans.stream()
                                                .filter(each -> ids.add(each.span().getSpanId()))
                                                .toList()))
                .toList();
    }

    private static boolean hasRoot(List<PlacedSpan> spans) {
        return spans.stream().anyMatch(each -> each.span().getParentSpanId().isEmpty());
    }

    private static List<PlacedSpan> spans(List<Part> parts) {
        return parts.stream().flatMap(each -> each.spans.stream()).toList();
    }

    private String text(
            Life life,
            Map<String, String> votes,
            String trigger,
            List<PlacedSpan> spans,
            int late,
            long bytes,
            boolean complete) {
        PlainVotes plain = new PlainVotes(settings, life.traceId);
        Long threshold = plain.threshold(votes);
        long start =
                spans.stream()
                        .mapToLong(each -> each.span().getStartTimeUnixNano())
                        .min()
                        .orElse(0);
        long end =
                spans.stream().mapToLong(each -> each.span().getEndTimeUnixNano()).max().orElse(0);
        return "%s %s by %s, %s %s spans=%d late=%d bytes=%d times=%d-%d first=%d decided=%d for %s%s"
                .formatted(
                        life.traceId,
                        PlainVotes.verdict(votes),
                        plain.winner(votes),
                        votes,
                        trigger,
                        spans.size(),
                        late,
                        settings.deduplicate() ? 0 : bytes,
                        start,
                        end,
                        life.first,
                        life.decided,
                        threshold == null ? null : (double) EVERYTHING / (EVERYTHING - threshold),
                        complete ? "" : " incomplete");
    }

    /** The first record of each decision. */
    List<String> records() {
        return records;
    }

    /** The second records. */
    List<String> lateRecords() {
        return lateRecords;
    }

    /** What is handed on with decisions. */
    List<Kept> kept() {
        return kept;
    }

    /** What is handed on after them. */
    List<Kept> keptLate() {
        return keptLate;
    }
}
