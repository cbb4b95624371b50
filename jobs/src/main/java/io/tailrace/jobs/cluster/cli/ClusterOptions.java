package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.cluster.FlinkCluster;
import io.tailrace.jobs.http.Deadline;
import io.tailrace.jobs.http.HttpSettings;
import io.tailrace.jobs.http.Pace;
import io.tailrace.jobs.http.Secrets;
import io.tailrace.jobs.http.Service;
import io.tailrace.jobs.http.ServiceClient;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.http.Transport;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** Which cluster a command is about. */
final class ClusterOptions {

    /** For a person who waits: a cluster that is down is soon said to be. */
    private static final HttpSettings HTTP =
            new HttpSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    3,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(2),
                    1000);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String CREDENTIALS = "those of TAILRACE_JOBMANAGER_AUTHORIZATION";

    @Option(
            names = "--jobmanager",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:TAILRACE_JOBMANAGER}",
            description =
                    "The JobManager's REST API: HOST, HOST:PORT (8081 unless given), or a whole"
                            + " http or https address. Also by the variable TAILRACE_JOBMANAGER.")
    private String jobManager;

    @Option(
            names = "--authorization",
            paramLabel = "VALUE",
            defaultValue = "${env:TAILRACE_JOBMANAGER_AUTHORIZATION}",
            description =
                    "Sent as the header Authorization to a proxy before the cluster, such as"
                            + " \"Bearer TOKEN\". Better by the variable"
                            + " TAILRACE_JOBMANAGER_AUTHORIZATION, which other users cannot see.")
    private String authorization;

    @Option(names = "--json", description = "Prints JSON, for machines.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** What must not be printed. */
    Secrets secrets() {
        return new Secrets(
                authorization == null
                        ? Stream.empty()
                        : Stream.of(
                                authorization,
                                authorization.substring(authorization.indexOf(' ') + 1)));
    }

    /** As {@code --jobmanager} is to be given again. */
    String jobManager() {
        return jobManager;
    }

    /**
     * @throws IllegalArgumentException in words, where the address is none
     */
    FlinkCluster cluster() {
        Map<String, String> headers =
                authorization == null ? Map.of() : Map.of("Authorization", authorization);
        return new FlinkCluster(
                new ServiceClient(
                        new Service(
                                "Flink",
                                "--jobmanager",
                                JobManagerAddress.url(jobManager),
                                headers,
                                CREDENTIALS),
                        HTTP,
                        Transport.http(HTTP.connectTimeout()),
                        new Pace(HTTP.requestsPerSecond()),
                        new Deadline(Time.SYSTEM, LONGEST),
                        secrets()));
    }
}
