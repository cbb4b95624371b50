package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.control.state.ControlState.Memory;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings the services to the spec, step by step. Each step looks first, and remembers last. */
public final class Applying {

    private final Site site;
    private final Listener listener;

    public Applying(Site site, Listener listener) {
        this.site = site;
        this.listener = listener;
    }

    /** Told of each change when it is done. */
    @FunctionalInterface
    public interface Listener {
        void done(ApplicationSpec application, Change change);
    }

    /** Where an application fails, the others go on. */
    public List<Outcome> run(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (ApplicationSpec application : applications) {
            outcomes.add(new One(application).run());
        }
        return outcomes;
    }

    /** One application. */
    private final class One {
        private final ApplicationSpec application;
        private final Work work;
        private final Memory memory;
        private final List<Change> done = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        One(ApplicationSpec application) {
            this.application = application;
            this.work = site.work(application);
            this.memory = work.memory();
        }

        Outcome run() throws IOException, InterruptedException {
            boolean source = true;
            boolean dataPath = true;
            for (Track track : Tracks.of(site, work)) {
                if (track.needsSource() && !source) {
                    continue;
                }
                Step failed = run(track);
                source &= track.needsSource() || failed == null || failed.failure() == null;
                dataPath &= failed == null || failed.failure() == null;
            }
            if (dataPath) {
                memory.status(ApplicationStatus.SUCCESS);
            }
            List<String> notes =
                    memory.isPaused() ? List.of("paused; `control start` has it go on") : List.of();
            return new Outcome(application.key(), memory.status(), done, failures, notes);
        }

        /** The step that failed; null where all is well. */
        private Step run(Track track) throws IOException, InterruptedException {
            for (Step step : track.steps()) {
                try {
                    bring(step);
                } catch (CallException failure) {
                    fail(step, failure);
                    return step;
                }
            }
            return null;
        }

        private void bring(Step step) throws IOException, InterruptedException {
            List<Change> changes = step.look();
            for (Change change : changes) {
                change.bringing().bring();
                done.add(change);
                memory.log(change.action().spelling() + ' ' + change.object());
                listener.done(application, change);
            }
            if (!changes.isEmpty()) {
                step.settle();
            }
        }

        private void fail(Step step, CallException failure)
                throws IOException, InterruptedException {
            failures.add(failure.getMessage());
            memory.log(step.name() + " failed: " + failure.getMessage());
            if (step.failure() != null) {
                memory.status(step.failure());
            }
            site.events()
                    .raise(
                            "tailrace_step_failed",
                            "%s of %s failed: %s"
                                    .formatted(
                                            step.name(), application.key(), failure.getMessage()),
                            Map.of("application", application.key(), "step", step.name()));
            if (failure.fault() == Fault.DEADLINE) {
                throw failure;
            }
        }
    }
}
