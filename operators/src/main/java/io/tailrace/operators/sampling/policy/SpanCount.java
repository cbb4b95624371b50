package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/** Keeps a trace whose number of spans is in a range, bounds included. */
@Meaning("Keeps a trace by its number of spans, bounds included")
public record SpanCount(
        @Setting(value = "Least number of spans", defaultsTo = "0", least = 0) int minSpans,
        @Setting(value = "Greatest number of spans; 0 is no bound", defaultsTo = "0", least = 0)
                int maxSpans)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        if (maxSpans != 0 && maxSpans < minSpans) {
            problems.expected("max_spans", "at least min_spans (%d)".formatted(minSpans));
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        if (maxSpans == 0) {
            return known -> known.growing(known.evidence().spans() >= minSpans);
        }
        return known -> {
            int spans = known.evidence().spans();
            return spans >= minSpans ? known.shrinking(spans <= maxSpans) : known.growing(false);
        };
    }
}
