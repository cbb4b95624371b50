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

import static io.tailrace.bench.workload.Attributes.number;
import static io.tailrace.bench.workload.Attributes.text;

/**
 * Makes traces of ten spans: a visitor's request to a storefront, which asks a service that reads a
 * database and one that keeps a cache. Attributes are those of OpenTelemetry's semantic conventions
 * with values as one finds them: routes, hosts and statements from a few, ids and addresses from
 * many. A trace is a function of the seed and its number.
 *
 * <p>Of 1,000 traces 10 have an error, 5 others a root of more than a second (all else stays below
 * 900 ms), and 5 others a root whose {@value #TIER} is {@value #CHOSEN_TIER}.
 */
final class TraceMaker {

    /** Spans of a trace. */
    static final int SPANS = 10;

    static final String TIER = "app.customer.tier";
    static final String CHOSEN_TIER = "enterprise";
    static final long SLOW_MILLIS = 1000;

    private static final int REPLICAS = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
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

    private final long seed;

    TraceMaker(long seed) {
        this.seed = seed;
    }

    private static Instance[] instances(int number, String name) {
        Instance[] replicas = new Instance[REPLICAS];
        for (int replica = 0; replica < REPLICAS; replica++) {
            replicas[replica] = Instance.of(number, name, replica);
        }
        return replicas;
    }

    /**
     * The trace's spans in the order in which they end, the root last.
     *
     * @param number the trace's place in the pool, which also says what it is kept for
     * @param startNanos when it begins, nanoseconds since the epoch
     */
    List<MadeSpan> trace(int number, long startNanos) {
        return new Making(number, startNanos).spans();
    }

    /** A trace of a single span: a probe, of which 2 % fail. */
    MadeSpan single(int number, long startNanos) {
        return new Making(number, startNanos).single();
    }

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

    private final class Making {
        private final int number;
        private final long start;
        private final Lot lot;
        private final Random random;
        private final Texts texts;
        private final ByteString traceId;
        private final ByteString[] ids = new ByteString[SPANS];
        private final int failing;
        private final long duration;
        private final List<MadeSpan> spans = new ArrayList<>(SPANS);

        Making(int number, long start) {
            this.number = number;
            this.start = start;
            this.lot = Lot.of(number);
            this.random = new Random(seed + 7_046_029_254_386_353_131L * number);
            this.texts = new Texts(random);
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
            String method = Character.toUpperCase(keeper.service().charAt(0)) + "Service/Get";

            add(2, 1, reader, SQL, SpanKind.SPAN_KIND_CLIENT, "SELECT shop.item", sql(item, true));
            add(
                    3,
                    1,
                    reader,
                    SQL,
                    SpanKind.SPAN_KIND_CLIENT,
                    "SELECT shop.stock",
                    sql(item, false));
            add(
                    1,
                    4,
                    reader,
                    HTTP,
                    SpanKind.SPAN_KIND_SERVER,
                    "GET /api/v1/{item}",
                    served(path, reader, front));
            add(4, 0, front, HTTP, SpanKind.SPAN_KIND_CLIENT, "GET", called(path, reader));
            add(
                    6,
                    5,
                    keeper,
                    CACHE,
                    SpanKind.SPAN_KIND_CLIENT,
                    "HGETALL",
                    cached("HGETALL", keeper));
            add(7, 5, keeper, CACHE, SpanKind.SPAN_KIND_CLIENT, "EXPIRE", cached("EXPIRE", keeper));
            add(5, 8, keeper, RPC, SpanKind.SPAN_KIND_SERVER, method, rpc(method, keeper, front));
            add(8, 0, front, RPC, SpanKind.SPAN_KIND_CLIENT, method, rpc(method, keeper, keeper));
            add(9, 0, front, OWN, SpanKind.SPAN_KIND_INTERNAL, "ItemView.render", own(item));
            add(
                    0,
                    -1,
                    front,
                    HTTP,
                    SpanKind.SPAN_KIND_SERVER,
                    "GET /items/{id}",
                    visit(item, front));
            return Collections.unmodifiableList(spans);
        }

        MadeSpan single() {
            Instance prober = STOREFRONTS[0];
            Span.Builder span =
                    Span.newBuilder()
                            .setTraceId(traceId)
                            .setSpanId(ids[0])
                            .setName("GET /healthz")
                            .setKind(SpanKind.SPAN_KIND_SERVER)
                            .setStartTimeUnixNano(start)
                            .setEndTimeUnixNano(start + random.nextInt(9_000_000))
                            .addAttributes(text("http.request.method", "GET"))
                            .addAttributes(text("client.address", texts.address()))
                            .addAttributes(number("http.response.status_code", 200))
                            .addAttributes(number("thread.id", 20 + random.nextInt(200)));
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

        private List<KeyValue> visit(String item, Instance front) {
            boolean chosen = lot == Lot.CHOSEN;
            String[] others = {"free", "plus", "team"};
            return List.of(
                    text("http.request.method", "GET"),
                    text("http.route", "/items/{id}"),
                    number("http.response.status_code", failing == 0 ? 500 : 200),
                    text("url.path", "/items/" + item),
                    text("url.query", "session=" + texts.token(16)),
                    text("server.address", "shop.example"),
                    text("client.address", texts.address()),
                    text("user_agent.original", texts.agent()),
                    text("network.peer.address", front.address()),
                    text(TIER, chosen ? CHOSEN_TIER : others[random.nextInt(others.length)]),
                    text("enduser.id", texts.uuid()));
        }

        private List<KeyValue> served(String path, Instance server, Instance client) {
            return List.of(
                    text("http.request.method", "GET"),
                    text("http.route", "/api/v1/{item}"),
                    number("http.response.status_code", failing == 1 ? 500 : 200),
                    number("http.response.body.size", 200 + random.nextInt(90_000)),
                    text("url.path", path),
                    text("url.scheme", "http"),
                    text("server.address", server.service()),
                    number("server.port", 8080),
                    text("client.address", client.address()),
                    number("client.port", 32_768 + random.nextInt(28_000)),
                    text("network.protocol.version", "1.1"),
                    text("user_agent.original", "okhttp/4.12.0"),
                    text("thread.name", "http-nio-8080-exec-" + random.nextInt(64)));
        }

        private List<KeyValue> called(String path, Instance server) {
            return List.of(
                    text("http.request.method", "GET"),
                    number("http.response.status_code", failing == 1 ? 500 : 200),
                    text("url.full", "http://" + server.service() + ":8080" + path),
                    text("server.address", server.service()),
                    number("server.port", 8080),
                    text("network.peer.address", server.address()),
                    text("network.protocol.version", "1.1"),
                    text("http.request.header.x-request-id", texts.uuid()),
                    number("thread.id", 20 + random.nextInt(200)));
        }

        private List<KeyValue> rpc(String method, Instance server, Instance peer) {
            int slash = method.indexOf('/');
            return List.of(
                    text("rpc.system", "grpc"),
                    text("rpc.service", "shop." + method.substring(0, slash)),
                    text("rpc.method", method.substring(slash + 1)),
                    number("rpc.grpc.status_code", 0),
                    text("server.address", server.service()),
                    number("server.port", 9090),
                    text("network.peer.address", peer.address()),
                    number("network.peer.port", 32_768 + random.nextInt(28_000)),
                    text("rpc.request.metadata.x-request-id", texts.uuid()),
                    number("thread.id", 20 + random.nextInt(200)));
        }

        private List<KeyValue> sql(String item, boolean first) {
            String statement =
                    first
                            ? "SELECT id, name, price, currency, picture FROM item WHERE id = ? AND"
                                    + " deleted_at IS NULL"
                            : "SELECT warehouse, quantity FROM stock WHERE item_id = ? FOR SHARE";
            return List.of(
                    text("db.system.name", "postgresql"),
                    text("db.namespace", "shop"),
                    text("db.operation.name", "SELECT"),
                    text("db.collection.name", first ? "item" : "stock"),
                    text("db.query.text", statement),
                    text("db.query.parameter.0", item),
                    number("db.response.returned_rows", random.nextInt(30)),
                    text("server.address", "postgres-" + random.nextInt(4) + ".shop.svc"),
                    number("server.port", 5432),
                    text("thread.name", "http-nio-8080-exec-" + random.nextInt(64)));
        }

        private List<KeyValue> cached(String operation, Instance keeper) {
            String key = keeper.service() + ":" + texts.uuid();
            return List.of(
                    text("db.system.name", "redis"),
                    text("db.operation.name", operation),
                    text("db.query.text", operation + " " + key),
                    text("db.namespace", Integer.toString(random.nextInt(8))),
                    text("server.address", "redis-" + random.nextInt(4) + ".shop.svc"),
                    number("server.port", 6379),
                    text("network.peer.address", "10.64.0." + random.nextInt(250)),
                    number("network.peer.port", 6379),
                    text("network.transport", "tcp"),
                    text("thread.name", "lettuce-nioEventLoop-4-" + random.nextInt(8)));
        }

        private List<KeyValue> own(String item) {
            return List.of(
                    text("code.function.name", "shop.view.ItemView.render"),
                    text("code.file.path", "/app/src/shop/view/ItemView.java"),
                    number("code.line.number", 87),
                    text("app.item.id", item),
                    text("app.item.currency", random.nextBoolean() ? "EUR" : "USD"),
                    number("app.item.price_cents", random.nextInt(100_000)),
                    text("app.experiment", "layout-" + random.nextInt(5)),
                    text("app.render.checksum", texts.token(24)),
                    number("thread.id", 20 + random.nextInt(200)));
        }

        private Instance oneOf(Instance[] instances) {
            return instances[random.nextInt(instances.length)];
        }
    }

    private static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
