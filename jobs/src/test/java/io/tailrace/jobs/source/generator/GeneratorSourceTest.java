package io.tailrace.jobs.source.generator;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.operators.input.SpanRequest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratorSourceTest {

    @Test
    void anyParallelismGivesTheSameRequests() throws Exception {
        GeneratorSettings settings = Settings.bounded(5, null, Duration.ofSeconds(40));
        Map<Long, String> alone = run(settings, 1);
        assertThat(alone).hasSizeGreaterThan(700);
        assertThat(run(settings, 3)).isEqualTo(alone);
    }

    @Test
    void readersBeyondTheLanesEndToo() throws Exception {
        assertThat(run(Settings.bounded(5, 30L, null), GeneratorSource.LANES + 2))
                .isEqualTo(run(Settings.bounded(5, 30L, null), 1))
                .isNotEmpty();
    }

    @Test
    void itIsBoundedByCountAndDurationWhicheverIsLess() {
        assertThat(Settings.bounded(1, 100L, Duration.ofSeconds(10)).requests()).isEqualTo(100);
        assertThat(Settings.bounded(1, 900L, Duration.ofSeconds(10)).requests()).isEqualTo(200);
        assertThat(new GeneratorSource(Settings.bounded(1, 1L, null)).getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
        assertThat(new GeneratorSource(Settings.ofSeed(1)).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    private static Map<Long, String> run(GeneratorSettings settings, int parallelism)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        Map<Long, String> requests = new TreeMap<>();
        List<SpanRequest> results =
                environment
                        .fromSource(
                                new GeneratorSource(settings),
                                WatermarkStrategy.noWatermarks(),
                                "generator")
                        .executeAndCollect(100_000);
        for (SpanRequest request : results) {
            String payload = Base64.getEncoder().encodeToString(request.payload());
            String former = requests.put(request.origin().offset(), payload);
            assertThat(former).as("request %s", request.origin()).isNull();
        }
        return requests;
    }
}
