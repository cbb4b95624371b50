package io.tailrace.operators.span.json;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RealTracesTest {

    @ParameterizedTest
    @CsvSource({"online-boutique, 43714", "train-ticket, 49984"})
    void everySpanIsReadAndWrittenAsItWas(String name, int spans) throws Exception {
        Path file = Path.of("../../shared/data", name + ".otlp.jsonl.gz");
        assumeTrue(Files.exists(file), file + " is not here");
        OtlpJsonReader reader = new OtlpJsonReader();
        OtlpJsonWriter writer = new OtlpJsonWriter();
        Rejections rejections = new Rejections();
        int read = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] otlp = reader.read(line.getBytes(StandardCharsets.UTF_8), rejections);
                ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(otlp);
                read += count(request);
                byte[] again = reader.read(writer.write(otlp), rejections);
                assertThat(ExportTraceServiceRequest.parseFrom(again)).isEqualTo(request);
                // Events are written before the status here, and behind it in the file.
                if (!line.contains("\"events\":")) {
                    assertThat(new String(writer.write(otlp), StandardCharsets.UTF_8))
                            .isEqualTo(withoutEmpty(line));
                }
            }
        }
        assertThat(read).isEqualTo(spans);
        assertThat(rejections.all).isEmpty();
    }

    private static String withoutEmpty(String line) {
        return line.replace(",\"attributes\":[]", "").replace(",\"parentSpanId\":\"\"", "");
    }

    private static int count(ExportTraceServiceRequest request) {
        int spans = 0;
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                spans += scopeSpans.getSpansCount();
            }
        }
        return spans;
    }
}
