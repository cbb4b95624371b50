package io.tailrace.sinks.remotewrite;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.xerial.snappy.Snappy;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes remote write as Prometheus does, and is stricter about it: a request with labels that are
 * not sorted, samples that are not in order or anything else that the protocol forbids is refused
 * as a whole, and why is remembered. It listens on the loopback interface.
 */
public final class StrictReceiver implements AutoCloseable {

    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";

    static {
        // Else each answer waits for the client to acknowledge its first part.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Deque<Reply> replies = new ArrayDeque<>();

    /** Times and values by labels. */
    private final Map<Map<String, String>, TreeMap<Long, Double>> values = new HashMap<>();

    private final Map<Map<String, String>, ReceivedSeries> latest = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    /**
     * What it answers instead of taking a request.
     *
     * @param retryAfter null for none
     */
    record Reply(int status, String retryAfter, String words) {}

    /** A request that came, taken or not. */
    record Request(long nanos, int status, int series, Headers headers) {}

    public StrictReceiver() throws IOException {
        this(null);
    }

    /**
     * @param tls null for none; else clients must show a certificate that it trusts
     */
    StrictReceiver(SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(
                    new HttpsConfigurator(tls) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            SSLParameters ours = tls.getDefaultSSLParameters();
                            ours.setNeedClientAuth(true);
                            parameters.setSSLParameters(ours);
                        }
                    });
            server = secure;
        }
        server.createContext("/api/v1/write", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        boolean secure = server instanceof HttpsServer;
        return "%s://localhost:%d/api/v1/write"
                .formatted(secure ? "https" : "http", server.getAddress().getPort());
    }

    /** Answers so to the next request that it was not told of before. */
    synchronized void answer(Reply reply) {
        replies.add(reply);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            int series = 0;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (inFlight.incrementAndGet() > 1) {
                fault("two requests at once");
            }
            synchronized (this) {
                reply = replies.poll();
                if (reply == null) {
                    try {
                        checkHeaders(exchange);
                        List<ReceivedSeries> all =
                                ReceivedSeries.ofRequest(Snappy.uncompress(body));
                        series = all.size();
                        String refused = take(all);
                        reply =
                                refused == null
                                        ? new Reply(204, null, "")
                                        : new Reply(400, null, refused);
                    } catch (IOException wrong) {
                        fault(wrong.getMessage());
                        reply = new Reply(400, null, wrong.getMessage());
                    }
                }
                requests.add(
                        new Request(
                                System.nanoTime(),
                                reply.status,
                                series,
                                exchange.getRequestHeaders()));
            }
            inFlight.decrementAndGet();
            if (reply.retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", reply.retryAfter);
            }
            byte[] words = reply.words.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status, words.length == 0 ? -1 : words.length);
            if (words.length > 0) {
                exchange.getResponseBody().write(words);
            }
        }
    }

    private static void checkHeaders(HttpExchange exchange) throws IOException {
        expect("POST", exchange.getRequestMethod());
        Headers headers = exchange.getRequestHeaders();
        expect("application/x-protobuf", headers.getFirst("Content-Type"));
        expect("snappy", headers.getFirst("Content-Encoding"));
        expect("0.1.0", headers.getFirst("X-Prometheus-Remote-Write-Version"));
        if (headers.getFirst("User-Agent") == null) {
            throw new IOException("no User-Agent");
        }
    }

    private static void expect(String expected, String found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("expected " + expected + ", not " + found);
        }
    }

    /** Gives why nothing of it is taken; null where all is. */
    private String take(List<ReceivedSeries> all) throws IOException {
        Set<Map<String, String>> seen = new HashSet<>();
        for (ReceivedSeries series : all) {
            checkLabels(series.labels());
            if (!seen.add(series.labels())) {
                throw new IOException("the same series twice: " + series.labels());
            }
            if (series.values().size() + series.histograms().size() != 1) {
                throw new IOException("not one value: " + series);
            }
            for (ReceivedSeries.Exemplar exemplar : series.exemplars()) {
                checkSorted(exemplar.labels());
            }
        }
        for (ReceivedSeries series : all) {
            TreeMap<Long, Double> before = values.get(series.labels());
            if (before == null || series.values().isEmpty()) {
                continue;
            }
            ReceivedSeries.Value value = series.values().get(0);
            Map.Entry<Long, Double> last = before.lastEntry();
            if (value.time() < last.getKey()) {
                return "out of order sample";
            } else if (value.time() == last.getKey() && value.value() != last.getValue()) {
                return "duplicate sample for timestamp";
            }
        }
        for (ReceivedSeries series : all) {
            latest.put(series.labels(), series);
            for (ReceivedSeries.Value value : series.values()) {
                values.computeIfAbsent(series.labels(), labels -> new TreeMap<>())
                        .put(value.time(), value.value());
            }
        }
        return null;
    }

    private static void checkLabels(Map<String, String> labels) throws IOException {
        checkSorted(labels);
        if (!labels.getOrDefault("__name__", "").matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw new IOException("no metric's name in " + labels);
        }
    }

    private static void checkSorted(Map<String, String> labels) throws IOException {
        String before = "";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String name = label.getKey();
            if (!name.matches(LABEL)
                    || name.startsWith("__") && !name.equals("__name__")
                    || label.getValue().isEmpty()) {
                throw new IOException("label " + label);
            } else if (before.compareTo(name) >= 0) {
                throw new IOException("labels not sorted: " + labels.keySet());
            }
            before = name;
        }
    }

    private synchronized void fault(String what) {
        faults.add(what);
    }

    /** What no sender may ever send. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The times and values of series by their labels. */
    public synchronized Map<Map<String, String>, Map<Long, Double>> values() {
        return new HashMap<>(values);
    }

    /** The one series of this name, and with this label's value, as it came last. */
    synchronized ReceivedSeries last(String name, String label, String value) {
        Iterator<ReceivedSeries> found =
                latest.values().stream()
                        .filter(series -> name.equals(series.labels().get("__name__")))
                        .filter(series -> label == null || value.equals(series.labels().get(label)))
                        .iterator();
        ReceivedSeries one = found.next();
        if (found.hasNext()) {
            throw new AssertionError("Several series are called " + name);
        }
        return one;
    }

    public synchronized Set<String> names() {
        Set<String> names = new HashSet<>();
        latest.keySet().forEach(labels -> names.add(labels.get("__name__")));
        return names;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
