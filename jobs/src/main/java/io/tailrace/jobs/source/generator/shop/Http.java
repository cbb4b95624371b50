package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import java.util.function.Consumer;

/** HTTP, in the conventions of 1.6 ({@code http.method}) and of 1.23 and later. */
final class Http {

    private static final double NETWORK_MILLIS = 0.4;

    private Http() {}

    /**
     * Calls another service, and waits for its answer.
     *
     * @return how it failed; null if it went well
     */
    static Failure call(
            Act caller,
            Service target,
            String method,
            String route,
            String path,
            Consumer<Act> handler) {
        Instance there = Instance.of(target, caller.dice());
        String address = target.serviceName();
        Act client =
                client(caller, method, "http", address, target.port(), there.host().ip(), path);
        client.work(NETWORK_MILLIS);
        Act server =
                client.remoteChild(
                        there,
                        Language.Instrumentation.HTTP,
                        SpanKind.SPAN_KIND_SERVER,
                        method + " " + route,
                        client.now());
        describeServer(server, method, route, path, "http", address, target.port());
        server.put("client.address", caller.instance().host().ip())
                .put("net.peer.ip", caller.instance().host().ip());
        handler.accept(server);
        answer(server);
        client.waitUntil(server.now());
        client.work(NETWORK_MILLIS);
        return answered(caller, client, server.failure());
    }

    /**
     * Calls a service of others.
     *
     * @param failure how it fails; null if it goes well
     */
    static Failure callRemote(
            Act caller,
            Remote peer,
            String method,
            String path,
            double medianMillis,
            Failure failure) {
        Act client = client(caller, method, "https", peer.address(), 443, peer.ip(), path);
        client.put("peer.service", peer.peerService());
        client.work(medianMillis);
        return answered(caller, client, failure);
    }

    /** A request that comes from outside, and begins a trace. */
    static void serve(
            Trace trace,
            Instance instance,
            long begin,
            String method,
            String route,
            String path,
            Visitor visitor,
            Consumer<Act> handler) {
        Act server =
                Act.root(
                        trace,
                        instance,
                        Language.Instrumentation.HTTP,
                        SpanKind.SPAN_KIND_SERVER,
                        method + " " + route,
                        begin);
        describeServer(
                server, method, route, path, visitor.scheme(), visitor.host(), visitor.port());
        server.put("client.address", visitor.ip())
                .put("net.peer.ip", visitor.ip())
                .put("user_agent.original", visitor.agent())
                .put("http.user_agent", visitor.agent());
        handler.accept(server);
        answer(server);
    }

    private static Act client(
            Act caller,
            String method,
            String scheme,
            String address,
            int port,
            String ip,
            String path) {
        String url = scheme + "://" + address + (scheme.equals("https") ? "" : ":" + port) + path;
        return caller.child(Language.Instrumentation.HTTP, SpanKind.SPAN_KIND_CLIENT, method)
                .put("http.request.method", method)
                .put("http.method", method)
                .put("url.full", url)
                .put("http.url", url)
                .put("url.scheme", scheme)
                .put("http.scheme", scheme)
                .put("network.protocol.version", "1.1")
                .put("http.flavor", "1.1")
                .put("server.address", address)
                .put("server.port", port)
                .put("network.peer.address", ip)
                .put("net.peer.name", address)
                .put("net.peer.ip", ip)
                .put("net.peer.port", port);
    }

    private static void describeServer(
            Act server,
            String method,
            String route,
            String path,
            String scheme,
            String address,
            int port) {
        int query = path.indexOf('?');
        server.put("http.request.method", method)
                .put("http.method", method)
                .put("http.route", route)
                .put("url.path", query < 0 ? path : path.substring(0, query))
                .put("http.target", path)
                .put("url.scheme", scheme)
                .put("http.scheme", scheme)
                .put("network.protocol.version", "1.1")
                .put("http.flavor", "1.1")
                .put("server.address", address)
                .put("server.port", port)
                .put("net.host.name", address)
                .put("net.host.port", port);
        if (query >= 0) {
            server.put("url.query", path.substring(query + 1));
        }
    }

    private static void answer(Act server) {
        Failure failure = server.failure();
        int status = failure == null ? 200 : failure.http();
        server.put("http.response.status_code", status).put("http.status_code", status);
        if (failure != null && failure.serverErrorInHttp()) {
            server.put("error.type", Integer.toString(status)).error(failure.message());
        }
        server.end();
    }

    private static Failure answered(Act caller, Act client, Failure failure) {
        int status = failure == null ? 200 : failure.http();
        client.put("http.response.status_code", status).put("http.status_code", status);
        if (failure != null) {
            client.put("error.type", Integer.toString(status)).error("HTTP " + status);
        }
        client.end();
        caller.waitUntil(client.now());
        return failure;
    }
}
