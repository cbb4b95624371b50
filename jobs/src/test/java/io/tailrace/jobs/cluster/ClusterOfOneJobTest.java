package io.tailrace.jobs.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Tailrace;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** Such a cluster is gone as soon as it has said where the savepoint is. */
class ClusterOfOneJobTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String SAVEPOINT = "/jobs/" + ID + "/savepoints/1";
    private static final Map<String, String> ANSWERS =
            Map.of(
                    "/config",
                    "{\"flink-version\": \"2.2.1\", \"features\": {\"web-submit\": false}}",
                    "/overview",
                    "{\"slots-total\": 1, \"slots-available\": 0}",
                    "/jobs/overview",
                    """
                    {"jobs": [{"jid": "%s", "name": "shop", "state": "RUNNING", "start-time": 1, \
                    "end-time": -1}]}"""
                            .formatted(ID),
                    "/jobs/" + ID,
                    "{\"jid\": \"%s\", \"state\": \"RUNNING\", \"vertices\": []}".formatted(ID),
                    "/jobs/" + ID + "/status",
                    "{\"status\": \"RUNNING\"}",
                    "/jobs/" + ID + "/stop",
                    "{\"request-id\": \"1\"}",
                    SAVEPOINT,
                    """
                    {"status": {"id": "COMPLETED"}, "operation": {"location": "file:/savepoint-1"}}""");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private HttpServer server() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    answer(exchange, ANSWERS.get(path));
                    if (path.equals(SAVEPOINT)) {
                        server.stop(0);
                    }
                });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String answer) throws IOException {
        byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Connection", "close");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aJobIsStoppedWhoseClusterGoesWithIt() throws Exception {
        HttpServer server = server();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            int code =
                    Program.execute(
                            new Tailrace(),
                            new PrintWriter(out),
                            new PrintWriter(err),
                            "stop",
                            "shop",
                            "--jobmanager",
                            "127.0.0.1:" + server.getAddress().getPort());
            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString()).contains("Savepoint  file:/savepoint-1");
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
