package io.tailrace.bench.workload;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.tailrace.bench.measure.Traffic;
import io.tailrace.bench.workload.Placement.Placed;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.span.bkjson.BkJsonWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that all modes read, made before any time is taken, and the same in each run: a
 * function of workload, lanes and encoding. Each source reader sends its lane again and again, as
 * other traces each time.
 *
 * <p>What was measured of it, and of real traces of two shops on Kubernetes, which have fewer
 * attributes. Of the interleaved workload nearly every span is cut out of its request as a chunk of
 * its own, with its resource and scope:
 *
 * <table>
 * <caption>Bytes of a span, and how they compress</caption>
 * <tr><th>spans</th><th>bytes of a span cut out alone</th><th>gzip makes of it</th>
 *     <th>and of ten of a trace together</th></tr>
 * <tr><td>interleaved</td><td>900 (resource 407, scope 42, span 437)</td><td>0.69</td>
 *     <td>0.28</td></tr>
 * <tr><td>real</td><td>400</td><td>0.69 to 0.72</td><td>0.24 to 0.26</td></tr>
 * <tr><td>single</td><td>308</td><td>0.92</td><td></td></tr>
 * </table>
 *
 * <p>In requests, where spans share a resource, interleaved ones have 542 bytes, grouped ones 446.
 * Split by trace again, grouped ones have 597, three or four to a chunk.
 */
public final class RequestPool implements Traffic {

    /** Spans of a trace. */
    public static final int SPANS_PER_TRACE = TraceMaker.SPANS;

    /** What is sent in a second of event time. */
    public static final int SPANS_PER_SECOND = 100_000;

    /** Spans of a request, about. */
    public static final int SPANS_PER_REQUEST = 100;

    /** Of a trace: by the visitor, of two services, and of databases and caches. */
    public static final int CALLS_PER_TRACE = 7;

    /** Traces that are on their way at a time. */
    public static final int TRACES_IN_FLIGHT = 5_000;

    /** When the first request arrives: the first second of 2026, milliseconds since the epoch. */
    public static final long START_MILLIS = 1_767_225_600_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SEED = 42;

    private final List<List<RequestTemplate>> lanes;
    private final Encoding encoding;
    private final long passNanos;

    private RequestPool(List<List<RequestTemplate>> lanes, Encoding encoding, long passNanos) {
        this.lanes = lanes;
        this.encoding = encoding;
        this.passNanos = passNanos;
    }

    /** A pool of OTLP with a reader for each processor of this machine. */
    public static RequestPool forAllProcessors(Workload workload) {
        return of(workload, Runtime.getRuntime().availableProcessors(), Encoding.OTLP_PROTO);
    }

    /**
     * Makes a pool.
     *
     * @param lanes how many readers share the traffic, 1 or more
     * @param encoding OTLP_PROTO or BK_JSON
     */
    public static RequestPool of(Workload workload, int lanes, Encoding encoding) {
        long nanosPerSpan = NANOS_PER_SECOND / SPANS_PER_SECOND * lanes;
        long spans = 0;
        List<List<RequestTemplate>> all = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            LaneOrder order =
                    new LaneOrder(
                            new TraceMaker(SEED + lane, workload.operations()),
                            TRACES_IN_FLIGHT / lanes,
                            START_MILLIS * NANOS_PER_MILLI,
                            nanosPerSpan);
            List<RequestTemplate> requests =
                    order.requests(workload).stream()
                            .map(request -> template(request, encoding))
                            .toList();
            spans = requests.stream().mapToLong(RequestTemplate::spans).sum();
            all.add(requests);
        }
        return new RequestPool(all, encoding, spans * nanosPerSpan);
    }

    private static RequestTemplate template(List<Placed> spans, Encoding encoding) {
        Map<Resource, Map<InstrumentationScope, List<Placed>>> resources = new LinkedHashMap<>();
        for (Placed placed : spans) {
            resources
                    .computeIfAbsent(placed.span().resource(), none -> new LinkedHashMap<>())
                    .computeIfAbsent(placed.span().scope(), none -> new ArrayList<>())
                    .add(placed);
        }
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        List<Placed> inOrder = new ArrayList<>(spans.size());
        resources.forEach(
                (resource, scopes) -> {
                    ResourceSpans.Builder ofResource = request.addResourceSpansBuilder();
                    ofResource.setResource(resource);
                    scopes.forEach(
                            (scope, members) -> {
                                ScopeSpans.Builder ofScope = ofResource.addScopeSpansBuilder();
                                ofScope.setScope(scope);
                                members.forEach(placed -> ofScope.addSpans(placed.span().span()));
                                inOrder.addAll(members);
                            });
                });
        byte[] otlp = request.build().toByteArray();
        Placement placement = Placement.of(inOrder);
        return switch (encoding) {
            case OTLP_PROTO -> new OtlpTemplate(otlp, placement);
            case BK_JSON -> new BkJsonTemplate(bkJson(otlp), placement);
            case OTLP_JSON -> throw new IllegalArgumentException("No pool is made of OTLP/JSON");
        };
    }

    private static byte[] bkJson(byte[] otlp) {
        try {
            return new BkJsonWriter().write(otlp);
        } catch (IOException impossible) {
            throw new UncheckedIOException("The pool's own request", impossible);
        }
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    /** Without end: the pool begins anew, as other traces. */
    @Override
    public long requests(int lane) {
        return Long.MAX_VALUE;
    }

    /** Requests of a lane until the pool begins anew. */
    public int requestsInPass(int lane) {
        return lanes.get(lane).size();
    }

    @Override
    public int spans(int lane, long number) {
        return template(lane, number).spans();
    }

    @Override
    public byte[] request(int lane, long number) {
        return template(lane, number).replay(lane, number / requestsInPass(lane), passNanos);
    }

    private RequestTemplate template(int lane, long number) {
        return lanes.get(lane).get((int) (number % requestsInPass(lane)));
    }

    /** By the nominal rate of {@value #SPANS_PER_SECOND} spans a second. */
    @Override
    public long arrival(int lane, long number) {
        return START_MILLIS + number * passNanos / requestsInPass(lane) / NANOS_PER_MILLI;
    }
}
