package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailrace.jobs.http.Time;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The data platform, GSE, the push endpoint and the monitoring in one: it keeps state as they do,
 * refuses what they would, and counts calls. It listens on the loopback interface.
 */
public final class StandIn implements AutoCloseable {

    public static final String APP_CODE = "tailrace";
    public static final String APP_SECRET = "secret-of-the-app-7f3a";
    public static final String USERNAME = "admin";

    public static final String PLATFORM = "/api/bk-base/prod";
    public static final String GSE = "/api/bk-gse/prod/api/v2";
    public static final String OLDER_GSE = "/api/c/compapi/v2/gse";

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Else each answer waits for the client to acknowledge its first part.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final StandInPlatform platform;
    private final StandInGse gse = new StandInGse();
    private final StandInReports reports = new StandInReports();
    private final List<Request> requests = new ArrayList<>();
    private final List<Request> writes = new ArrayList<>();
    private final String secret;
    private Trouble trouble = Trouble.NONE;

    /** A call that came, whatever became of it. */
    public record Request(String method, String path, JsonNode body) {
        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    /** What happens to a call beside what it asks for. */
    @FunctionalInterface
    public interface Trouble {
        Trouble NONE = (number, request) -> Fate.SERVED;

        /**
         * @param number of the call, from 1
         */
        Fate of(int number, Request request);
    }

    /** What becomes of a call. */
    public enum Fate {
        SERVED,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        /** Done, and then answered with 502. */
        DONE_AND_FAILED,
        DROPPED,
        /** Done, and then the connection ends without an answer. */
        DONE_AND_DROPPED,
        /** Done, and never answered. */
        DONE_AND_SILENT,
        HTML,
        REFUSED,
        FORBIDDEN
    }

    public StandIn(Time clock) throws IOException {
        this(clock, APP_SECRET);
    }

    /**
     * @param secret that callers must show
     */
    public StandIn(Time clock, String secret) throws IOException {
        this.secret = secret;
        platform = new StandInPlatform(clock);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url(String base) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + base;
    }

    /** The environment that {@code config/control.yaml} needs. */
    public Map<String, String> environment(String statePath) {
        return Map.of(
                "BKDATA_URL", url(PLATFORM),
                "BKGSE_URL", url(GSE),
                "BK_APP_CODE", APP_CODE,
                "BK_APP_SECRET", APP_SECRET,
                "BK_USERNAME", USERNAME,
                "CONTROL_STATE", statePath);
    }

    public synchronized void trouble(Trouble trouble) {
        this.trouble = trouble;
    }

    public StandInPlatform platform() {
        return platform;
    }

    public StandInGse gse() {
        return gse;
    }

    public StandInReports reports() {
        return reports;
    }

    /** All calls so far. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those that may have changed something. */
    public synchronized List<Request> writes() {
        return List.copyOf(writes);
    }

    public synchronized void forgetCalls() {
        requests.clear();
        writes.clear();
    }

    /** All that it keeps, without what differs from run to run. */
    public synchronized String contents() {
        return platform.contents() + "\n" + gse.contents();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request =
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        text.isEmpty() ? JSON.createObjectNode() : read(text));
        Fate fate;
        Reply reply = null;
        synchronized (this) {
            requests.add(request);
            if (isWrite(request)) {
                writes.add(request);
            }
            fate = trouble.of(requests.size(), request);
            if (fate == Fate.SERVED
                    || fate == Fate.DONE_AND_FAILED
                    || fate == Fate.DONE_AND_DROPPED
                    || fate == Fate.DONE_AND_SILENT) {
                reply = serve(exchange, request);
            }
        }
        switch (fate) {
            case SERVED -> answer(exchange, reply.status(), reply.json().toString());
            case TOO_MANY_REQUESTS -> answer(exchange, 429, "{\"message\": \"slow down\"}");
            case UNAVAILABLE -> answer(exchange, 503, "<html><title>503</title></html>");
            case DONE_AND_FAILED -> answer(exchange, 502, "<html><title>502</title></html>");
            case HTML ->
                    answer(
                            exchange,
                            200,
                            "<!DOCTYPE html><html><head><title>Log in</title></head></html>");
            case REFUSED ->
                    answer(exchange, 200, Reply.refusal("1500001", "not today").json().toString());
            case FORBIDDEN ->
                    answer(
                            exchange,
                            200,
                            Reply.refusal("1511403", "user has no permission").json().toString());
            case DROPPED, DONE_AND_DROPPED -> exchange.close();
            case DONE_AND_SILENT -> {
                // Whoever called gives up, and the server closes the connection when it stops.
            }
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            return JSON.missingNode();
        }
    }

    private static boolean isWrite(Request request) {
        String path = request.path();
        return !request.method().equals("GET")
                && !path.endsWith("/data/check/")
                && !path.contains("query_")
                && !path.contains("get_agent_status")
                && !path.contains("get_proc_status")
                && !path.contains("list_agent_state")
                && !path.startsWith("/v2/push");
    }

    private Reply serve(HttpExchange exchange, Request request) {
        try {
            String path = request.path();
            String query = exchange.getRequestURI().getQuery();
            if (path.equals("/v2/push/")) {
                return reports.push(request);
            }
            checkCaller(exchange);
            if (!request.method().equals("GET")) {
                Reply.need(request.body().isObject(), "a JSON object as body");
            }
            if (path.startsWith(PLATFORM + "/")) {
                return platform.serve(request, path.substring(PLATFORM.length()), query);
            } else if (path.startsWith(GSE + "/")) {
                return gse.serve(request, path.substring(GSE.length() + 1), false);
            } else if (path.startsWith(OLDER_GSE + "/")) {
                return gse.serve(request, path.substring(OLDER_GSE.length() + 1), true);
            } else if (path.startsWith("/app/custom_metric/")) {
                return reports.groups(request, path, query);
            }
            return Reply.notFound(path);
        } catch (Reply.Refusal refusal) {
            return refusal.reply();
        }
    }

    private void checkCaller(HttpExchange exchange) {
        JsonNode caller =
                read(
                        String.valueOf(
                                exchange.getRequestHeaders().getFirst("X-Bkapi-Authorization")));
        boolean right =
                caller.path("bk_app_code").asText().equals(APP_CODE)
                        && caller.path("bk_app_secret").asText().equals(secret)
                        && caller.path("bk_username").asText().equals(USERNAME);
        if (!right) {
            throw new Reply.Refusal(
                    new Reply(
                            401,
                            Reply.refusal(
                                            "1640001",
                                            "app code or app secret invalid: "
                                                    + caller.path("bk_app_secret").asText())
                                    .json()));
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Bkapi-Request-Id", "r-1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
