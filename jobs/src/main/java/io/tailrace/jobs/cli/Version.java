package io.tailrace.jobs.cli;

import org.apache.flink.runtime.util.EnvironmentInformation;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {

    /** Flink's that this was built with, and runs with. */
    public static String ofFlink() {
        return EnvironmentInformation.getVersion();
    }

    @Override
    public String[] getVersion() {
        String version = Tailrace.class.getPackage().getImplementationVersion();
        return new String[] {
            "Tailrace %s (Flink %s, Java %s)"
                    .formatted(
                            version == null ? "unpackaged" : version, ofFlink(), Runtime.version())
        };
    }
}
