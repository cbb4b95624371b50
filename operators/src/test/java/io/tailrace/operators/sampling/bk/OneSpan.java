package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.bkjson.BkJsonReader;
import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request with one span, and what conditions say of it. */
record OneSpan(byte[] otlp) {

    static OneSpan ofBkJson(String span) {
        try {
            return new OneSpan(
                    new BkJsonReader()
                            .read(
                                    span.getBytes(StandardCharsets.UTF_8),
                                    (reason, error, bytes, from, to) -> {
                                        throw new AssertionError(error);
                                    }));
        } catch (UnreadableException fault) {
            throw new AssertionError(fault);
        }
    }

    boolean matches(List<BkCondition> conditions) {
        return matches(new SpanMatcher(conditions, Semconv.AS_WRITTEN), 1);
    }

    /** What they say of it the last of so many times. */
    boolean matches(SpanMatcher conditions, int times) {
        Asking asking = new Asking(conditions, times);
        try {
            new RequestSplitter()
                    .split(
                            otlp,
                            (reason, error, bytes, from, to) -> {
                                throw new AssertionError(error);
                            },
                            asking,
                            (trace, high, low, spans, chunk) -> {});
        } catch (UnreadableException fault) {
            throw new AssertionError(fault);
        }
        return asking.matched;
    }

    private static final class Asking implements SpanVisitor {
        private final SpanMatcher conditions;
        private final int times;
        private ResourceView resource;
        private ScopeView scope;
        private boolean matched;

        Asking(SpanMatcher conditions, int times) {
            this.conditions = conditions;
            this.times = times;
        }

        @Override
        public void resource(ResourceView next) {
            resource = next;
        }

        @Override
        public void scope(ScopeView next) {
            scope = next;
        }

        @Override
        public void span(int trace, SpanView span) {
            for (int i = 0; i < times; i++) {
                matched = conditions.test(resource, scope, span);
            }
        }
    }
}
