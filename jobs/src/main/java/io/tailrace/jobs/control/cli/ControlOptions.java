package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.SpecOptions;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** What all commands of control have. */
final class ControlOptions {

    @Mixin private SpecOptions spec;

    @Option(names = "--json", description = "Prints JSON, for machines.")
    private boolean json;

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description =
                    "Only this application, by its name or as BIZ/NAME. May be given several times.")
    private final List<String> names = new ArrayList<>();

    SpecOptions spec() {
        return spec;
    }

    boolean json() {
        return json;
    }

    /**
     * The applications that are meant.
     *
     * @throws IllegalArgumentException in words, where the spec has none of a name
     */
    List<ApplicationSpec> applications(ControlSpec spec) {
        for (String name : names) {
            if (spec.applications().stream().noneMatch(each -> is(each, name))) {
                throw new IllegalArgumentException(
                        "There is no application \"%s\"; the spec has: %s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                spec.applications().stream()
                                                        .map(ApplicationSpec::name)
                                                        .toList())));
            }
        }
        return spec.applications().stream()
                .filter(each -> names.isEmpty() || names.stream().anyMatch(name -> is(each, name)))
                .toList();
    }

    private static boolean is(ApplicationSpec application, String name) {
        return application.name().equals(name) || application.key().equals(name);
    }
}
