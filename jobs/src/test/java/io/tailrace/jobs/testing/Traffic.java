package io.tailrace.jobs.testing;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.plain.OtlpTree;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSpan;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;

/**
 * Export requests with their arrivals: the running maximum of the ends of spans in whole
 * milliseconds, those that end after the wall clock left out.
 */
public record Traffic(List<PlainRequest> requests) {

    public static Traffic of(List<ExportTraceServiceRequest> requests) {
        long now = System.currentTimeMillis();
        long clock = 0;
        List<PlainRequest> arrived = new ArrayList<>();
        for (ExportTraceServiceRequest request : requests) {
            for (PlainSpan span : PlainSpan.of(request)) {
                long end = span.span().getEndTimeUnixNano() / 1_000_000;
                clock = end <= now ? Math.max(clock, end) : clock;
            }
            arrived.add(new PlainRequest(clock, request));
        }
        return new Traffic(arrived);
    }

    /** Of a gzip file of OTLP/JSON lines. */
    public static Traffic ofFile(Path file) throws IOException {
        List<ExportTraceServiceRequest> requests = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                requests.add(OtlpTree.request(line.getBytes(StandardCharsets.UTF_8)));
                line = lines.readLine();
            }
        }
        return of(requests);
    }

    /** As a file of protobuf behind lengths. */
    public void writeTo(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (PlainRequest request : requests) {
                request.otlp().writeDelimitedTo(out);
            }
        }
    }

    /** Sends one request after another, to one partition after another. */
    public void sendTo(KafkaTopic topic) throws ExecutionException, InterruptedException {
        for (int i = 0; i < requests.size(); i++) {
            send(i, topic);
        }
        topic.flush();
    }

    void send(int request, KafkaTopic topic) {
        topic.send(
                request % topic.partitions(),
                requests.get(request).arrival(),
                requests.get(request).otlp().toByteArray());
    }

    public long lastArrival() {
        return requests.get(requests.size() - 1).arrival();
    }

    public int size() {
        return requests.size();
    }
}
