package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder {@code deploy}, and how its files are read. */
final class DeployFolder {

    static final Path PATH = Path.of("..", "deploy");

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeployFolder() {}

    /** All documents of a file in YAML or JSON, as JSON; a key twice is a mistake. */
    static List<JsonNode> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same of a text. */
    static List<JsonNode> documents(String yaml) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> all = new ArrayList<>();
        for (Object each : new Yaml(new SafeConstructor(strict)).loadAll(yaml)) {
            all.add(JSON.valueToTree(each));
        }
        return all;
    }

    /** The only document of a file. */
    static JsonNode document(Path file) {
        List<JsonNode> all = documents(file);
        if (all.size() != 1) {
            throw new IllegalStateException(file + " has not one document but " + all.size());
        }
        return all.get(0);
    }

    /** All files below a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Texts of a list; none where it is missing. */
    static List<String> texts(JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(each -> all.add(each.asText()));
        return all;
    }
}
