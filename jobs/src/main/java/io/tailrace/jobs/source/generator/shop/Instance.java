package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.resource.v1.Resource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static io.tailrace.jobs.source.generator.shop.Attribute.text;
import static io.tailrace.jobs.source.generator.shop.Attribute.texts;

/** One running process of a service, with an SDK of its own. */
public final class Instance {

    private static final Map<Service, Instance[]> BY_SERVICE = new EnumMap<>(Service.class);

    /** All instances; each is at its {@link #index()}. */
    public static final List<Instance> ALL = all();

    private final int index;
    private final Service service;
    private final Host host;
    private final Resource resource;

    private Instance(int index, Service service, int number) {
        this.index = index;
        this.service = service;
        this.host = Host.of(service, number);
        this.resource = resource(service, host, number);
    }

    private static List<Instance> all() {
        List<Instance> all = new ArrayList<>();
        for (Service service : Service.values()) {
            Instance[] instances = new Instance[service.instances()];
            for (int number = 0; number < instances.length; number++) {
                instances[number] = new Instance(all.size(), service, number);
                all.add(instances[number]);
            }
            BY_SERVICE.put(service, instances);
        }
        return List.copyOf(all);
    }

    /** The instance that a call to a service happens to reach. */
    static Instance of(Service service, Dice dice) {
        return dice.oneOf(BY_SERVICE.get(service));
    }

    public int index() {
        return index;
    }

    public Service service() {
        return service;
    }

    public Resource resource() {
        return resource;
    }

    Host host() {
        return host;
    }

    private static Resource resource(Service service, Host host, int number) {
        Language language = service.language();
        String name = service.serviceName();
        // A name as Kubernetes gives them, but for good, so that entities are the same in each run.
        long letters = Dice.of(0, Purpose.POD_NAMES + service.port(), number).next() >>> 1;
        String suffix = Long.toString(letters, 36).substring(0, 5);
        String pod = name + "-7c9d5b6f4-" + suffix;
        String identity =
                String.join(
                        ":",
                        language.sdkLanguage(),
                        name,
                        host.hostName(),
                        host.ip(),
                        Integer.toString(service.port()));
        Resource.Builder resource =
                Resource.newBuilder()
                        .addAttributes(text("service.name", name))
                        .addAttributes(text("service.namespace", "shop"))
                        .addAttributes(text("service.version", service.version()))
                        .addAttributes(
                                text(
                                        "service.instance.id",
                                        service.onKubernetes() ? pod : identity))
                        .addAttributes(text("bk.instance.id", identity))
                        .addAttributes(text("deployment.environment.name", "production"))
                        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
                        .addAttributes(text("telemetry.sdk.language", language.sdkLanguage()))
                        .addAttributes(text("telemetry.sdk.version", language.sdkVersion()))
                        .addAttributes(text("host.name", host.hostName()))
                        .addAttributes(texts("host.ip", host.ip()))
                        .addAttributes(text("net.host.ip", host.ip()));
        if (service.onKubernetes()) {
            resource.addAttributes(text("k8s.bcs.cluster.id", "BCS-K8S-00001"))
                    .addAttributes(text("k8s.namespace.name", "shop"))
                    .addAttributes(text("k8s.deployment.name", name))
                    .addAttributes(text("k8s.pod.name", pod))
                    .addAttributes(text("k8s.node.name", host.hostName()));
        }
        return resource.build();
    }
}
