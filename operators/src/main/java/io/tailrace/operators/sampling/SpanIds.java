package io.tailrace.operators.sampling;

import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers the span ids of each trace of a request, where they are wanted, beside another visitor.
 */
final class SpanIds implements SpanVisitor {

    private static final long[] NONE = {};

    private final SpanVisitor beside;
    private final boolean wanted;
    private final List<Ids> traces = new ArrayList<>();

    SpanIds(SpanVisitor beside, boolean wanted) {
        this.beside = beside;
        this.wanted = wanted;
    }

    private static final class Ids {
        private long[] ids = new long[8];
        private int count;

        void add(long id) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id;
        }
    }

    void clear() {
        traces.clear();
    }

    /** Of a trace by its number in the request, in the order of its spans. */
    long[] of(int trace) {
        if (!wanted) {
            return NONE;
        }
        Ids ids = traces.get(trace);
        return Arrays.copyOf(ids.ids, ids.count);
    }

    @Override
    public void resource(ResourceView resource) {
        beside.resource(resource);
    }

    @Override
    public void scope(ScopeView scope) {
        beside.scope(scope);
    }

    @Override
    public void span(int trace, SpanView span) {
        beside.span(trace, span);
        if (wanted) {
            if (trace == traces.size()) {
                traces.add(new Ids());
            }
            traces.get(trace).add(span.spanId());
        }
    }
}
