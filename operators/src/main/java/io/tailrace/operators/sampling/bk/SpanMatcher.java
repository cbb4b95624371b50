package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of conditions, made ready to be asked of spans. A span matches if all conditions of one
 * group are met; an OR begins a new group. No conditions match nothing.
 *
 * <p>Fields are those of BlueKing's JSON. Numbers, booleans, lists and objects have the texts that
 * JSON gives them, without blanks. A field that a span does not have, or an attribute that is null,
 * meets no condition, not even {@code neq} and {@code nreg}. Times are microseconds. Conditions on
 * events are met by any one event.
 *
 * <p>Each instance is used by one thread.
 */
public final class SpanMatcher {

    private final Term[][] groups;

    private record Term(SpanField field, ValueTest test) {}

    /**
     * @param conditions checked ones
     * @param semconv under which names attributes are looked for
     */
    public SpanMatcher(List<BkCondition> conditions, Semconv semconv) {
        List<List<Term>> all = new ArrayList<>();
        for (BkCondition condition : conditions) {
            if (all.isEmpty() || condition.condition() == BkCondition.Join.OR) {
                all.add(new ArrayList<>());
            }
            all.get(all.size() - 1)
                    .add(new Term(SpanField.of(condition.key(), semconv), ValueTest.of(condition)));
        }
        groups = all.stream().map(group -> group.toArray(Term[]::new)).toArray(Term[][]::new);
    }

    /**
     * @param resource the span's
     * @param scope the span's
     */
    public boolean test(ResourceView resource, ScopeView scope, SpanView span) {
        for (Term[] group : groups) {
            if (all(group, resource, scope, span)) {
                return true;
            }
        }
        return false;
    }

    private static boolean all(
            Term[] group, ResourceView resource, ScopeView scope, SpanView span) {
        for (Term term : group) {
            if (!term.field.test(resource, scope, span, term.test)) {
                return false;
            }
        }
        return true;
    }
}
