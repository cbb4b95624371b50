package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ServiceAccount;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a resource of Kubernetes: by the schema that Flink's operator publishes, by
 * the types of Kubernetes' own client, or, of what is published nowhere as a package, by a schema
 * of ours. A field that nobody knows is wrong too, which Kubernetes would only drop.
 */
final class PublishedSchemas {

    private static final String FLINK_DEPLOYMENT =
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    /** The operator that its schema is of knows no Flink 2; those that do differ by this only. */
    private static final List<String> NEWER_VERSIONS = List.of("v2_0", "v2_1", "v2_2");

    private static final Map<String, Class<?>> KUBERNETES =
            Map.of(
                    "v1/ServiceAccount", V1ServiceAccount.class,
                    "v1/ConfigMap", V1ConfigMap.class,
                    "rbac.authorization.k8s.io/v1/Role", V1Role.class,
                    "rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding.class,
                    "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
                    "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class,
                    "batch/v1/Job", V1Job.class);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, Schema> SCHEMAS =
            Map.of(
                    "flink.apache.org/v1beta1/FlinkDeployment", flinkDeployment(),
                    "monitoring.coreos.com/v1/PodMonitor", own("pod-monitor"),
                    "monitoring.coreos.com/v1/PrometheusRule", own("prometheus-rule"),
                    "kustomize.config.k8s.io/v1beta1/Kustomization", own("kustomization"),
                    "kustomize.config.k8s.io/v1alpha1/Component", own("kustomization"));

    private PublishedSchemas() {}

    static List<String> problems(JsonNode resource) {
        String kind = resource.path("apiVersion").asText() + "/" + resource.path("kind").asText();
        if (SCHEMAS.containsKey(kind)) {
            return SCHEMAS.get(kind).validate(resource.toString(), InputFormat.JSON).stream()
                    .map(Error::toString)
                    .toList();
        }
        Class<?> type = KUBERNETES.get(kind);
        return type == null ? List.of("No schema of " + kind) : differences(resource, type);
    }

    /** What Kubernetes' own type does not take, or takes for something else. */
    private static List<String> differences(JsonNode resource, Class<?> type) {
        try {
            JsonElement written = JsonParser.parseString(resource.toString());
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, written);
            JsonNode taken =
                    MAPPER.readTree(JSON.serialize(JSON.deserialize(resource.toString(), type)));
            List<String> all = new ArrayList<>();
            addDifferences("", resource, taken, all);
            return all;
        } catch (ReflectiveOperationException | IOException refused) {
            return List.of(String.valueOf(refused.getCause()));
        }
    }

    private static void addDifferences(
            String path, JsonNode written, JsonNode taken, List<String> all) {
        if (taken.isMissingNode()) {
            all.add(path + " is not known");
        } else if (written.isObject()) {
            written.properties()
                    .forEach(
                            each ->
                                    addDifferences(
                                            path + "/" + each.getKey(),
                                            each.getValue(),
                                            taken.path(each.getKey()),
                                            all));
        } else if (written.isArray()) {
            for (int i = 0; i < written.size(); i++) {
                addDifferences(path + "/" + i, written.get(i), taken.path(i), all);
            }
        } else if (!written.equals(taken)) {
            all.add("%s is %s, but is taken as %s".formatted(path, written, taken));
        }
    }

    private static Schema own(String name) {
        return schema(text("/deploy/" + name + ".schema.json"));
    }

    private static Schema flinkDeployment() {
        JsonNode definition = DeployFolder.documents(text(FLINK_DEPLOYMENT)).get(0);
        ObjectNode schema = (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema");
        ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum"))
                .addAll(NEWER_VERSIONS.stream().map(MAPPER.getNodeFactory()::textNode).toList());
        // Of these two every resource has its own.
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
        properties.putObject("kind").put("const", "FlinkDeployment");
        properties.putObject("metadata").put("type", "object");
        close(schema);
        return schema(schema.toString());
    }

    /** Has objects take the properties alone that are named. */
    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(PublishedSchemas::close);
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    private static String text(String resource) {
        try (InputStream in = PublishedSchemas.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
