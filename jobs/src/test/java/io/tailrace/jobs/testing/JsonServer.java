package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service on the loopback interface that answers in JSON. What it does not expect it refuses, and
 * remembers.
 */
public final class JsonServer implements AutoCloseable {

    static {
        // Else each answer waits for the client to acknowledge its first part.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ObjectMapper json = new ObjectMapper();
    private final Handler handler;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private int broken;

    /**
     * What came.
     *
     * @param target path and query
     * @param body a missing node where there was none
     */
    public record Request(String method, String target, JsonNode body, HttpExchange exchange) {

        /** Null where there is none. */
        public String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }
    }

    /** What goes back. */
    public record Reply(int status, String body) {
        public static Reply of(String body) {
            return new Reply(200, body);
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * @throws AssertionError where the request is not as it should be
         */
        Reply handle(Request request) throws Exception;
    }

    public JsonServer(Handler handler) throws IOException {
        this.handler = handler;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Fails with 503 from now on so many times. */
    public synchronized void fail(int times) {
        broken = times;
    }

    /** Those that it answered. */
    public List<Request> requests() {
        return requests;
    }

    /** What was wrong with those that it refused. */
    public List<String> faults() {
        return faults;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            Reply reply = isBroken() ? new Reply(503, "{}") : reply(exchange, sent);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized boolean isBroken() {
        if (broken == 0) {
            return false;
        }
        broken--;
        return true;
    }

    private Reply reply(HttpExchange exchange, byte[] sent) {
        try {
            Request request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            sent.length == 0 ? json.missingNode() : json.readTree(sent),
                            exchange);
            requests.add(request);
            return handler.handle(request);
        } catch (Exception | AssertionError wrong) {
            faults.add(wrong.toString());
            return new Reply(400, "{}");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
