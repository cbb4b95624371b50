package io.tailrace.jobs.tailsampling;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaSinks;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.SamplingRun;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.plain.PlainSpan;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When traffic stops, what is open is decided all the same. */
@ExtendWith(KafkaExtension.class)
final class SilenceTest {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 3;

    @TempDir private Path folder;

    /** A partition that never had a record holds time back for half a minute, but not for ever. */
    @ParameterizedTest
    @ValueSource(ints = {3, 2})
    void decidesWhatIsOpen(int partitionsWithRecords, KafkaBroker broker) throws Exception {
        List<ExportTraceServiceRequest> requests =
                RandomTraffic.of(13, 50).requests().stream()
                        .map(request -> request.otlp())
                        .toList();
        long traces =
                requests.stream()
                        .flatMap(request -> PlainSpan.of(request).stream())
                        .map(PlainSpan::traceId)
                        .distinct()
                        .count();
        KafkaTopic topic = broker.topic("silent", PARTITIONS);
        KafkaSinks sinks = KafkaSinks.of(broker, "at_least_once");
        String spec =
                SamplingSpecs.keepingAll("silent", SamplingSpecs.kafka(broker, topic), sinks, WAIT);

        try (SamplingRun run = SamplingRun.start(spec, folder, 2)) {
            // What a job finds when it starts is old, and decided at once.
            run.awaitTasks();
            for (int i = 0; i < requests.size(); i++) {
                topic.send(
                        i % partitionsWithRecords,
                        System.currentTimeMillis(),
                        requests.get(i).toByteArray());
            }
            topic.flush();
            await().atMost(PATIENCE).until(() -> run.figures().open() == traces);

            await().atMost(PATIENCE)
                    .until(() -> run.figures().open() == 0 && run.figures().kept() == traces);

            run.stop();
        }
        assertThat(sinks.results().decisions()).hasSize((int) traces);
        assertThat(sinks.results().kept())
                .hasSize(requests.stream().mapToInt(each -> PlainSpan.of(each).size()).sum());
    }
}
