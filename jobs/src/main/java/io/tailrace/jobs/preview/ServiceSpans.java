package io.tailrace.jobs.preview;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts kept and other spans by the service that each of them names itself. */
final class ServiceSpans implements SpanVisitor {

    private final Map<String, Counts> services = new HashMap<>();
    private final RequestSplitter splitter = new RequestSplitter();
    private Counts current;
    private int kept;

    private static final class Counts {
        private long kept;
        private long dropped;
    }

    /**
     * @param otlp spans that were good once
     * @param first how many of them are kept; the others are not
     */
    void add(byte[] otlp, int first) {
        kept = first;
        try {
            splitter.split(
                    otlp,
                    (reason, error, bytes, from, to) -> {
                        throw new IllegalStateException("A span that was good once: " + error);
                    },
                    this,
                    (trace, high, low, spans, chunk) -> {});
        } catch (UnreadableException fault) {
            throw new IllegalStateException("Spans that were good once", fault);
        }
    }

    @Override
    public void resource(ResourceView resource) {
        current = services.computeIfAbsent(resource.serviceName(), none -> new Counts());
    }

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void span(int trace, SpanView span) {
        if (kept-- > 0) {
            current.kept++;
        } else {
            current.dropped++;
        }
    }

    /** Of all services, in no order. */
    List<Preview.ServiceShare> shares() {
        List<Preview.ServiceShare> shares = new ArrayList<>();
        services.forEach(
                (name, counts) ->
                        shares.add(new Preview.ServiceShare(name, counts.kept, counts.dropped)));
        return shares;
    }
}
