package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;

/**
 * A condition in OTTL, the language in which users of the OpenTelemetry Collector write conditions,
 * compiled once and asked of every span, or of every event of one. For one thread.
 *
 * <p>Source: the language's documentation in the Collector (pkg/ottl: LANGUAGE.md, the contexts
 * span and spanevent, and the converters of ottlfuncs).
 */
public final class SpanPredicate {

    private final Context context;
    private final Condition condition;
    private final Row row = new Row();

    private SpanPredicate(Context context, Condition condition) {
        this.context = context;
        this.condition = condition;
    }

    /**
     * A condition on spans.
     *
     * @param semconv under which names attributes are looked for
     * @throws OttlException with the position of what is wrong or not supported
     */
    public static SpanPredicate ofSpan(String text, Semconv semconv) throws OttlException {
        return of(Context.SPAN, text, semconv);
    }

    /** A condition on spans that finds attributes under the names as they are written. */
    public static SpanPredicate ofSpan(String text) throws OttlException {
        return ofSpan(text, Semconv.AS_WRITTEN);
    }

    /** A condition on events that finds attributes under the names as they are written. */
    public static SpanPredicate ofSpanEvent(String text) throws OttlException {
        return ofSpanEvent(text, Semconv.AS_WRITTEN);
    }

    /**
     * A condition on the events of spans.
     *
     * @param semconv under which names attributes are looked for
     * @throws OttlException with the position of what is wrong or not supported
     */
    public static SpanPredicate ofSpanEvent(String text, Semconv semconv) throws OttlException {
        return of(Context.SPAN_EVENT, text, semconv);
    }

    private static SpanPredicate of(Context context, String text, Semconv semconv)
            throws OttlException {
        return new SpanPredicate(
                context, new Compiler(context, semconv).condition(Parser.parse(text)));
    }

    /**
     * Whether a span meets a condition on spans.
     *
     * @throws OttlEvaluationException where it cannot be told
     */
    public boolean test(ResourceView resource, ScopeView scope, SpanView span) {
        if (context != Context.SPAN) {
            throw new IllegalStateException("A condition on events needs an event");
        }
        row.set(resource, scope, span, 0);
        return condition.test(row);
    }

    /**
     * Whether an event meets a condition on events.
     *
     * @param event its index in the span
     * @throws OttlEvaluationException where it cannot be told
     */
    public boolean testEvent(ResourceView resource, ScopeView scope, SpanView span, int event) {
        if (context != Context.SPAN_EVENT) {
            throw new IllegalStateException("A condition on spans is not asked of events");
        }
        row.set(resource, scope, span, event);
        return condition.test(row);
    }
}
