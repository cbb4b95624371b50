package io.tailrace.jobs.cli;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.jobmaster.JobResult;

import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.cli.live.Figures;
import io.tailrace.jobs.cli.live.LocalCluster;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Watches a job in this process to its end: progress, a stop when asked, the summary. */
final class LocalRun {

    private final LocalCluster cluster;
    private final Set<JobPart> parts;
    private final Duration progress;
    private final Path log;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicInteger stops = new AtomicInteger();
    private final CompletableFuture<Path> savepoint = new CompletableFuture<>();
    private long begun;

    LocalRun(
            LocalCluster cluster,
            Set<JobPart> parts,
            Duration progress,
            Path log,
            PrintWriter out,
            PrintWriter err) {
        this.cluster = cluster;
        this.parts = parts;
        this.progress = progress;
        this.log = log;
        this.out = out;
        this.err = err;
    }

    private Figures figures() {
        return Figures.of(parts, cluster.metrics());
    }

    /** Until the job ends; gives the exit code. */
    int watch() throws Exception {
        begun = System.nanoTime();
        Signals signals = Signals.onStop(this::stop);
        try {
            return watchUntilEnd();
        } finally {
            signals.close();
        }
    }

    private int watchUntilEnd() throws Exception {
        CompletableFuture<JobResult> ending = cluster.result();
        Figures last = figures();
        JobStatus lastStatus = JobStatus.RUNNING;
        long lastTime = begun;
        while (true) {
            try {
                JobResult result = ending.get(progress.toMillis(), TimeUnit.MILLISECONDS);
                return end(result);
            } catch (TimeoutException goesOn) {
                Figures now = figures();
                long time = System.nanoTime();
                double rate = (now.spans() - last.spans()) * 1e9 / (time - lastTime);
                say(now.progress(TimeUnit.NANOSECONDS.toSeconds(time - begun), rate));
                lastStatus = sayIfRestarting(lastStatus);
                last = now;
                lastTime = time;
            }
        }
    }

    private JobStatus sayIfRestarting(JobStatus last) throws InterruptedException {
        try {
            JobStatus status = cluster.status();
            if (status != last && status == JobStatus.RESTARTING) {
                say("The job failed and is restarted from its last checkpoint; see " + log);
            }
            return status;
        } catch (ExecutionException noAnswer) {
            // On a machine that is too busy the cluster may be slow to answer; the job goes on.
            return last;
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private int end(JobResult result) throws Exception {
        double seconds = (System.nanoTime() - begun) / 1e9;
        Figures figures = figures();
        if (result.getSerializedThrowable().isPresent() && stops.get() == 0) {
            Throwable failure =
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(LocalRun.class.getClassLoader());
            err.println("The job failed: " + Failures.inOneLine(failure));
            err.println("More is in " + log);
            err.flush();
            return ExitCodes.FAILED;
        }
        boolean cancelled = result.getApplicationStatus() == ApplicationStatus.CANCELED;
        say(stops.get() > 0 ? "Stopped." : cancelled ? "Cancelled." : "Done.");
        out.print(figures.summary(seconds));
        out.flush();
        if (stops.get() > 0) {
            return sayWhereItStopped();
        }
        return cancelled ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private int sayWhereItStopped() throws InterruptedException {
        try {
            Path path = savepoint.get(10, TimeUnit.SECONDS);
            say("Savepoint: " + path);
            say("Go on with: tailrace run SPEC --from " + path);
            return ExitCodes.DONE;
        } catch (ExecutionException | TimeoutException failed) {
            err.println("There is no savepoint: " + Failures.inOneLine(failed));
            err.flush();
            return ExitCodes.FAILED;
        }
    }

    /** At Ctrl-C; a second one ends everything at once. */
    private void stop() {
        if (stops.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(130);
        }
        say("Stopping with a savepoint; Ctrl-C again ends at once.");
        var unused =
                cluster.stopWithSavepoint()
                        .whenComplete(
                                (path, failure) -> {
                                    if (failure == null) {
                                        savepoint.complete(path);
                                    } else {
                                        savepoint.completeExceptionally(failure);
                                        cluster.cancel().join();
                                    }
                                });
    }
}
