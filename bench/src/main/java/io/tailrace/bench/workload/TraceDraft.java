package io.tailrace.bench.workload;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.tailrace.bench.workload.Attributes.text;

/** The making of one trace. */
final class TraceDraft {

    private static final int SPANS = TraceMaker.SPANS;
    private static final long SLOW_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int REPLICAS = 3;

    private static final InstrumentationScope HTTP = Instance.scope("netty-4.1");
    private static final InstrumentationScope RPC = Instance.scope("grpc-1.6");
    private static final InstrumentationScope SQL = Instance.scope("jdbc");
    private static final InstrumentationScope CACHE = Instance.scope("lettuce-5.1");
    private static final InstrumentationScope OWN = Instance.scope("annotations-1.16");

    private static final Instance[] STOREFRONTS = instances(0, "storefront");
    private static final Instance[][] DATABASE_USERS = {
        instances(1, "catalog"), instances(2, "search"), instances(3, "reviews")
    };
    private static final Instance[][] CACHE_USERS = {
        instances(4, "cart"), instances(5, "session"), instances(6, "pricing")
    };

    /** What a trace will be kept for, if not by chance. */
    private enum Lot {
        ERROR,
        SLOW,
        CHOSEN,
        NONE;

        /** Twenty of a thousand have one, spread evenly. */
        static Lot of(int trace) {
            int place = Math.floorMod(trace * 377, 1000);
            if (place < 10) {
                return ERROR;
            }
            return place < 15 ? SLOW : place < 20 ? CHOSEN : NONE;
        }
    }

    private final int number;
    private final String operation;
    private final long start;
    private final Lot lot;
    private final Random random;
    private final SpanAttributes attributes;
    private final ByteString traceId;
    private final ByteString[] ids = new ByteString[SPANS];
    private final int failing;
    private final long duration;
    private final List<MadeSpan> spans = new ArrayList<>(SPANS);

    /**
     * @param number its place in the pool
     * @param operation what the names of its operations end with
     * @param start when it begins, nanoseconds since the epoch
     */
    TraceDraft(long seed, int number, String operation, long start) {
        this.number = number;
        this.operation = operation;
        this.start = start;
        this.lot = Lot.of(number);
        this.random = new Random(seed + 7_046_029_254_386_353_131L * number);
        this.attributes = new SpanAttributes(random);
        this.traceId = bytes(random.nextLong(), random.nextLong() | 1);
        for (int i = 0; i < SPANS; i++) {
            ids[i] = bytes(random.nextLong() | 1);
        }
        failing = lot == Lot.ERROR ? random.nextInt(SPANS) : -1;
        long millis =
                lot == Lot.SLOW
                        ? SLOW_MILLIS + 100 + random.nextInt(2000)
                        : 40 + random.nextInt(800);
        duration = millis * NANOS_PER_MILLI + random.nextInt((int) NANOS_PER_MILLI);
    }

    List<MadeSpan> spans() {
        Instance front = oneOf(STOREFRONTS);
        Instance reader = oneOf(DATABASE_USERS[random.nextInt(DATABASE_USERS.length)]);
        Instance keeper = oneOf(CACHE_USERS[random.nextInt(CACHE_USERS.length)]);
        String item = Integer.toString(100_000 + random.nextInt(900_000));
        String path = "/api/v1/" + reader.service() + "/" + item;
        String name = keeper.service();
        String method =
                Character.toUpperCase(name.charAt(0))
                        + name.substring(1)
                        + "Service/Get"
                        + operation;

        add(
                2,
                1,
                reader,
                SQL,
                SpanKind.SPAN_KIND_CLIENT,
                "SELECT shop.item" + operation,
                attributes.sql(item, true));
        add(
                3,
                1,
                reader,
                SQL,
                SpanKind.SPAN_KIND_CLIENT,
                "SELECT shop.stock" + operation,
                attributes.sql(item, false));
        add(
                1,
                4,
                reader,
                HTTP,
                SpanKind.SPAN_KIND_SERVER,
                "GET /api/v1/{item}" + operation,
                attributes.served(path, reader, front, failing == 1));
        add(
                4,
                0,
                front,
                HTTP,
                SpanKind.SPAN_KIND_CLIENT,
                "GET" + operation,
                attributes.called(path, reader, failing == 1));
        add(
                6,
                5,
                keeper,
                CACHE,
                SpanKind.SPAN_KIND_CLIENT,
                "HGETALL" + operation,
                attributes.cached("HGETALL", keeper));
        add(
                7,
                5,
                keeper,
                CACHE,
                SpanKind.SPAN_KIND_CLIENT,
                "EXPIRE" + operation,
                attributes.cached("EXPIRE", keeper));
        add(
                5,
                8,
                keeper,
                RPC,
                SpanKind.SPAN_KIND_SERVER,
                method,
                attributes.rpc(method, keeper, front));
        add(
                8,
                0,
                front,
                RPC,
                SpanKind.SPAN_KIND_CLIENT,
                method,
                attributes.rpc(method, keeper, keeper));
        add(
                9,
                0,
                front,
                OWN,
                SpanKind.SPAN_KIND_INTERNAL,
                "ItemView.render" + operation,
                attributes.own(item));
        add(
                0,
                -1,
                front,
                HTTP,
                SpanKind.SPAN_KIND_SERVER,
                "GET /items/{id}" + operation,
                attributes.visit(item, front, lot == Lot.CHOSEN, failing == 0));
        return Collections.unmodifiableList(spans);
    }

    MadeSpan single() {
        Instance prober = STOREFRONTS[0];
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(traceId)
                        .setSpanId(ids[0])
                        .setName("GET /healthz" + operation)
                        .setKind(SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + random.nextInt(9_000_000))
                        .addAllAttributes(attributes.probe());
        if (lot != Lot.NONE) {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        Resource resource =
                Resource.newBuilder()
                        .addAttributes(text("service.name", prober.service()))
                        .addAttributes(text("service.instance.id", prober.address()))
                        .build();
        return new MadeSpan(number, resource, OWN, span.build());
    }

    private void add(
            int index,
            int parent,
            Instance instance,
            InstrumentationScope scope,
            SpanKind kind,
            String name,
            List<KeyValue> attributes) {
        boolean root = parent < 0;
        long part = duration / SPANS;
        long begin = root ? start : start + spans.size() * part / 2 + random.nextInt(50_000);
        long end = root ? start + duration : begin + part / 2 + random.nextInt((int) part / 2);
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(traceId)
                        .setSpanId(ids[index])
                        .setName(name)
                        .setKind(kind)
                        .setFlags(root ? 0x101 : 0x301)
                        .setStartTimeUnixNano(begin)
                        .setEndTimeUnixNano(end)
                        .addAllAttributes(attributes);
        if (!root) {
            span.setParentSpanId(ids[parent]);
        }
        if (index == failing) {
            fail(span, end);
        }
        spans.add(new MadeSpan(number, instance.resource(), scope, span.build()));
    }

    private void fail(Span.Builder span, long end) {
        String message = "No answer within " + (100 + random.nextInt(900)) + " ms";
        span.setStatus(
                        Status.newBuilder()
                                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                                .setMessage(message))
                .addEvents(
                        Span.Event.newBuilder()
                                .setTimeUnixNano(end)
                                .setName("exception")
                                .addAttributes(text("exception.type", "java.io.IOException"))
                                .addAttributes(text("exception.message", message)));
    }

    private Instance oneOf(Instance[] instances) {
        return instances[random.nextInt(instances.length)];
    }

    private static Instance[] instances(int number, String name) {
        Instance[] replicas = new Instance[REPLICAS];
        for (int replica = 0; replica < REPLICAS; replica++) {
            replicas[replica] = Instance.of(number, name, replica);
        }
        return replicas;
    }

    private static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
