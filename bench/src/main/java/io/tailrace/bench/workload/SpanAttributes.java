package io.tailrace.bench.workload;

import io.opentelemetry.proto.common.v1.KeyValue;

import java.util.List;
import java.util.Random;

import static io.tailrace.bench.workload.Attributes.number;
import static io.tailrace.bench.workload.Attributes.text;

/** What instrumentations say of spans, by OpenTelemetry's semantic conventions. */
final class SpanAttributes {

    static final String TIER = "app.customer.tier";
    static final String CHOSEN_TIER = "enterprise";

    private static final String[] OTHER_TIERS = {"free", "plus", "team"};

    private final Random random;
    private final Texts texts;

    SpanAttributes(Random random) {
        this.random = random;
        this.texts = new Texts(random);
    }

    /** A visitor's request. */
    List<KeyValue> visit(String item, Instance front, boolean chosen, boolean failed) {
        return List.of(
                text("http.request.method", "GET"),
                text("http.route", "/items/{id}"),
                number("http.response.status_code", failed ? 500 : 200),
                text("url.path", "/items/" + item),
                text("url.query", "session=" + texts.token(16)),
                text("server.address", "shop.example"),
                text("client.address", texts.address()),
                text("user_agent.original", texts.agent()),
                text("network.peer.address", front.address()),
                text(TIER, chosen ? CHOSEN_TIER : OTHER_TIERS[random.nextInt(OTHER_TIERS.length)]),
                text("enduser.id", texts.uuid()));
    }

    /** A request from another service. */
    List<KeyValue> served(String path, Instance server, Instance client, boolean failed) {
        return List.of(
                text("http.request.method", "GET"),
                text("http.route", "/api/v1/{item}"),
                number("http.response.status_code", failed ? 500 : 200),
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

    /** A request to another service. */
    List<KeyValue> called(String path, Instance server, boolean failed) {
        return List.of(
                text("http.request.method", "GET"),
                number("http.response.status_code", failed ? 500 : 200),
                text("url.full", "http://" + server.service() + ":8080" + path),
                text("server.address", server.service()),
                number("server.port", 8080),
                text("network.peer.address", server.address()),
                text("network.protocol.version", "1.1"),
                text("http.request.header.x-request-id", texts.uuid()),
                number("thread.id", 20 + random.nextInt(200)));
    }

    /** A remote procedure call, at either end. */
    List<KeyValue> rpc(String method, Instance server, Instance peer) {
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

    /** A statement. */
    List<KeyValue> sql(String item, boolean first) {
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

    /** A cache's operation. */
    List<KeyValue> cached(String operation, Instance keeper) {
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

    /** The service's own work. */
    List<KeyValue> own(String item) {
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

    /** A probe that asks whether a service lives. */
    List<KeyValue> probe() {
        return List.of(
                text("http.request.method", "GET"),
                text("client.address", texts.address()),
                number("http.response.status_code", 200),
                number("thread.id", 20 + random.nextInt(200)));
    }
}
