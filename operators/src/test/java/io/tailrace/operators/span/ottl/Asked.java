package io.tailrace.operators.span.ottl;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.List;

/** Asks something of a span in its bytes. */
final class Asked {

    /** What is asked. */
    @FunctionalInterface
    interface Question {
        void of(ResourceView resource, ScopeView scope, SpanView span);
    }

    private Asked() {}

    static void of(PlacedSpan placed, Question question) {
        try {
            new RequestSplitter()
                    .split(
                            PlacedSpan.request(List.of(placed)).toByteArray(),
                            (reason, error, bytes, from, to) -> {
                                throw new AssertionError(error);
                            },
                            new Asking(question),
                            (trace, high, low, spans, otlp) -> {});
        } catch (UnreadableException fault) {
            throw new AssertionError(fault);
        }
    }

    /** What came out: true, false, or why it could not be told. */
    static Object outcome(SpanPredicate predicate, PlacedSpan placed) {
        Object[] outcome = new Object[1];
        of(
                placed,
                (resource, scope, span) -> {
                    try {
                        outcome[0] = predicate.test(resource, scope, span);
                    } catch (OttlEvaluationException wrong) {
                        outcome[0] = wrong.getMessage();
                    }
                });
        return outcome[0];
    }

    private static final class Asking implements SpanVisitor {
        private final Question question;
        private ResourceView resource;
        private ScopeView scope;

        Asking(Question question) {
            this.question = question;
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
            question.of(resource, scope, span);
        }
    }
}
