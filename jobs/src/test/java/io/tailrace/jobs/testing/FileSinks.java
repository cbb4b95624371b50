package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.plain.DecisionLine;
import io.tailrace.plain.OtlpTree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sinks to files. */
public record FileSinks(Path folder) implements Sinks {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String yaml() {
        return """
        sinks:
          spans: [ { file: { path: "%1$s/spans" } } ]
          decisions: [ { file: { path: "%1$s/decisions" } } ]
          dead_letters: [ { file: { path: "%1$s/dead-letters" } } ]
        """
                .formatted(folder);
    }

    @Override
    public Results results() throws IOException {
        List<DecisionLine> decisions = new ArrayList<>();
        for (String line : lines("decisions")) {
            decisions.add(DecisionLine.of(JSON.readTree(line)));
        }
        List<ExportTraceServiceRequest> spans = new ArrayList<>();
        for (String line : lines("spans")) {
            spans.add(OtlpTree.request(line.getBytes(StandardCharsets.UTF_8)));
        }
        List<JsonNode> deadLetters = new ArrayList<>();
        for (String line : lines("dead-letters")) {
            deadLetters.add(JSON.readTree(line));
        }
        return new Results(decisions, spans, deadLetters);
    }

    private List<String> lines(String name) throws IOException {
        return lines(folder.resolve(name));
    }

    /** Of finished files only. */
    public static List<String> lines(Path files) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isDirectory(files)) {
            try (Stream<Path> all = Files.list(files)) {
                for (Path file : all.sorted().toList()) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        lines.addAll(Files.readAllLines(file));
                    }
                }
            }
        }
        return lines;
    }
}
