package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be remembered, as a plain account has it: forgotten the moment it expires. */
final class PlainMemory {

    final Map<TraceId, DecidedTrace> decisions = new HashMap<>();

    /** The last decision on each trace that was forgotten since. */
    final Map<TraceId, DecidedTrace> forgotten = new HashMap<>();

    final List<DecidedTrace> told = new ArrayList<>();

    /** The decision that late spans of this arrival follow; null where there is none. */
    DecidedTrace followed(TraceId id, long arrival) {
        DecidedTrace decided = decisions.get(id);
        return decided != null && arrival <= decided.expires() ? decided : null;
    }

    void decide(DecidedTrace then) {
        DecidedTrace before = decisions.put(then.record().traceId(), then);
        if (before != null) {
            forgotten(before);
        }
    }

    void update(DecidedTrace then) {
        decisions.put(then.record().traceId(), then);
    }

    void watermark(long time) {
        for (DecidedTrace decided : List.copyOf(decisions.values())) {
            if (decided.expires() <= time) {
                decisions.remove(decided.record().traceId());
                forgotten(decided);
            }
        }
    }

    private void forgotten(DecidedTrace decided) {
        forgotten.put(decided.record().traceId(), decided);
        if (isToBeTold(decided)) {
            told.add(decided);
        }
    }

    private static boolean isToBeTold(DecidedTrace decided) {
        return decided.record().lateSpans() != 0 && !decided.told();
    }
}
