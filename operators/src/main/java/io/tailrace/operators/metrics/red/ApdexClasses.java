package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.ApdexRule;
import io.tailrace.operators.metrics.SeriesTotals.Apdex;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.List;

/** Tells how a span's duration was felt, by the first rule that is for it. */
final class ApdexClasses {

    private static final int ANY = -1;
    private static final long MICROS_PER_MILLI = 1000;
    private static final long TOLERATED = 4;

    private final Rule[] rules;

    /**
     * @param attribute null for any span
     */
    private record Rule(int kind, AttributeText attribute, long thresholdMicros) {

        static Rule of(ApdexRule rule) {
            return new Rule(
                    rule.kind() == null ? ANY : rule.kind().number(),
                    rule.attribute() == null ? null : new AttributeText(rule.attribute()),
                    rule.thresholdMs() * MICROS_PER_MILLI);
        }

        boolean isFor(ResourceView resource, SpanView span) {
            return (kind == ANY || kind == span.kind())
                    && (attribute == null
                            || attribute.isIn(span.attributes())
                            || attribute.isIn(resource.attributes()));
        }

        Apdex of(long micros) {
            if (micros <= thresholdMicros) {
                return Apdex.SATISFIED;
            }
            return micros <= TOLERATED * thresholdMicros ? Apdex.TOLERATING : Apdex.FRUSTRATED;
        }
    }

    ApdexClasses(List<ApdexRule> rules) {
        this.rules = rules.stream().map(Rule::of).toArray(Rule[]::new);
    }

    Apdex of(ResourceView resource, SpanView span, long micros, boolean error) {
        for (Rule rule : rules) {
            if (rule.isFor(resource, span)) {
                return error ? Apdex.FRUSTRATED : rule.of(micros);
            }
        }
        return Apdex.NONE;
    }
}
