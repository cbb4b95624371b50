package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.metrics.FilterSettings;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.span.ottl.OttlEvaluationException;
import io.tailrace.operators.span.ottl.OttlException;
import io.tailrace.operators.span.ottl.SpanPredicate;
import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which spans are counted, and counts by reason those that are not. For one thread. */
final class SpanFilter {

    private final List<SpanKind> kinds;
    private final Set<String> services;
    private final Set<String> excludedServices;
    private final SpanPredicate[] excluded;
    private final Counter byKind;
    private final Counter byService;
    private final Counter byCondition;
    private final Counter failures;
    private boolean serviceCounts = true;

    SpanFilter(FilterSettings settings, MetricGroup group) {
        kinds = settings.kinds();
        services = new HashSet<>(settings.services());
        excludedServices = new HashSet<>(settings.excludeServices());
        excluded =
                settings.exclude().stream()
                        .map(SpanFilter::predicate)
                        .toArray(SpanPredicate[]::new);
        byKind = group.addGroup("reason", "kind").counter("spans_filtered");
        byService = group.addGroup("reason", "service").counter("spans_filtered");
        byCondition = group.addGroup("reason", "condition").counter("spans_filtered");
        failures = group.counter("filter_evaluation_errors");
    }

    private static SpanPredicate predicate(String condition) {
        try {
            return SpanPredicate.ofSpan(condition, Semconv.BOTH);
        } catch (OttlException wrong) {
            throw new IllegalArgumentException(condition, wrong);
        }
    }

    /** Whether it must be told of services. */
    boolean asksOfServices() {
        return !services.isEmpty() || !excludedServices.isEmpty();
    }

    /**
     * @param service of the spans that follow; empty where they have none
     */
    void service(String service) {
        serviceCounts =
                (services.isEmpty() || services.contains(service))
                        && !excludedServices.contains(service);
    }

    boolean passes(ResourceView resource, ScopeView scope, SpanView span) {
        if (!serviceCounts) {
            byService.inc();
            return false;
        }
        if (!kinds.isEmpty() && !hasKind(span.kind())) {
            byKind.inc();
            return false;
        }
        for (SpanPredicate condition : excluded) {
            if (meets(condition, resource, scope, span)) {
                byCondition.inc();
                return false;
            }
        }
        return true;
    }

    private boolean hasKind(int number) {
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).number() == number) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(
            SpanPredicate condition, ResourceView resource, ScopeView scope, SpanView span) {
        try {
            return condition.test(resource, scope, span);
        } catch (OttlEvaluationException wrong) {
            failures.inc();
            return false;
        }
    }
}
