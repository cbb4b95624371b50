package io.tailrace.jobs.control.spec;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobName;
import io.tailrace.jobs.Spec;
import io.tailrace.jobs.http.HttpSettings;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spec of what is to be registered with a data platform and with GSE. */
@Meaning("Applications that are registered with BlueKing's data platform and GSE")
public record ControlSpec(
        @Setting(value = "What kind of spec it is", check = ControlSpec.KindCheck.class)
                JobKind kind,
        @Setting(
                        value = "The spec's name, by which its state is found in a database",
                        check = JobName.class)
                String name,
        @Setting("Who calls the platform") CredentialSettings credentials,
        @Setting("The data platform") PlatformSettings platform,
        @Setting(
                        value = "GSE, which receivers and routes are registered with",
                        optional = true,
                        otherwise = "no receivers and routes, and no agents")
                GseSettings gse,
        @Setting(value = "How both are called", defaultsTo = "{}") HttpSettings http,
        @Setting(value = "Where what was done is remembered", defaultsTo = "{file: {}}")
                StateSettings state,
        @Setting(value = "The applications", least = 1, most = 10_000)
                List<ApplicationSpec> applications,
        @Setting(
                        value = "Which agents are asked about",
                        optional = true,
                        otherwise = "those that the command line names")
                AgentsSettings agents,
        @Setting(
                        value = "Where events and metrics of this program are sent",
                        optional = true,
                        otherwise = "nowhere")
                ReportingSettings reporting)
        implements Spec, Checked {

    /** A spec of another kind is not read as this one. */
    public static final class KindCheck extends JobKind.Only {
        public KindCheck() {
            super(JobKind.CONTROL);
        }
    }

    @Override
    public void check(Problems problems) {
        Map<String, String> names = new HashMap<>();
        Set<String> receivers = new HashSet<>();
        for (int i = 0; i < applications.size(); i++) {
            ApplicationSpec application = applications.get(i);
            String path = "applications[%d]".formatted(i);
            distinct(names, "application " + application.key(), path + ".name", problems);
            distinct(
                    names,
                    "raw data " + application.bizId() + ' ' + application.rawDataName(),
                    path + ".source",
                    problems);
            distinct(
                    names,
                    "result table " + application.resultTableId(),
                    path + ".cleaning",
                    problems);
            for (int j = 0; j < application.flows().size(); j++) {
                FlowSpec flow = application.flows().get(j);
                if (flow.template().inPlatform()) {
                    String name = flow.name(application);
                    distinct(names, "flow " + name, path + ".flows[%d]".formatted(j), problems);
                }
            }
            for (int j = 0; j < application.receivers().size(); j++) {
                if (!receivers.add(application.receivers().get(j).name())) {
                    problems.expected(
                            path + ".receivers[%d].name".formatted(j),
                            "a name that no other receiver has");
                }
            }
            if (gse == null && application.usesGse()) {
                problems.expected(path, "no receivers and routes, or a block gse beside");
            }
        }
    }

    private static void distinct(
            Map<String, String> names, String name, String path, Problems problems) {
        String other = names.putIfAbsent(name, path);
        if (other != null) {
            problems.expected(path, "another name than the one at " + other + ": " + name);
        }
    }

    @Override
    public String toString() {
        return "ControlSpec[" + name + "]";
    }
}
