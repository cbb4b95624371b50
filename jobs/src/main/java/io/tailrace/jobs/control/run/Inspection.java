package io.tailrace.jobs.control.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.platform.FlowStatus;
import io.tailrace.jobs.control.platform.Flows;
import io.tailrace.jobs.control.report.Reporter;
import io.tailrace.jobs.control.report.Reporter.Metric;
import io.tailrace.jobs.control.run.ApplicationState.StepState;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how applications are doing, and reports flows that have left running. */
public final class Inspection {

    private static final int LOG_LINES = 5;

    private final Site site;

    public Inspection(Site site) {
        this.site = site;
    }

    public List<ApplicationState> run(List<ApplicationSpec> applications)
            throws IOException, InterruptedException {
        List<ApplicationState> states = new ArrayList<>();
        List<Metric> metrics = new ArrayList<>();
        for (ApplicationSpec application : applications) {
            Work work = site.work(application);
            List<StepState> steps = steps(work);
            states.add(
                    new ApplicationState(
                            application.key(),
                            work.memory().status(),
                            work.memory().isPaused(),
                            steps,
                            log(work.memory().get("log"))));
            metrics.add(
                    new Metric(
                            "as_specified",
                            steps.stream().allMatch(StepState::isAsWanted) ? 1 : 0,
                            Map.of("application", application.key())));
            watchFlows(work, metrics);
        }
        Reporter reporter = site.reporter();
        if (reporter != null) {
            reporter.measure(metrics);
        }
        return states;
    }

    private List<StepState> steps(Work work) throws IOException, InterruptedException {
        List<StepState> steps = new ArrayList<>();
        for (Track track : Tracks.of(site, work)) {
            if (track.needsSource() && work.rawDataId() == null) {
                continue;
            }
            for (Step step : track.steps()) {
                try {
                    List<Change> changes = step.look();
                    long differences =
                            changes.stream().filter(each -> !each.isConsequence()).count();
                    steps.add(new StepState(step.name(), step.state(), differences, ""));
                } catch (CallException failure) {
                    steps.add(new StepState(step.name(), "", 0, failure.getMessage()));
                    break;
                }
            }
        }
        return steps;
    }

    private static List<String> log(JsonNode lines) {
        List<String> latest = new ArrayList<>();
        for (int i = Math.max(0, lines.size() - LOG_LINES); i < lines.size(); i++) {
            latest.add(
                    lines.path(i).path("time").asText()
                            + ' '
                            + lines.path(i).path("text").asText());
        }
        return latest;
    }

    /** Compares with what each flow was last seen doing. */
    private void watchFlows(Work work, List<Metric> metrics)
            throws IOException, InterruptedException {
        JsonNode flows = work.memory().get("flows");
        List<String> names = new ArrayList<>();
        flows.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String seen = flows.path(name).path("seen").asText();
            Optional<Flow> flow =
                    new Flows(work.platform()).named(work.application().projectId(), name);
            String now = flow.map(Flow::said).orElse("gone");
            boolean runs = flow.isPresent() && flow.get().status() == FlowStatus.RUNNING;
            metrics.add(
                    new Metric(
                            "flow_running",
                            runs ? 1 : 0,
                            Map.of("application", work.application().key(), "flow", name)));
            if (FlowStatus.of(seen) == FlowStatus.RUNNING && !runs && !work.memory().isPaused()) {
                String words = "the flow %s has left running; it is %s".formatted(name, now);
                work.memory().log(words);
                site.events()
                        .raise(
                                "tailrace_flow_left_running",
                                words,
                                Map.of(
                                        "application",
                                        work.application().key(),
                                        "flow",
                                        name,
                                        "status",
                                        now));
            }
            if (!now.equals(seen)) {
                work.memory().put(now, "flows", name, "seen");
            }
        }
    }
}
