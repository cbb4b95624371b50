package io.tailrace.bench.state;

import io.tailrace.bench.measure.Traffic;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.json.OtlpJsonReader;
import io.tailrace.operators.span.wire.RequestSplitter;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.SpanVisitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Requests that all arrive at one moment, so that no watermark passes it and every trace stays
 * open.
 */
final class HeldTraffic implements Traffic {

    private final int lanes;
    private final List<byte[]> requests = new ArrayList<>();
    private final List<Integer> spansOfRequests = new ArrayList<>();
    private final Set<TraceId> traces = new HashSet<>();
    private long spans;
    private long requestBytes;
    private long chunkBytes;

    private HeldTraffic(int lanes) {
        this.lanes = lanes;
    }

    /** The first spans of a pool, as many as asked for or a request's more. */
    static HeldTraffic of(RequestPool pool, int spans) throws IOException {
        HeldTraffic held = new HeldTraffic(pool.lanes());
        for (long number = 0; held.spans < spans; number++) {
            for (int lane = 0; lane < pool.lanes(); lane++) {
                held.add(pool.request(lane, number));
            }
        }
        return held;
    }

    /**
     * All of a file.
     *
     * @param file OTLP/JSON, a request a line; with gzip if its name ends in .gz
     */
    static HeldTraffic ofFile(Path file, int lanes) throws IOException {
        HeldTraffic held = new HeldTraffic(lanes);
        OtlpJsonReader json = new OtlpJsonReader();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                try {
                    held.add(
                            json.read(
                                    line.getBytes(StandardCharsets.UTF_8),
                                    (reason, error, payload, from, to) -> {}));
                } catch (UnreadableException unfit) {
                    throw new IOException(
                            "%s:%d: %s".formatted(file, number, unfit.getMessage()), unfit);
                }
            }
        }
        if (held.spans == 0) {
            throw new IOException(file + " has no spans");
        }
        return held;
    }

    private void add(byte[] request) throws IOException {
        int[] found = new int[1];
        try {
            new RequestSplitter()
                    .split(
                            request,
                            (reason, error, payload, from, to) -> {},
                            Unseen.SPANS,
                            (trace, high, low, count, chunk) -> {
                                traces.add(new TraceId(high, low));
                                found[0] += count;
                                chunkBytes += chunk.length;
                            });
        } catch (UnreadableException unfit) {
            throw new IOException("A request that cannot be read: " + unfit.getMessage(), unfit);
        }
        requests.add(request);
        spansOfRequests.add(found[0]);
        spans += found[0];
        requestBytes += request.length;
    }

    private enum Unseen implements SpanVisitor {
        SPANS;

        @Override
        public void resource(ResourceView resource) {}

        @Override
        public void scope(ScopeView scope) {}

        @Override
        public void span(int trace, SpanView span) {}
    }

    long totalSpans() {
        return spans;
    }

    int traces() {
        return traces.size();
    }

    /** As they came: spans of several traces share their resource. */
    long requestBytes() {
        return requestBytes;
    }

    /** Split by trace, each part a request of its own: what is buffered, and handed on if kept. */
    long chunkBytes() {
        return chunkBytes;
    }

    @Override
    public Encoding encoding() {
        return Encoding.OTLP_PROTO;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public long requests(int lane) {
        return Math.floorDiv(requests.size() - lane + lanes - 1, (long) lanes);
    }

    @Override
    public int spans(int lane, long number) {
        return spansOfRequests.get((int) number * lanes + lane);
    }

    @Override
    public byte[] request(int lane, long number) {
        return requests.get((int) number * lanes + lane);
    }

    @Override
    public long arrival(int lane, long number) {
        return RequestPool.START_MILLIS;
    }
}
