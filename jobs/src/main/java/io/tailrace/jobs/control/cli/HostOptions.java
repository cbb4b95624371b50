package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.control.gse.Host;
import io.tailrace.jobs.control.run.Hosts;
import io.tailrace.jobs.control.spec.ControlSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which hosts a command is about. */
final class HostOptions {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "A host in place of the spec's: IP, CLOUD:IP, or an agent's id. May be given several"
                            + " times.")
    private final List<String> hosts = new ArrayList<>();

    /** Those given, else those of the spec. */
    List<Host> of(ControlSpec spec) throws IOException {
        return hosts.isEmpty()
                ? Hosts.of(spec.agents())
                : hosts.stream().map(Host::of).distinct().toList();
    }

    /** What is missing of the spec, or of the command line; null where nothing is. */
    String complaint(ControlSpec spec) {
        if (spec.gse() == null) {
            return "The spec has no block gse, which says where GSE is";
        }
        return hosts.isEmpty() && spec.agents() == null
                ? "No hosts: name them with --host, or with agents in the spec"
                : null;
    }
}
