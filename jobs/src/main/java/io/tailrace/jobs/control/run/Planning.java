package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Says what {@link Applying} would do. It calls nothing that writes. */
public final class Planning {

    private final Site site;

    public Planning(Site site) {
        this.site = site;
    }

    public List<Outcome> run(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (ApplicationSpec application : applications) {
            outcomes.add(of(application));
        }
        return outcomes;
    }

    private Outcome of(ApplicationSpec application) throws IOException, InterruptedException {
        Work work = site.work(application);
        List<Change> changes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        boolean source = true;
        for (Track track : Tracks.of(site, work)) {
            if (track.needsSource() && !source) {
                continue;
            }
            try {
                for (Step step : track.steps()) {
                    changes.addAll(step.look());
                }
            } catch (CallException failure) {
                source &= track.needsSource();
                failures.add(failure.getMessage());
            }
        }
        List<String> notes =
                work.memory().isPaused()
                        ? List.of("paused; `control start` has it go on")
                        : List.of();
        return new Outcome(application.key(), work.memory().status(), changes, failures, notes);
    }

    /** Applications that something is remembered of, but that the spec has no more. */
    public List<String> forgotten() {
        TreeSet<String> keys = new TreeSet<>(site.state().applications());
        site.spec().applications().forEach(each -> keys.remove(each.key()));
        return List.copyOf(keys);
    }
}
