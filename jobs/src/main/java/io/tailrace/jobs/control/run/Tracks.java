package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.flink.JobStep;
import io.tailrace.jobs.control.flow.WantedFlow;
import io.tailrace.jobs.control.gse.GseWork;
import io.tailrace.jobs.control.gse.ReceiversStep;
import io.tailrace.jobs.control.gse.RoutesStep;
import io.tailrace.jobs.control.gse.StaleReceiversStep;
import io.tailrace.jobs.control.spec.External;
import io.tailrace.jobs.control.spec.FlowSpec;
import io.tailrace.jobs.control.step.DataPath;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.control.step.Work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that is to be so for one application, in the order in which it is brought about. */
final class Tracks {

    private Tracks() {}

    static List<Track> of(Site site, Work work) throws IOException {
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track(false, true, List.of(DataPath.source(work))));
        List<Step> flows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FlowSpec flow : work.application().flows()) {
            if (flow.template().inPlatform()) {
                WantedFlow wanted = WantedFlow.of(work.application(), flow);
                names.add(wanted.name());
                flows.addAll(DataPath.flow(work, wanted, flow));
            } else if (flow.template() instanceof External external && external.job() != null) {
                JobStep job = new JobStep(work, site.flink(external.job()), external.job());
                tracks.add(new Track(false, true, List.of(job)));
            }
        }
        List<Step> path = new ArrayList<>(DataPath.cleaning(work));
        // First, for another flow may make the same tables.
        path.add(DataPath.formerFlows(work, names));
        path.addAll(flows);
        tracks.add(1, new Track(true, true, path));
        if (site.spec().gse() != null && (work.application().usesGse() || remembersGse(work))) {
            GseWork gse = new GseWork(work, site.gse(), site.events());
            tracks.add(
                    new Track(
                            true,
                            false,
                            List.of(
                                    new ReceiversStep(gse),
                                    new RoutesStep(gse),
                                    new StaleReceiversStep(gse))));
        }
        return tracks;
    }

    private static boolean remembersGse(Work work) {
        return !work.memory().get("receivers").isEmpty() || !work.memory().get("routes").isEmpty();
    }
}
