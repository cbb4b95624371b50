package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Has applications go on that were stopped. It starts what is there, and changes nothing else. */
public final class Resuming {

    private final Site site;
    private final Applying.Listener listener;

    public Resuming(Site site, Applying.Listener listener) {
        this.site = site;
        this.listener = listener;
    }

    public List<Outcome> run(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (ApplicationSpec application : applications) {
            Work work = site.work(application);
            List<Change> done = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            try {
                // First: what was interrupted, apply goes on with.
                work.memory().paused(false);
                start(application, work, done);
            } catch (CallException failure) {
                failures.add(failure.getMessage());
            }
            outcomes.add(
                    new Outcome(
                            application.key(), work.memory().status(), done, failures, List.of()));
        }
        return outcomes;
    }

    private void start(ApplicationSpec application, Work work, List<Change> done)
            throws IOException, InterruptedException {
        for (Track track : Tracks.of(site, work)) {
            if (!track.runs()) {
                continue;
            }
            for (Step step : track.steps()) {
                List<Change> changes = step.look();
                if (step.starts()) {
                    for (Change change : changes) {
                        change.bringing().bring();
                        done.add(change);
                        work.memory().log(change.action().spelling() + ' ' + change.object());
                        listener.done(application, change);
                    }
                    continue;
                }
                for (Change change : changes) {
                    if (change.action() == Action.CREATE) {
                        throw new CallException(
                                Fault.MISSING,
                                "%s is not there; apply makes it".formatted(change.object()));
                    }
                }
            }
        }
    }
}
