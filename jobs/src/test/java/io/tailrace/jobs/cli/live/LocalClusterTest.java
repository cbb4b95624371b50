package io.tailrace.jobs.cli.live;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Stopping a job at a bad moment. */
final class LocalClusterTest {

    private static final CountDownLatch STARTING = new CountDownLatch(1);
    private static final CountDownLatch MAY_START = new CountDownLatch(1);

    @TempDir private Path folder;

    /**
     * Flink by itself refuses a savepoint of a job that starts, and all that it has read is lost.
     */
    @Test
    void aJobThatStartsIsStoppedOnceItRuns() throws Exception {
        Configuration options = new Configuration();
        options.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.fromSequence(0, Long.MAX_VALUE)
                .rebalance()
                .map(new Slow())
                .returns(Long.class)
                .sinkTo(new DiscardingSink<>());
        try (LocalCluster cluster = new LocalCluster(options, folder)) {
            cluster.submit(env.getStreamGraph(), null);
            STARTING.await();
            CompletableFuture<Path> savepoint = cluster.stopWithSavepoint();
            await().during(Duration.ofSeconds(1)).until(() -> !savepoint.isDone());
            MAY_START.countDown();

            assertThat(savepoint.get(2, TimeUnit.MINUTES)).isNotEmptyDirectory();
            assertThat(cluster.result().get(2, TimeUnit.MINUTES).isSuccess()).isTrue();
        }
    }

    /** Works only when it may. */
    private static final class Slow extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(OpenContext context) throws InterruptedException {
            STARTING.countDown();
            MAY_START.await();
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }
}
