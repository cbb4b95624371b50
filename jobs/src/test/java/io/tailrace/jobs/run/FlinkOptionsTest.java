package io.tailrace.jobs.run;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The spec's options go before the cluster's, and those before ours. */
class FlinkOptionsTest {

    private static final Path FOLDER = Path.of("out", "runs", "shop-1").toAbsolutePath();

    @Test
    void withoutAnyWordStateIsInRocksDbAndCheckpointsInTheRunsFolder() {
        Configuration options = FlinkOptions.ofJob(Map.of(), new Configuration(), FOLDER);
        assertThat(options.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(options.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        assertThat(options.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(options.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .startsWith("file:")
                .endsWith("/out/runs/shop-1/checkpoints");
        assertThat(options.get(CheckpointingOptions.SAVEPOINT_DIRECTORY))
                .endsWith("/out/runs/shop-1/savepoints");
        assertThat(options.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(720);
        assertThat(options.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(options.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    }

    @Test
    void whatTheClusterSaysGoesBeforeOurDefaults() {
        Configuration cluster = new Configuration();
        cluster.setString("state.backend.type", "hashmap");
        cluster.setString("execution.checkpointing.dir", "s3://bucket/checkpoints");
        Configuration options = FlinkOptions.ofJob(Map.of(), cluster, FOLDER);
        assertThat(options.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
        assertThat(options.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("s3://bucket/checkpoints");
    }

    @Test
    void whatTheSpecSaysGoesBeforeTheClusterAlsoByAnOptionsOlderName() {
        Configuration cluster = new Configuration();
        cluster.setString("execution.checkpointing.dir", "s3://bucket/theirs");
        Map<String, String> spec =
                Map.of("state.checkpoints.dir", "s3://bucket/ours", "state.backend", "hashmap");
        Configuration options = FlinkOptions.ofJob(spec, cluster, FOLDER);
        assertThat(options.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("s3://bucket/ours");
        assertThat(options.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
    }
}
