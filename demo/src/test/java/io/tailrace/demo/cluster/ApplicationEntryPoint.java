package io.tailrace.demo.cluster;

import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.DefaultPackagedProgramRetriever;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;

import java.io.File;
import java.util.Arrays;

/**
 * A JobManager in application mode. Flink's own entry for it, {@code
 * StandaloneApplicationClusterEntryPoint}, is only in its distribution; this is as much of it as a
 * test needs.
 */
@SuppressWarnings("try") // Of Flink's own close; nobody closes it here.
public final class ApplicationEntryPoint extends ApplicationClusterEntryPoint {

    private ApplicationEntryPoint(Configuration configuration, PackagedProgram program) {
        super(configuration, program, StandaloneResourceManagerFactory.getInstance());
    }

    /**
     * @param arguments the folder of the configuration, the folder {@code usrlib}, the main class,
     *     its arguments
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = GlobalConfiguration.loadConfiguration(arguments[0]);
        PackagedProgram program =
                DefaultPackagedProgramRetriever.create(
                                new File(arguments[1]),
                                arguments[2],
                                Arrays.copyOfRange(arguments, 3, arguments.length),
                                configuration)
                        .getPackagedProgram();
        configureExecution(configuration, program);
        ClusterEntrypoint.runClusterEntrypoint(new ApplicationEntryPoint(configuration, program));
    }
}
