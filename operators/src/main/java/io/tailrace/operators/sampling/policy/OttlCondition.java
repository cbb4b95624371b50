package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.ottl.OttlEvaluationException;
import io.tailrace.operators.span.ottl.OttlException;
import io.tailrace.operators.span.ottl.SpanPredicate;
import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trace of which some span, or some event of a span, meets one of some conditions in OTTL.
 * Where one cannot be evaluated and errors propagate, the policy votes error, unless another span
 * meets one.
 */
@Meaning("Keeps a trace of which some span, or some span event, meets one of these OTTL conditions")
public record OttlCondition(
        @Setting(
                        value =
                                "What becomes of a condition that cannot be evaluated of a span: ignore and"
                                        + " silent count it as not met; propagate has the policy vote error",
                        defaultsTo = "propagate")
                ErrorMode errorMode,
        @Setting(value = "Conditions on spans", optional = true) List<String> span,
        @Setting(value = "Conditions on span events", optional = true) List<String> spanevent)
        implements Policy, Checked {

    /** What becomes of errors. */
    public enum ErrorMode {
        IGNORE,
        SILENT,
        PROPAGATE
    }

    @Override
    public void check(Problems problems) {
        if (span.isEmpty() && spanevent.isEmpty()) {
            problems.expected("", "at least one condition, in span or spanevent");
        }
        check("span", span, SpanPredicate::ofSpan, problems);
        check("spanevent", spanevent, SpanPredicate::ofSpanEvent, problems);
    }

    /** How a condition is read. */
    @FunctionalInterface
    private interface Reader {
        SpanPredicate read(String text, Semconv semconv) throws OttlException;
    }

    private static void check(
            String key, List<String> conditions, Reader reader, Problems problems) {
        for (int i = 0; i < conditions.size(); i++) {
            try {
                reader.read(conditions.get(i), Semconv.AS_WRITTEN);
            } catch (OttlException wrong) {
                problems.expected(
                        "%s[%d]".formatted(key, i),
                        "an OTTL condition; at its character %d: %s"
                                .formatted(wrong.column(), wrong.problem()));
            }
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(compilation.semconv().spelling(), Integer.toString(span.size())));
        parameters.addAll(span);
        parameters.addAll(spanevent);
        Asked asked =
                new Asked(
                        predicates(span, SpanPredicate::ofSpan, compilation),
                        predicates(spanevent, SpanPredicate::ofSpanEvent, compilation),
                        errorMode == ErrorMode.PROPAGATE);
        SpanConditions conditions = compilation.conditions();
        int some = conditions.bit("ottl_condition", parameters, asked::isMet);
        if (errorMode != ErrorMode.PROPAGATE) {
            return known -> known.growing(known.evidence().has(some));
        }
        int failing = conditions.bit("ottl_condition fails", parameters, asked::fails);
        return known -> {
            Vote vote = known.growing(known.evidence().has(some));
            return vote == Vote.NOT_SAMPLED && known.evidence().has(failing) ? Vote.ERROR : vote;
        };
    }

    private static SpanPredicate[] predicates(
            List<String> conditions, Reader reader, Compilation compilation) {
        SpanPredicate[] predicates = new SpanPredicate[conditions.size()];
        for (int i = 0; i < predicates.length; i++) {
            try {
                predicates[i] = reader.read(conditions.get(i), compilation.semconv());
            } catch (OttlException wrong) {
                throw new IllegalArgumentException(conditions.get(i), wrong);
            }
        }
        return predicates;
    }

    /** Asks the conditions of a span, once for both of what is asked of them. */
    private static final class Asked {
        private final SpanPredicate[] spans;
        private final SpanPredicate[] events;
        private final boolean errorsCount;
        private SpanView last;
        private long reading;
        private boolean met;
        private boolean failed;

        Asked(SpanPredicate[] spans, SpanPredicate[] events, boolean errorsCount) {
            this.spans = spans;
            this.events = events;
            this.errorsCount = errorsCount;
        }

        /** Whether one of them is met. */
        boolean isMet(ResourceView resource, ScopeView scope, SpanView span) {
            ask(resource, scope, span);
            return met;
        }

        /** Whether one of them cannot be evaluated. */
        boolean fails(ResourceView resource, ScopeView scope, SpanView span) {
            ask(resource, scope, span);
            return failed;
        }

        private void ask(ResourceView resource, ScopeView scope, SpanView span) {
            if (span == last && span.reading() == reading) {
                return;
            }
            last = span;
            reading = span.reading();
            met = false;
            failed = false;
            for (int i = 0; i < spans.length && !isAnswered(); i++) {
                try {
                    met |= spans[i].test(resource, scope, span);
                } catch (OttlEvaluationException wrong) {
                    failed = true;
                }
            }
            for (int event = 0; events.length > 0 && event < span.eventCount(); event++) {
                askEvent(resource, scope, span, event);
            }
        }

        private boolean isAnswered() {
            return met && (failed || !errorsCount);
        }

        private void askEvent(ResourceView resource, ScopeView scope, SpanView span, int event) {
            for (int i = 0; i < events.length && !isAnswered(); i++) {
                try {
                    met |= events[i].testEvent(resource, scope, span, event);
                } catch (OttlEvaluationException wrong) {
                    failed = true;
                }
            }
        }
    }
}
