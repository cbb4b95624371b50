package io.tailrace.jobs.control.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.control.gse.Agents;
import io.tailrace.jobs.control.gse.Gse;
import io.tailrace.jobs.control.platform.DataPlatform;
import io.tailrace.jobs.control.report.Events;
import io.tailrace.jobs.control.report.Reporter;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.spec.CredentialSettings;
import io.tailrace.jobs.control.spec.FlinkJobSettings;
import io.tailrace.jobs.control.state.ControlState;
import io.tailrace.jobs.control.state.Fingerprints;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.Deadline;
import io.tailrace.jobs.http.Pace;
import io.tailrace.jobs.http.Secrets;
import io.tailrace.jobs.http.Service;
import io.tailrace.jobs.http.ServiceClient;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Transport;
import io.tailrace.jobs.http.Waiting;

import java.util.Map;

/** The services of one spec, as one command calls them. */
public final class Site {

    private final ControlSpec spec;
    private final ControlState state;
    private final Time time;
    private final Transport transport;
    private final Pace pace;
    private final Deadline deadline;
    private final Secrets secrets;
    private final Waiting waiting;
    private final DataPlatform platform;

    public Site(
            ControlSpec spec,
            ControlState state,
            Time time,
            Transport transport,
            Waiting.Progress progress) {
        this.spec = spec;
        this.state = state;
        this.time = time;
        this.transport = transport;
        this.pace = new Pace(spec.http().requestsPerSecond());
        this.deadline = new Deadline(time, spec.platform().deadline());
        this.secrets = SpecSecrets.of(spec);
        this.waiting = new Waiting(time, deadline, spec.platform().pollInterval(), progress);
        this.platform =
                new DataPlatform(
                        client("The data platform", "platform.url", spec.platform().url(), true),
                        spec.platform());
    }

    public ControlSpec spec() {
        return spec;
    }

    public ControlState state() {
        return state;
    }

    public Time time() {
        return time;
    }

    public Secrets secrets() {
        return secrets;
    }

    Waiting waiting() {
        return waiting;
    }

    DataPlatform platform() {
        return platform;
    }

    private ServiceClient client(String name, String setting, String url, boolean ours) {
        Map<String, String> headers =
                ours ? Map.of("X-Bkapi-Authorization", authorization()) : Map.of();
        return new ServiceClient(
                new Service(name, setting, url, headers, "app_code, app_secret and username"),
                spec.http(),
                transport,
                pace,
                deadline,
                secrets);
    }

    private String authorization() {
        CredentialSettings credentials = spec.credentials();
        return JsonNodeFactory.instance
                .objectNode()
                .put("bk_app_code", credentials.appCode())
                .put("bk_app_secret", credentials.appSecret())
                .put("bk_username", credentials.username())
                .toString();
    }

    Gse gse() {
        return new Gse(
                client("GSE", "gse.url", spec.gse().url(), true),
                spec.gse(),
                spec.credentials().username());
    }

    public Agents agents() {
        return new Agents(gse());
    }

    FlinkCluster flink(FlinkJobSettings job) {
        return new FlinkCluster(client("Flink", "flows[].external.job.url", job.url(), false));
    }

    /** Where events are sent; nowhere where the spec names no place. */
    public Events events() {
        return reporter() == null ? (name, content, dimensions) -> {} : reporter();
    }

    /** Null where the spec names no place. */
    public Reporter reporter() {
        return spec.reporting() == null
                ? null
                : new Reporter(
                        client("The push endpoint", "reporting.url", spec.reporting().url(), false),
                        spec.reporting().metrics() == null
                                ? null
                                : client(
                                        "The monitoring",
                                        "reporting.metrics.url",
                                        spec.reporting().metrics().url(),
                                        true),
                        spec.reporting(),
                        time);
    }

    Work work(ApplicationSpec application) {
        return new Work(
                spec,
                application,
                platform,
                state.application(application.key()),
                new Fingerprints(secrets, state.salt()),
                waiting);
    }
}
