package io.tailrace.jobs.cluster;

import com.sun.net.httpserver.HttpServer;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Tailrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user is told where there is no cluster, or one that takes no job. */
class ClusterErrorsTest {

    private static final String TOO_MUCH = "<html><title>413 Too Large</title></html>";
    private static final Map<String, String> CLUSTER =
            Map.of(
                    "/config",
                    "{\"flink-version\": \"2.2.1\", \"features\": {\"web-submit\": true}}",
                    "/overview",
                    "{\"slots-total\": 1, \"slots-available\": 1}",
                    "/jobs/overview",
                    "{\"jobs\": []}",
                    "/jars/upload",
                    TOO_MUCH);

    @TempDir private Path folder;

    private String err = "";

    private int tailrace(String... arguments) {
        StringWriter words = new StringWriter();
        int code =
                Program.execute(
                        new Tailrace(),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(words),
                        arguments);
        err = words.toString();
        return code;
    }

    private int submit(String address, String... more) throws Exception {
        return submitTo("file: { path: out }", address, more);
    }

    private int submitTo(String sink, String address, String... more) throws Exception {
        Path spec =
                Files.writeString(
                        folder.resolve("spec.yaml"),
                        """
                        kind: tail-sampling
                        name: shop
                        source: { generator: {} }
                        tail_sampling:
                          policies: [ { name: slow, type: latency, latency: { threshold_ms: 500 } } ]
                        sinks: { decisions: [ { %s } ] }
                        """
                                .formatted(sink));
        List<String> all = new ArrayList<>(List.of("submit", spec.toString()));
        all.addAll(List.of("--jobmanager", address));
        all.addAll(List.of("--jar", RestCluster.jar(folder).toString()));
        all.addAll(List.of(more));
        return tailrace(all.toArray(String[]::new));
    }

    /** A server that answers some paths, and 404 to others. */
    private static HttpServer server(Map<String, String> answers) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String answer = answers.get(exchange.getRequestURI().getPath());
                    boolean welcome =
                            !answers.containsKey("authorization")
                                    || answers.get("authorization")
                                            .equals(
                                                    exchange.getRequestHeaders()
                                                            .getFirst("Authorization"));
                    byte[] body =
                            (answer == null ? "{\"errors\":[\"Not found.\"]}" : answer)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    int status =
                            !welcome
                                    ? 401
                                    : answer == null ? 404 : answer.equals(TOO_MUCH) ? 413 : 200;
                    exchange.sendResponseHeaders(status, body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void nothingListensThere() throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + taken.getLocalPort();
            for (String[] command : new String[][] {{"jobs"}, {"stop", "shop"}}) {
                List<String> all = new ArrayList<>(List.of(command));
                all.addAll(List.of("--jobmanager", address));
                assertThat(tailrace(all.toArray(String[]::new))).isEqualTo(1);
                assertThat(err)
                        .isEqualTo(
                                "tailrace: cannot ask the cluster who it is: Flink at http://"
                                        + address
                                        + " does not take connections; is --jobmanager right?"
                                        + System.lineSeparator());
            }
        }
    }

    @Test
    void anotherServerListensThere() throws Exception {
        HttpServer other = server(Map.of("/config", "<html><title>Router</title></html>"));
        try {
            assertThat(tailrace("jobs", "--jobmanager", address(other))).isEqualTo(1);
            assertThat(err).contains("answers HTML, not JSON: a page titled \"Router\"");
        } finally {
            other.stop(0);
        }
        HttpServer json = server(Map.of("/config", "{\"hello\": \"world\"}"));
        try {
            assertThat(tailrace("jobs", "--jobmanager", address(json))).isEqualTo(1);
            assertThat(err).contains("is no JobManager of Flink; is --jobmanager right?");
            assertThat(tailrace("jobs", "--jobmanager", address(json) + "/elsewhere")).isEqualTo(1);
            assertThat(err).contains("is no JobManager of Flink; is --jobmanager right?");
        } finally {
            json.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.2.0, false, takes no jobs over its REST API: web.submit.enable is off",
        "1.20.3, true, runs Flink 1.20.3; this job needs the line of 2.2",
    })
    void theClusterIsNotForIt(String version, boolean submit, String words) throws Exception {
        HttpServer cluster =
                server(
                        Map.of(
                                "/config",
                                "{\"flink-version\": \"%s\", \"features\": {\"web-submit\": %s}}"
                                        .formatted(version, submit),
                                "/overview",
                                "{\"slots-total\": 1, \"slots-available\": 1}"));
        try {
            assertThat(submit(address(cluster))).isEqualTo(1);
            assertThat(err).contains(words);
        } finally {
            cluster.stop(0);
        }
    }

    @Test
    void theJarIsTooLargeForAProxy() throws Exception {
        HttpServer proxy = server(CLUSTER);
        try {
            assertThat(submit(address(proxy))).isEqualTo(1);
            assertThat(err)
                    .contains("cannot upload")
                    .contains("a page titled \"413 Too Large\"")
                    .contains("job.jar is too large for it");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aDatabaseThatOnlyTheClusterMayReachIsNoMistake() throws Exception {
        String sink = "jdbc: { url: \"jdbc:postgresql://127.0.0.1:1/apm\", user: apm }";
        HttpServer cluster = server(CLUSTER);
        try {
            assertThat(submitTo(sink, address(cluster))).isEqualTo(1);
            assertThat(err)
                    .contains("note: not checked from here: The database")
                    .contains("cannot upload");
            assertThat(submitTo(sink, address(cluster), "--no-check")).isEqualTo(1);
            assertThat(err).doesNotContain("note:").contains("cannot upload");
        } finally {
            cluster.stop(0);
        }
    }

    @Test
    void aProxyWantsToKnowWhoAsks() throws Exception {
        HttpServer proxy =
                server(
                        Map.of(
                                "authorization",
                                "Bearer right-token",
                                "/config",
                                "{\"flink-version\": \"2.2.1\"}",
                                "/overview",
                                "{}",
                                "/jobs/overview",
                                "{\"jobs\": []}"));
        try {
            String address = address(proxy);
            assertThat(
                            tailrace(
                                    "jobs",
                                    "--jobmanager",
                                    address,
                                    "--authorization",
                                    "Bearer wrong-token"))
                    .isEqualTo(1);
            assertThat(err)
                    .contains("refuses the credentials")
                    .contains("TAILRACE_JOBMANAGER_AUTHORIZATION")
                    .doesNotContain("wrong-token");
            assertThat(
                            tailrace(
                                    "jobs",
                                    "--jobmanager",
                                    "http://" + address,
                                    "--authorization",
                                    "Bearer right-token"))
                    .isZero();
        } finally {
            proxy.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not an address, is no address",
        "ftp://host, is no address",
    })
    void theAddressIsNone(String address, String words) {
        assertThat(tailrace("jobs", "--jobmanager", address)).isEqualTo(2);
        assertThat(err).contains(words);
    }

    @Test
    void wrongOptionsAreRefusedBeforeAnythingIsAsked() throws Exception {
        String nowhere = "127.0.0.1:1";
        assertThat(submit(nowhere, "--from-savepoint", "savepoints/one")).isEqualTo(2);
        assertThat(err).contains("is neither a URI nor an absolute path");
        assertThat(submit(nowhere, "--set", "tail_sampling.decision_wait=30")).isEqualTo(2);
        assertThat(err).contains("did you mean \"30s\"").contains("1 mistake");
        assertThat(tailrace("stop", "a", "--jobmanager", nowhere, "--cancel", "--drain"))
                .isEqualTo(2);
        assertThat(err).contains("--cancel makes no savepoint");
        assertThat(tailrace("stop", "a", "--jobmanager", nowhere, "--savepoint", "here"))
                .isEqualTo(2);
        assertThat(err).contains("--savepoint: \"here\" is neither a URI nor an absolute path");
        assertThat(submit(nowhere, "--env", "NOBODY_SETS_THIS")).isEqualTo(2);
        assertThat(err).contains("NOBODY_SETS_THIS is not set here");
    }
}
