package io.tailrace.bench.workload;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;

import java.util.Random;
import java.util.UUID;

import static io.tailrace.bench.workload.Attributes.text;

/**
 * A running process of a service, described as OpenTelemetry's SDKs and a Collector on Kubernetes
 * describe it.
 *
 * @param service its name
 * @param address where others reach it
 * @param resource what its spans come under
 */
record Instance(String service, String address, Resource resource) {

    private static final String[] LANGUAGES = {"java", "go", "nodejs", "python"};

    /** Every fourth service is written in one language. */
    static Instance of(int service, String name, int replica) {
        Random random = new Random(31L * service + replica);
        String language = LANGUAGES[service % LANGUAGES.length];
        String set = Integer.toHexString(0x5a00_0000 + 7919 * service);
        String pod = "%s-%s-%s".formatted(name, set, letters(random));
        String address = "10.%d.%d.%d".formatted(32 + service, replica, 10 + random.nextInt(200));
        Resource resource =
                Resource.newBuilder()
                        .addAttributes(text("service.name", name))
                        .addAttributes(text("service.namespace", "shop"))
                        .addAttributes(text("service.version", "2.%d.1".formatted(service)))
                        .addAttributes(
                                text(
                                        "service.instance.id",
                                        new UUID(random.nextLong(), random.nextLong()).toString()))
                        .addAttributes(text("deployment.environment.name", "production"))
                        .addAttributes(text("k8s.namespace.name", "shop"))
                        .addAttributes(text("k8s.pod.name", pod))
                        .addAttributes(
                                text("k8s.node.name", "node-" + (service + replica) % 6 + ".local"))
                        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
                        .addAttributes(text("telemetry.sdk.language", language))
                        .addAttributes(text("telemetry.sdk.version", "1.4%d.0".formatted(service)))
                        .build();
        return new Instance(name, address, resource);
    }

    private static String letters(Random random) {
        return Integer.toString(1_700_000 + random.nextInt(50_000_000), 36).substring(0, 5);
    }

    /** An instrumentation of its language. */
    static InstrumentationScope scope(String library) {
        return InstrumentationScope.newBuilder()
                .setName("io.opentelemetry." + library)
                .setVersion("2.19.0-alpha")
                .build();
    }
}
