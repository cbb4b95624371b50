package io.tailrace.jobs.cli;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.cli.live.SamplingFigures;
import io.tailrace.jobs.preview.DryRun;
import io.tailrace.jobs.preview.PreviewInput;
import io.tailrace.jobs.run.FlinkOptions;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Runs the job of a preview in this process, with its progress on the error output. */
final class PreviewRun {

    private final PreviewInput input;
    private final Duration progress;
    private final PrintWriter err;
    private final AtomicBoolean stopped = new AtomicBoolean();

    PreviewRun(PreviewInput input, Duration progress, PrintWriter err) {
        this.input = input;
        this.progress = progress;
        this.err = err;
    }

    /**
     * Until the input ends.
     *
     * @return the dead letters by reason; null where Ctrl-C stopped it
     * @throws IOException where the job failed, in words for the user
     */
    Map<String, Long> toEnd(DryRun dryRun, String name) throws Exception {
        // Flink leaves empty folders behind where it works.
        Path temporary = Files.createTempDirectory("tailrace-preview-");
        try {
            return toEnd(dryRun, name, temporary);
        } finally {
            delete(temporary);
        }
    }

    private Map<String, Long> toEnd(DryRun dryRun, String name, Path temporary) throws Exception {
        Configuration options = FlinkOptions.ofPreview();
        options.set(CoreOptions.TMP_DIRS, temporary.toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        dryRun.define(env, input);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName("Preview of " + name);
        try (LocalCluster cluster = new LocalCluster(options, temporary)) {
            cluster.submit(graph, null);
            Signals signals = Signals.onStop(() -> stop(cluster));
            try {
                end(watch(cluster));
                return stopped.get() ? null : SamplingFigures.of(cluster.metrics()).deadLetters();
            } finally {
                signals.close();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void stop(LocalCluster cluster) {
        if (stopped.getAndSet(true)) {
            Runtime.getRuntime().halt(130);
        }
        var unused = cluster.cancel();
    }

    private JobResult watch(LocalCluster cluster) throws Exception {
        CompletableFuture<JobResult> ending = cluster.result();
        long begun = System.nanoTime();
        SamplingFigures last = SamplingFigures.of(cluster.metrics());
        long lastTime = begun;
        while (true) {
            try {
                return ending.get(progress.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                SamplingFigures now = SamplingFigures.of(cluster.metrics());
                long time = System.nanoTime();
                double rate = (now.spans() - last.spans()) * 1e9 / (time - lastTime);
                err.println(now.progress(TimeUnit.NANOSECONDS.toSeconds(time - begun), rate));
                err.flush();
                last = now;
                lastTime = time;
            }
        }
    }

    private void end(JobResult result) throws Exception {
        if (stopped.get()) {
            return;
        }
        if (result.getSerializedThrowable().isPresent()) {
            Throwable failure =
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(PreviewRun.class.getClassLoader());
            throw new IOException("The preview failed: " + Failures.inOneLine(failure), failure);
        }
        if (result.getApplicationStatus() != ApplicationStatus.SUCCEEDED) {
            throw new IOException("The preview was cancelled");
        }
    }
}
