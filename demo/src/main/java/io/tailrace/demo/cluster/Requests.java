package io.tailrace.demo.cluster;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.source.generator.ShopTraffic;
import io.tailrace.plain.OtlpTree;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSpan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The traffic of a run, in the order of its arrival. */
final class Requests {

    private static final double SHOP_RATE = 20;
    private static final Instant SHOP_OPENS = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Requests() {}

    /**
     * Of a file of OTLP/JSON lines, plain or {@code .gz}. A request arrives at the running maximum
     * of the ends of spans in whole milliseconds, those that end after the wall clock left out.
     */
    static List<PlainRequest> ofFile(Path file) throws IOException {
        long now = System.currentTimeMillis();
        long arrival = 0;
        List<PlainRequest> requests = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                ExportTraceServiceRequest otlp =
                        OtlpTree.request(line.getBytes(StandardCharsets.UTF_8));
                for (PlainSpan span : PlainSpan.of(otlp)) {
                    long end = span.span().getEndTimeUnixNano() / NANOS_PER_MILLI;
                    arrival = end <= now ? Math.max(arrival, end) : arrival;
                }
                requests.add(new PlainRequest(arrival, otlp));
            }
        }
        return requests;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    /** Of a simulated shop; those that would be empty are left out. */
    static List<PlainRequest> ofShop(int count) throws IOException {
        GeneratorSettings settings =
                new GeneratorSettings(
                        1, SHOP_RATE, 2, null, null, true, true, 0.02, 0.01, false, SHOP_OPENS);
        ShopTraffic shop = new ShopTraffic(settings);
        long start = SHOP_OPENS.toEpochMilli();
        List<PlainRequest> requests = new ArrayList<>();
        for (long number = 0; number < count; number++) {
            byte[] request = shop.request(number, start);
            if (request.length > 0) {
                requests.add(
                        new PlainRequest(
                                start + settings.arrivalAfterStart(number),
                                ExportTraceServiceRequest.parseFrom(request)));
            }
        }
        return requests;
    }
}
