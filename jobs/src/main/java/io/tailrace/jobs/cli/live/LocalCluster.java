package io.tailrace.jobs.cli.live;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Flink within this process, for one job. It listens on the loopback interface only. */
public final class LocalCluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START = Duration.ofMinutes(1);
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final String run = UUID.randomUUID().toString();
    private final Optional<Path> temporary;
    private final MiniCluster cluster;
    private final Path savepoints;
    private JobID job;

    /**
     * @param options of the job and of Flink; without {@code io.tmp.dirs} its working files are in
     *     a temporary folder that goes when this is closed
     * @param savepoints where savepoints go
     */
    public LocalCluster(Configuration options, Path savepoints) throws Exception {
        this.savepoints = savepoints;
        Configuration own = new Configuration();
        own.set(RestOptions.ADDRESS, LOOPBACK);
        own.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        own.set(RestOptions.BIND_PORT, "8081-8181,0");
        own.set(JobManagerOptions.ADDRESS, LOOPBACK);
        own.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        own.set(TaskManagerOptions.HOST, LOOPBACK);
        own.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        own.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        own.addAll(options);
        temporary =
                own.contains(CoreOptions.TMP_DIRS)
                        ? Optional.empty()
                        : Optional.of(Files.createTempDirectory("tailrace-run"));
        temporary.ifPresent(folder -> own.set(CoreOptions.TMP_DIRS, folder.toString()));
        if (!own.contains(WebOptions.TMP_DIR)) {
            own.set(WebOptions.TMP_DIR, ConfigurationUtils.parseTempDirectories(own)[0]);
        }
        LiveMetricsFactory.configure(own, run);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(own)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(
                                        options.get(CoreOptions.DEFAULT_PARALLELISM))
                                .build());
        try {
            cluster.start();
        } catch (Exception failure) {
            deleteTemporary();
            throw failure;
        }
    }

    public URI webAddress() throws ExecutionException, InterruptedException {
        return cluster.getRestAddress().get();
    }

    /**
     * Submits the job.
     *
     * @param from a savepoint to go on from, or null
     */
    public void submit(StreamGraph graph, String from)
            throws ExecutionException, InterruptedException {
        if (from != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from, false));
        }
        job = cluster.submitJob(graph).get().getJobID();
    }

    /** Completes when the job ends, however it does. */
    public CompletableFuture<JobResult> result() {
        return cluster.requestJobResult(job);
    }

    public JobStatus status() throws ExecutionException, InterruptedException {
        return cluster.getJobStatus(job).get();
    }

    /** What Flink knows of the job's checkpoints. */
    public CheckpointStatsSnapshot checkpoints() throws ExecutionException, InterruptedException {
        return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    }

    /** Whether every task has begun its work; before that no checkpoint can be made. */
    public boolean allTasksRun() throws ExecutionException, InterruptedException {
        return allTasksRun(cluster.getExecutionGraph(job).get());
    }

    private static boolean allTasksRun(AccessExecutionGraph graph) {
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            ExecutionState state = task.getExecutionState();
            if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
                return false;
            }
        }
        return true;
    }

    /** Completes when every task has begun its work, or does not for too long. */
    private CompletableFuture<Void> begun(long deadlineNanos) {
        return cluster.getExecutionGraph(job)
                .thenCompose(
                        graph ->
                                allTasksRun(graph)
                                                || graph.getState().isTerminalState()
                                                || System.nanoTime() - deadlineNanos > 0
                                        ? CompletableFuture.completedFuture(null)
                                        : CompletableFuture.runAsync(() -> {}, LATER)
                                                .thenCompose(any -> begun(deadlineNanos)));
    }

    /** Completes when a checkpoint that begins now is complete. */
    public CompletableFuture<?> checkpoint() {
        return cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED);
    }

    /** What the job counts. */
    public LiveMetrics metrics() {
        return LiveMetrics.ofRun(run);
    }

    /**
     * Stops the job with a savepoint, and without draining: what is open stays open in it. A job
     * that is still starting is waited for, a minute at most.
     *
     * @return the savepoint's folder
     */
    public CompletableFuture<Path> stopWithSavepoint() {
        return stop(false);
    }

    /**
     * Ends the input where it is, so that all that is open is settled and written, and stops the
     * job.
     *
     * @return the folder of a savepoint from which nothing goes on
     */
    public CompletableFuture<Path> drain() {
        return stop(true);
    }

    private CompletableFuture<Path> stop(boolean drained) {
        return begun(System.nanoTime() + START.toNanos())
                .thenCompose(
                        any ->
                                cluster.stopWithSavepoint(
                                        job,
                                        savepoints.toUri().toString(),
                                        drained,
                                        SavepointFormatType.CANONICAL))
                .thenApply(address -> Path.of(URI.create(address)));
    }

    public CompletableFuture<?> cancel() {
        return cluster.cancelJob(job);
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
        LiveMetrics.forget(run);
        deleteTemporary();
    }

    /** Flink leaves empty folders where it works, and the libraries that it has unpacked. */
    private void deleteTemporary() {
        temporary.map(Path::toFile).ifPresent(FileUtils::deleteDirectoryQuietly);
    }
}
