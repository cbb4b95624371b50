package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.sampling.limit.Budget;
import io.tailrace.operators.span.semconv.Semconv;

import java.util.ArrayList;
import java.util.List;

/** What the policies of a spec are compiled into and with. */
public final class Compilation {

    private final SpanConditions conditions;
    private final List<Budget> budgets;
    private final Semconv semconv;
    private final boolean consistent;
    private final String path;

    /**
     * @param consistent whether traces are chosen by the randomness of OpenTelemetry's consistent
     *     sampling, so that kept spans can carry their threshold
     */
    public Compilation(Semconv semconv, boolean consistent) {
        this(new SpanConditions(), new ArrayList<>(), semconv, consistent, "");
        if (consistent) {
            conditions.needProbabilities();
        }
    }

    private Compilation(
            SpanConditions conditions,
            List<Budget> budgets,
            Semconv semconv,
            boolean consistent,
            String path) {
        this.conditions = conditions;
        this.budgets = budgets;
        this.semconv = semconv;
        this.consistent = consistent;
        this.path = path;
    }

    /** The same for a policy of this name within; whatever the names, no two paths are alike. */
    Compilation named(String name) {
        String part = name.replace("~", "~0").replace("/", "~1");
        String below = path.isEmpty() ? part : path + '/' + part;
        return new Compilation(conditions, budgets, semconv, consistent, below);
    }

    /** Takes what must be asked of each span. */
    public SpanConditions conditions() {
        return conditions;
    }

    public List<Budget> budgets() {
        return List.copyOf(budgets);
    }

    boolean consistent() {
        return consistent;
    }

    Semconv semconv() {
        return semconv;
    }

    /** The names under which an attribute is looked for. */
    List<String> names(String key) {
        return semconv.names(key);
    }

    /**
     * Makes a budget for the policy at hand.
     *
     * @return its number among the buckets
     */
    int budget(double rate, double burst) {
        budgets.add(new Budget(path, rate, burst));
        return budgets.size() - 1;
    }
}
