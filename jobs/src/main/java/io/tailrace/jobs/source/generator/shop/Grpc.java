package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import java.util.function.Consumer;

/** gRPC calls from one service to another. */
final class Grpc {

    private static final double NETWORK_MILLIS = 0.3;

    private Grpc() {}

    /**
     * Calls a method, and waits for its answer.
     *
     * @param api the full name of the gRPC service
     * @return how it failed; null if it went well
     */
    static Failure call(
            Act caller, Service target, String api, String method, Consumer<Act> handler) {
        Instance there = Instance.of(target, caller.dice());
        String name = api + "/" + method;
        Act client = caller.child(Language.Instrumentation.RPC, SpanKind.SPAN_KIND_CLIENT, name);
        describe(client, target, api, method)
                .put("net.peer.name", target.serviceName())
                .put("net.peer.ip", there.host().ip())
                .put("net.peer.port", target.port());
        client.work(NETWORK_MILLIS);
        Act server =
                client.remoteChild(
                        there,
                        Language.Instrumentation.RPC,
                        SpanKind.SPAN_KIND_SERVER,
                        name,
                        client.now());
        describe(server, target, api, method)
                .put("net.peer.ip", caller.instance().host().ip())
                .put("client.address", caller.instance().host().ip());
        handler.accept(server);
        Failure failure = server.failure();
        int status = failure == null ? 0 : failure.grpc();
        server.put("rpc.grpc.status_code", status);
        if (failure != null && failure.serverErrorInGrpc()) {
            server.error(failure.message());
        }
        server.end();
        client.waitUntil(server.now());
        client.work(NETWORK_MILLIS);
        client.put("rpc.grpc.status_code", status);
        if (failure != null) {
            client.error(failure.message());
        }
        client.end();
        caller.waitUntil(client.now());
        return failure;
    }

    private static Act describe(Act act, Service target, String api, String method) {
        return act.put("rpc.system", "grpc")
                .put("rpc.service", api)
                .put("rpc.method", method)
                .put("server.address", target.serviceName())
                .put("server.port", target.port());
    }
}
