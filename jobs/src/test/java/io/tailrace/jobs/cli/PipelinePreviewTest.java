package io.tailrace.jobs.cli;

import io.tailrace.jobs.testing.RandomTraffic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** A preview of a pipeline is that of its tail sampling, and needs nothing else of it. */
class PipelinePreviewTest {

    private static final String SAMPLING =
            """
            source: { generator: {} }
            tail_sampling:
              decision_wait: 2s
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: some, type: probabilistic, probabilistic: { sampling_percentage: 20 } }
            """;
    private static final String METRICS =
            """
            virtual_metrics: { window: "${TAILRACE_NO_SUCH_VARIABLE}" }
            """;
    private static final String JDBC =
            "{ jdbc: { url: 'jdbc:postgresql://db/apm', user: me,"
                    + " password: '${TAILRACE_NO_SUCH_VARIABLE}' } }";

    @TempDir private Path folder;

    private final PreviewRuns previews = new PreviewRuns();
    private Path traffic;

    @BeforeEach
    void writeTraffic() throws IOException {
        traffic = folder.resolve("traffic.bin");
        RandomTraffic.of(5, 500).writeTo(traffic);
    }

    private Path spec(String kind, String more) throws IOException {
        return Files.writeString(
                folder.resolve(kind + ".yaml"), "kind: " + kind + "\nname: shop\n" + more);
    }

    private String[] preview(Path spec, String... more) {
        String[] arguments = {
            "preview", spec.toString(), "--input", traffic.toString(), "--encoding", "otlp_proto"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    @Test
    void isThatOfItsTailSampling() throws IOException {
        String sampled =
                previews.good(
                        preview(
                                spec(
                                        "tail-sampling",
                                        SAMPLING + "sinks: { decisions: [ " + JDBC + " ] }\n")));

        String piped =
                previews.good(
                        preview(
                                spec(
                                        "pipeline",
                                        SAMPLING
                                                + METRICS
                                                + "sinks: { decisions: [ %1$s ], metrics: [ %1$s ] }\n"
                                                        .formatted(JDBC))));

        assertThat(piped).isEqualTo(sampled).contains("errors", "some");
    }

    @Test
    void isComparedWithASpecOfTailSampling() throws IOException {
        Path sampling =
                spec("tail-sampling", SAMPLING + "sinks: { decisions: [ " + JDBC + " ] }\n");
        Path pipeline = spec("pipeline", SAMPLING + "sinks: { decisions: [ " + JDBC + " ] }\n");

        assertThat(previews.run(preview(pipeline, "--compare", sampling.toString()))).isZero();
    }

    @Test
    void needsATailSampling() throws IOException {
        Path metrics =
                spec(
                        "pipeline",
                        """
                        source: { generator: {} }
                        virtual_metrics: {}
                        sinks: { metrics: [ { file: { path: out } } ] }
                        """);

        assertThat(previews.run(preview(metrics))).isEqualTo(2);
        assertThat(previews.err()).contains("tail_sampling");
    }
}
