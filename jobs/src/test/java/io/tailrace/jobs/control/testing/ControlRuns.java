package io.tailrace.jobs.control.testing;

import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.control.run.Applying;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Planning;
import io.tailrace.jobs.control.run.Site;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.state.ControlState;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Transport;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs control against a stand-in, in time that passes only when it is waited for. */
public final class ControlRuns {

    private static final Path CONFIG = Path.of("..", "config", "control.yaml");

    /** One for all, as a client takes its time to be made. */
    public static final Transport HTTP = Transport.http(Duration.ofSeconds(5));

    private final Time time;
    private final Path folder;
    private final List<String> sets =
            new ArrayList<>(
                    List.of(
                            "http.min_backoff=1ms",
                            "http.max_backoff=2ms",
                            "http.requests_per_second=100000"));
    private final Map<String, String> environment;
    private Path spec = CONFIG;
    private Transport transport = HTTP;

    /**
     * @param folder where the state is kept
     */
    public ControlRuns(StandIn standIn, Time time, Path folder) {
        this.time = time;
        this.folder = folder;
        this.environment = new HashMap<>(standIn.environment(state().toString()));
    }

    public Path state() {
        return folder.resolve("state.json");
    }

    /** In place of that of {@code config}. */
    public ControlRuns with(String yaml) throws IOException {
        spec = Files.writeString(folder.resolve("control.yaml"), yaml);
        return this;
    }

    public ControlRuns set(String change) {
        sets.add(change);
        return this;
    }

    public ControlRuns environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ControlRuns transport(Transport other) {
        transport = other;
        return this;
    }

    public ControlSpec spec() {
        SpecResult<ControlSpec> result = SpecReader.read(spec, JobSpecs.CONTROL, sets, environment);
        assertThat(result.problems()).isEmpty();
        return result.value();
    }

    /** Does something with the site. */
    @FunctionalInterface
    public interface Use<T> {
        T with(Site site) throws IOException, InterruptedException;
    }

    public <T> T on(boolean writing, Use<T> use) throws IOException, InterruptedException {
        ControlSpec read = spec();
        try (ControlState state =
                writing ? ControlState.toWrite(read, time) : ControlState.toRead(read, time)) {
            return use.with(new Site(read, state, time, transport, (what, since) -> {}));
        }
    }

    public List<Outcome> apply() throws IOException, InterruptedException {
        return on(
                true,
                site ->
                        new Applying(site, (application, change) -> {})
                                .run(site.spec().applications()));
    }

    /** That is to succeed. */
    public List<Outcome> applied() throws IOException, InterruptedException {
        List<Outcome> outcomes = apply();
        assertThat(outcomes.stream().flatMap(each -> each.failures().stream())).isEmpty();
        return outcomes;
    }

    public List<Outcome> plan() throws IOException, InterruptedException {
        return on(false, site -> new Planning(site).run(site.spec().applications()));
    }
}
