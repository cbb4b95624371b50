package io.tailrace.jobs.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what Flink's Prometheus reporter has to tell: the names and labels that a Prometheus would
 * scrape. It is pushed, for the port to scrape would be open to all. It listens on the loopback
 * interface.
 */
final class PushGateway implements AutoCloseable {

    private static final int TAKEN = 202;
    private static final Pattern SERIES =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+( \\d+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final HttpServer server;
    private final Map<String, Set<String>> labels = new TreeMap<>();

    PushGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of labels by the names of metrics, of all that came so far. */
    synchronized Map<String, Set<String>> labelsByName() {
        Map<String, Set<String>> all = new TreeMap<>();
        labels.forEach((name, its) -> all.put(name, Set.copyOf(its)));
        return all;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String pushed =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushed.lines().filter(line -> !line.startsWith("#")).forEach(this::see);
            exchange.sendResponseHeaders(TAKEN, -1);
        }
    }

    private synchronized void see(String line) {
        Matcher series = SERIES.matcher(line);
        if (!series.matches()) {
            throw new IllegalStateException("No series: " + line);
        }
        Set<String> its = labels.computeIfAbsent(series.group(1), name -> new TreeSet<>());
        if (series.group(2) != null) {
            LABEL.matcher(series.group(2)).results().forEach(label -> its.add(label.group(1)));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
