package io.tailrace.operators.discovery;

import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The block {@code discovery} of a spec: what is found in spans, and for how long it stays.
 *
 * @param topoNodeTtl as {@link #ttl} where it is null
 */
public record DiscoverySettings(
        @Setting(
                        value = "What was not seen for so long goes from the inventory",
                        defaultsTo = "7d",
                        least = 1000)
                Duration ttl,
        @Setting(
                        value = "The same of topology nodes",
                        optional = true,
                        otherwise = "as ttl",
                        least = 1000)
                Duration topoNodeTtl,
        @Setting(
                        value =
                                "What is seen all the time is written this often, and so late may the"
                                        + " inventory be; at most half of the least ttl",
                        defaultsTo = "5m",
                        least = 100)
                Duration refresh,
        @Setting(
                        value =
                                "How many things of one kind an application may have; the one that was"
                                        + " not seen for longest goes",
                        defaultsTo = "100000",
                        least = 1)
                int maxEntities,
        @Setting(
                        value =
                                "How many endpoint names a service may have; others become"
                                        + " __overflow__",
                        defaultsTo = "10000",
                        least = 1)
                int maxEndpoints,
        @Setting(
                        value =
                                "Two spans are joined if the second arrives at most this long after the"
                                        + " first; a trace's root endpoint is settled then",
                        defaultsTo = "30s",
                        least = 0)
                Duration pairingWait,
        @Setting(
                        value =
                                "How many spans of a trace may wait for those that they are joined with;"
                                        + " one more is not joined",
                        defaultsTo = "10000",
                        least = 1)
                int maxWaitingSpans,
        @Setting(
                        value =
                                "So many bytes of a slot's memory hold spans that wait; above that the"
                                        + " oldest are in state alone",
                        defaultsTo = "512MiB",
                        least = 1 << 20)
                ByteSize residentBudget,
        @Setting(
                        value =
                                "Rules for span.name, one applied after the other, by which ids and"
                                        + " numbers in endpoint names become placeholders",
                        optional = true)
                List<TemplateRule> templates,
        @Setting(
                        value = "Longer texts are cut to so many bytes, in UTF-8",
                        defaultsTo = "1024",
                        least = 16,
                        most = 65536)
                int maxValueBytes,
        @Setting(
                        value =
                                "What is known where spans are read, and where they are joined, takes so"
                                        + " many bytes each of a slot's memory; when it is more, it is"
                                        + " handed on and forgotten",
                        defaultsTo = "128MiB",
                        least = 1 << 20)
                ByteSize localBudget,
        @Setting(
                        value =
                                "Rules that say what a span is about, before the common ones: of all the"
                                        + " first holds whose attribute the span has",
                        optional = true,
                        most = 100)
                List<CategoryRule> categoryRules)
        implements Checked, Serializable {

    @Override
    public Duration topoNodeTtl() {
        return topoNodeTtl == null ? ttl : topoNodeTtl;
    }

    /** After which time without a sighting a thing goes. */
    public Duration ttlOf(Entity entity) {
        return entity == Entity.TOPO_NODE ? topoNodeTtl() : ttl;
    }

    @Override
    public void check(Problems problems) {
        Duration least = topoNodeTtl().compareTo(ttl) < 0 ? topoNodeTtl() : ttl;
        if (refresh.multipliedBy(2).compareTo(least) > 0) {
            problems.expected(
                    "refresh",
                    "at most half of the least ttl, that is %dms".formatted(least.toMillis() / 2));
        }
        if (least.minus(refresh).compareTo(pairingWait) < 0) {
            problems.expected(
                    "pairing_wait",
                    "at most the least ttl without refresh, that is %dms"
                            .formatted(least.minus(refresh).toMillis()));
        }
        for (int i = 0; i < templates.size(); i++) {
            if (!templates.get(i).attributes().contains(TemplateRule.SPAN_NAME)) {
                problems.expected(
                        "templates[%d].attributes".formatted(i),
                        TemplateRule.SPAN_NAME + ", of which endpoints have their names");
            }
        }
    }
}
