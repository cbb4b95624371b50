package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resources that kustomize makes of an overlay. */
record RenderedOverlay(List<JsonNode> resources) {

    /** Of what comes from secrets. */
    private static final String ANY = "any";

    /** Each is rendered once, for that takes a second. */
    private static final Map<String, RenderedOverlay> RENDERED = new HashMap<>();

    static synchronized RenderedOverlay rendered(String name) throws Exception {
        if (!RENDERED.containsKey(name)) {
            Path folder = KubernetesFilesTest.FOLDER.resolve("overlays").resolve(name);
            String rendered = Tool.named(Tool.KUBECTL).run("kustomize", folder.toString());
            RENDERED.put(name, new RenderedOverlay(DeployFolder.documents(rendered)));
        }
        return RENDERED.get(name);
    }

    List<JsonNode> of(String kind) {
        return resources.stream()
                .filter(resource -> resource.get("kind").asText().equals(kind))
                .toList();
    }

    Set<String> configMapNames() {
        return of("ConfigMap").stream()
                .map(each -> each.at("/metadata/name").asText())
                .collect(Collectors.toSet());
    }

    /** Those that the pods of a resource name. */
    static Set<String> configMapsOf(JsonNode resource) {
        return Stream.of("configMap", "configMapRef")
                .flatMap(key -> resource.findValues(key).stream())
                .map(each -> each.get("name").asText())
                .collect(Collectors.toSet());
    }

    private JsonNode configMap(String name) {
        return of("ConfigMap").stream()
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a container's processes find in their environment. */
    Map<String, String> environment(JsonNode container) {
        Map<String, String> all = new HashMap<>();
        for (JsonNode from : container.path("envFrom")) {
            configMap(from.at("/configMapRef/name").asText())
                    .get("data")
                    .properties()
                    .forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        }
        for (JsonNode variable : container.path("env")) {
            all.put(variable.get("name").asText(), ANY);
        }
        return all;
    }

    /** A file that a pod's container has from a ConfigMap. */
    String mounted(JsonNode pod, JsonNode container, String path) {
        for (JsonNode mount : container.get("volumeMounts")) {
            String folder = mount.get("mountPath").asText() + "/";
            if (path.startsWith(folder)) {
                JsonNode volume = named(pod.get("volumes"), mount.get("name").asText());
                return configMap(volume.at("/configMap/name").asText())
                        .get("data")
                        .get(path.substring(folder.length()))
                        .asText();
            }
        }
        throw new AssertionError(path + " is not mounted");
    }

    static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("No " + name + " in " + list);
    }
}
