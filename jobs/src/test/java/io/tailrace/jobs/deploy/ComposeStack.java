package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.pipeline.PipelineSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code deploy/compose} starts, with the variables of its own {@code .env}. */
record ComposeStack(JsonNode document) {

    static final Path FOLDER = DeployFolder.PATH.resolve("compose");

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)}");

    static ComposeStack read() throws IOException {
        Map<String, String> environment = environment();
        String text =
                VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")))
                        .replaceAll(
                                variable -> {
                                    String value = environment.get(variable.group(1));
                                    assertThat(value).as(variable.group()).isNotEmpty();
                                    return value;
                                });
        return new ComposeStack(DeployFolder.documents(text).get(0));
    }

    private static Map<String, String> environment() throws IOException {
        Properties lines = new Properties();
        try (var file = Files.newBufferedReader(FOLDER.resolve(".env"))) {
            lines.load(file);
        }
        Map<String, String> all = new HashMap<>();
        lines.forEach((name, value) -> all.put(name.toString(), value.toString()));
        return all;
    }

    JsonNode services() {
        return document.get("services");
    }

    JsonNode service(String name) {
        return services().path(name);
    }

    Map<String, String> environmentOf(String service) {
        return DeployedJob.texts(service(service).path("environment"));
    }

    /** The job's, as the JobManager reads it. */
    PipelineSpec spec() throws IOException {
        String text = Files.readString(FOLDER.resolve("pipeline.yaml"));
        return (PipelineSpec) ShippedSpec.good("pipeline.yaml", text, environmentOf("jobmanager"));
    }
}
