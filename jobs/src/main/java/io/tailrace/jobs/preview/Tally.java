package io.tailrace.jobs.preview;

import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.SpanCutter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums up a dry run: of each trace it holds the last decision, and of the spans, which all come out
 * behind the decision they follow, only their number. Made for one thread.
 */
public final class Tally {

    private final SamplingSettings settings;
    private final Map<Outcome, Amount> outcomes = new HashMap<>();
    private final Map<Outcome, Outcome> known = new HashMap<>();
    private final Map<TraceId, Fate> fates = new HashMap<>();
    private final ServiceSpans services = new ServiceSpans();
    private final SpanCutter cutter = new SpanCutter();
    private Amount cut = Amount.NONE;
    private long lateSpans;

    /** What the policies can say of a trace; there are few. */
    private record Outcome(Verdict verdict, Map<String, Vote> votes) {}

    /** What became of a trace. */
    private static final class Fate {
        private Outcome outcome;
        private long decided;
        private boolean begun;
        private boolean everKept;
        private int handedOn;
    }

    /**
     * @param settings of the dry run
     */
    public Tally(SamplingSettings settings) {
        this.settings = settings;
    }

    /** Takes a record as it is made. */
    public void decision(DecisionRecord record) {
        Outcome outcome = outcome(record);
        Fate fate = fates.computeIfAbsent(record.traceId(), none -> new Fate());
        if (record.trigger() != Trigger.LATE) {
            fate.begun = false;
            fate.handedOn = 0;
        } else if (record.decided() == fate.decided && !outcome.equals(fate.outcome)) {
            // It was reconsidered: the trace changes its place, what went before stays lost.
            add(fate.outcome, new Amount(-1, 0, 0));
        } else {
            return;
        }
        fate.outcome = outcome;
        fate.decided = record.decided();
        fate.everKept |= outcome.verdict == Verdict.SAMPLED;
        add(outcome, new Amount(1, 0, 0));
    }

    private Outcome outcome(DecisionRecord record) {
        Outcome outcome = new Outcome(record.decision().verdict(), record.decision().votes());
        return known.computeIfAbsent(outcome, first -> first);
    }

    private void add(Outcome outcome, Amount amount) {
        outcomes.merge(outcome, amount, Amount::plus);
    }

    /** Takes spans as the dry run hands them on: behind their trace's decision. */
    public void spans(KeptSpans spans) {
        Fate fate = fates.get(spans.traceId());
        if (fate == null) {
            throw new IllegalStateException("Spans before their decision: " + spans.traceId());
        }
        lateSpans += fate.begun ? spans.spans() : 0;
        fate.begun = true;
        add(fate.outcome, new Amount(0, spans.spans(), spans.otlp().length));
        boolean sampled = fate.outcome.verdict == Verdict.SAMPLED;
        int kept = sampled ? most(fate, spans) : 0;
        fate.handedOn += kept;
        if (sampled && kept < spans.spans()) {
            int bytes = kept == 0 ? 0 : cutter.first(spans.otlp(), kept).length;
            cut = cut.plus(new Amount(0, spans.spans() - kept, spans.otlp().length - bytes));
        }
        services.add(spans.otlp(), kept);
    }

    /** How many of them may be kept. */
    private int most(Fate fate, KeptSpans spans) {
        Integer most = settings.maxKeptSpansPerTrace();
        return most == null
                ? spans.spans()
                : Math.min(spans.spans(), Math.max(0, most - fate.handedOn));
    }

    /** The ids of traces that were kept at least once, in their order. */
    public Set<TraceId> keptTraces() {
        Set<TraceId> kept = new TreeSet<>();
        fates.forEach(
                (traceId, fate) -> {
                    if (fate.everKept) {
                        kept.add(traceId);
                    }
                });
        return kept;
    }

    /**
     * The sums.
     *
     * @param deadLetters by reason
     */
    public Preview preview(Map<String, Long> deadLetters) {
        Map<Verdict, Amount> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, Amount.NONE);
        }
        outcomes.forEach(
                (outcome, amount) -> verdicts.merge(outcome.verdict, amount, Amount::plus));
        Amount read = verdicts.values().stream().reduce(Amount.NONE, Amount::plus);
        List<Preview.PolicyShare> policies = new ArrayList<>();
        for (NamedPolicy policy : settings.policies()) {
            policies.add(share(policy));
        }
        return new Preview(
                policies,
                read,
                verdicts.get(Verdict.SAMPLED).minus(cut),
                verdicts.get(Verdict.DROPPED),
                verdicts.get(Verdict.NOT_SAMPLED),
                cut,
                lateSpans,
                deadLetters,
                services.shares());
    }

    private Preview.PolicyShare share(NamedPolicy policy) {
        boolean drops = policy.policy() instanceof Drop;
        Vote wanted = drops ? Vote.DROPPED : Vote.SAMPLED;
        Verdict verdict = drops ? Verdict.DROPPED : Verdict.SAMPLED;
        Amount all = Amount.NONE;
        Amount alone = Amount.NONE;
        for (Map.Entry<Outcome, Amount> each : outcomes.entrySet()) {
            Outcome outcome = each.getKey();
            if (outcome.votes.get(policy.name()) != wanted) {
                continue;
            }
            all = all.plus(each.getValue());
            long likewise = outcome.votes.values().stream().filter(wanted::equals).count();
            if (likewise == 1 && outcome.verdict == verdict) {
                alone = alone.plus(each.getValue());
            }
        }
        return new Preview.PolicyShare(policy.name(), policy.policy(), all, alone);
    }
}
