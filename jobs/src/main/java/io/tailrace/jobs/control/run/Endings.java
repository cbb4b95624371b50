package io.tailrace.jobs.control.run;

import io.tailrace.jobs.cluster.FlinkJob;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.flink.JobStep;
import io.tailrace.jobs.control.gse.GseWork;
import io.tailrace.jobs.control.gse.Unregistering;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.External;
import io.tailrace.jobs.control.spec.FlowSpec;
import io.tailrace.jobs.control.step.Ending;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stops applications, to go on later or for good. What reads is stopped before what it reads from,
 * and waited for before it is deleted. Done again, it goes on where it was interrupted.
 */
public final class Endings {

    private final Site site;
    private final Applying.Listener listener;

    public Endings(Site site, Applying.Listener listener) {
        this.site = site;
        this.listener = listener;
    }

    /** Deletes what can be deleted of applications; where one fails, the others go on. */
    public List<Outcome> destroy(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        return each(applications, One::destroy);
    }

    /** Stops flows, cleanings and jobs, and deletes nothing. */
    public List<Outcome> stop(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        return each(applications, One::pause);
    }

    /** What is done with one. */
    private interface Doing {
        void to(One application) throws IOException, InterruptedException;
    }

    private List<Outcome> each(List<ApplicationSpec> applications, Doing doing)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (ApplicationSpec application : applications) {
            One one = new One(application);
            List<String> failures = new ArrayList<>();
            try {
                doing.to(one);
            } catch (CallException failure) {
                failures.add(failure.getMessage());
            }
            outcomes.add(
                    new Outcome(
                            application.key(),
                            one.work.memory().status(),
                            one.done,
                            failures,
                            one.notes));
        }
        return outcomes;
    }

    /** One application. */
    private final class One {
        private final ApplicationSpec application;
        private final Work work;
        private final Ending ending;
        private final List<Change> done = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        One(ApplicationSpec application) {
            this.application = application;
            this.work = site.work(application);
            this.ending = new Ending(work);
        }

        private void done(Action action, String object) throws IOException {
            Change change = new Change(action, object, List.of(), "", () -> {});
            done.add(change);
            work.memory().log(action.spelling() + ' ' + object);
            listener.done(application, change);
        }

        /** Also of those that the spec had once. */
        private Set<String> flows() {
            Set<String> names = new LinkedHashSet<>();
            for (FlowSpec flow : application.flows()) {
                if (flow.template().inPlatform()) {
                    names.add(flow.name(application));
                }
            }
            work.memory().get("flows").fieldNames().forEachRemaining(names::add);
            return names;
        }

        private void stopAll(boolean delete) throws IOException, InterruptedException {
            for (FlowSpec flow : application.flows()) {
                if (flow.template() instanceof External external && external.job() != null) {
                    JobStep job = new JobStep(work, site.flink(external.job()), external.job());
                    Optional<FlinkJob> running = job.find().filter(FlinkJob::isActive);
                    if (running.isPresent()) {
                        job.stop(running.get().id());
                        done(Action.STOP, job.name());
                    }
                }
            }
            for (String name : flows()) {
                Optional<Flow> flow = ending.flow(name);
                if (flow.isEmpty()) {
                    continue;
                }
                if (!delete) {
                    // First, so that it goes on where it was also if this is interrupted.
                    work.memory().put("true", "flows", name, "resume");
                    work.memory().forget("flows", name, "seen");
                }
                if (ending.stop(flow.get())) {
                    done(Action.STOP, "flow " + name);
                }
                if (delete) {
                    ending.delete(flow.get());
                    done(Action.DELETE, "flow " + name);
                }
            }
            if (ending.stopCleaning()) {
                done(Action.STOP, "cleaning " + application.resultTableId());
            }
        }

        void pause() throws IOException, InterruptedException {
            // First, so that no apply meanwhile starts what is stopped here.
            work.memory().paused(true);
            stopAll(false);
        }

        void destroy() throws IOException, InterruptedException {
            stopAll(true);
            Optional<Long> rawData =
                    work.platform().rawDataId(application.bizId(), application.rawDataName());
            if (site.spec().gse() != null && rawData.isPresent()) {
                Unregistering gse = new Unregistering(new GseWork(work, site.gse(), site.events()));
                Set<String> routes = gse.routes(rawData.get());
                if (!routes.isEmpty()) {
                    done(Action.DELETE, "routes " + String.join(", ", routes));
                }
                for (String receiver : gse.receivers()) {
                    done(Action.DELETE, "receiver " + receiver);
                }
            }
            if (rawData.isPresent()) {
                notes.add(
                        "the raw data %s and the stopped cleaning stay: the platform deletes neither"
                                .formatted(application.rawDataName()));
            }
            work.memory().forgetAll();
        }
    }
}
