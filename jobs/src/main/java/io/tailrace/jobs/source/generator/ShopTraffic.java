package io.tailrace.jobs.source.generator;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.tailrace.jobs.source.generator.shop.EndedSpan;
import io.tailrace.jobs.source.generator.shop.Instance;
import io.tailrace.jobs.source.generator.shop.Traces;
import io.tailrace.jobs.source.generator.shop.Weather;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shop's export requests. Request n is a flush of instance n modulo their number, with the
 * spans that became ready since that instance's flush before; its bytes are a pure function of the
 * settings, n and the start, in whatever order requests are asked for.
 *
 * <p>Asking for them in ascending order, with gaps or without, makes each trace once. Not for use
 * by several threads.
 */
public final class ShopTraffic {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final byte[] NOTHING = {};
    private static final int INSTANCES = Instance.ALL.size();

    /** Requests that may be asked for again without making their traces anew. */
    private static final int KEPT = 1_000;

    private final GeneratorSettings settings;
    private final double gap;
    private final Traces traces;

    /** Of traces from {@link #firstTrace} up to {@link #nextTrace}, by the request they go with. */
    private final Map<Long, List<EndedSpan>> requests = new HashMap<>();

    private long startMillis;
    private long firstTrace;
    private long nextTrace;
    private long firstKept;

    public ShopTraffic(GeneratorSettings settings) {
        this.settings = settings;
        this.gap = 1e9 / settings.rate() / settings.tracesPerRequest();
        Weather weather =
                new Weather(
                        settings.seed(),
                        settings.errorBursts(),
                        settings.slowPeriods(),
                        settings.lateFlushes(),
                        settings.rootless());
        this.traces = new Traces(weather, gap);
    }

    /**
     * An export request as protobuf; of no bytes if there is nothing to send.
     *
     * @param number its number, from 0
     * @param start the arrival of request 0, milliseconds since the epoch
     */
    public byte[] request(long number, long start) {
        makeTraces(number, start);
        List<EndedSpan> spans = requests.get(number);
        return spans == null ? NOTHING : encode(spans);
    }

    private void makeTraces(long number, long start) {
        double sinceNanos =
                (double) settings.arrivalAfterStart(Math.max(0, number - INSTANCES))
                        * NANOS_PER_MILLI;
        double untilNanos = settings.arrivalAfterStart(number) * NANOS_PER_MILLI;
        long least = Math.max(0, (long) ((sinceNanos - Traces.LONGEST_NANOS) / gap) - 1);
        long end = (long) (untilNanos / gap) + 1;
        if (start != startMillis || number < firstKept || least < firstTrace || least > nextTrace) {
            requests.clear();
            startMillis = start;
            firstTrace = least;
            nextTrace = least;
            firstKept = number;
        }
        for (; nextTrace < end; nextTrace++) {
            for (EndedSpan span : traces.trace(nextTrace, start * 1_000_000)) {
                long request = requestOf(span);
                if (request >= firstKept) {
                    requests.computeIfAbsent(request, none -> new ArrayList<>()).add(span);
                }
            }
        }
        for (; firstKept < number - KEPT; firstKept++) {
            requests.remove(firstKept);
        }
    }

    /** The first flush of the span's instance that is not before the span is ready. */
    private long requestOf(EndedSpan span) {
        int instance = span.instance().index();
        double due = span.flushable() / NANOS_PER_MILLI;
        long turns = (long) ((due * settings.rate() / 1000 - instance) / INSTANCES) - 1;
        long request = Math.max(0, turns) * INSTANCES + instance;
        while (settings.arrivalAfterStart(request) < due) {
            request += INSTANCES;
        }
        return request;
    }

    /** An SDK sends spans about as they ended, those of one instrumentation together. */
    private static byte[] encode(List<EndedSpan> spans) {
        List<EndedSpan> inOrder = new ArrayList<>(spans);
        inOrder.sort(Comparator.comparingLong(EndedSpan::ended));
        Map<InstrumentationScope, ScopeSpans.Builder> scopes = new LinkedHashMap<>();
        for (EndedSpan span : inOrder) {
            scopes.computeIfAbsent(span.scope(), scope -> ScopeSpans.newBuilder().setScope(scope))
                    .addSpans(span.span());
        }
        ResourceSpans.Builder resource =
                ResourceSpans.newBuilder().setResource(spans.get(0).instance().resource());
        scopes.values().forEach(resource::addScopeSpans);
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(resource)
                .build()
                .toByteArray();
    }
}
