package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.evidence.SpanCondition;
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
        SpanPredicate[] spans = predicates(span, SpanPredicate::ofSpan, compilation);
        SpanPredicate[] events = predicates(spanevent, SpanPredicate::ofSpanEvent, compilation);
        int some =
                compilation
                        .conditions()
                        .bit("ottl_condition", parameters, new Some(Answer.MET, spans, events));
        if (errorMode != ErrorMode.PROPAGATE) {
            return known -> known.growing(known.evidence().has(some));
        }
        int failing =
                compilation
                        .conditions()
                        .bit(
                                "ottl_condition fails",
                                parameters,
                                new Some(Answer.FAILED, spans, events));
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

    /** What comes of a condition on one span or event. */
    private enum Answer {
        MET,
        NOT_MET,
        FAILED
    }

    /** That one of the conditions gives an answer. */
    private record Some(Answer wanted, SpanPredicate[] spans, SpanPredicate[] events)
            implements SpanCondition {
        @Override
        public boolean onSpan(ResourceView resource, ScopeView scope, SpanView span) {
            for (SpanPredicate each : spans) {
                if (ask(each, resource, scope, span) == wanted) {
                    return true;
                }
            }
            for (int event = 0; events.length > 0 && event < span.eventCount(); event++) {
                for (SpanPredicate each : events) {
                    if (askEvent(each, resource, scope, span, event) == wanted) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static Answer ask(
            SpanPredicate condition, ResourceView resource, ScopeView scope, SpanView span) {
        try {
            return condition.test(resource, scope, span) ? Answer.MET : Answer.NOT_MET;
        } catch (OttlEvaluationException failed) {
            return Answer.FAILED;
        }
    }

    private static Answer askEvent(
            SpanPredicate condition,
            ResourceView resource,
            ScopeView scope,
            SpanView span,
            int event) {
        try {
            return condition.testEvent(resource, scope, span, event) ? Answer.MET : Answer.NOT_MET;
        } catch (OttlEvaluationException failed) {
            return Answer.FAILED;
        }
    }
}
