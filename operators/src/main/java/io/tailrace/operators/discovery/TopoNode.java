package io.tailrace.operators.discovery;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A service, a component that a service uses, or a remote service.
 *
 * @param key a service's name; of a component {@code <service>-<its system>}, of a remote service
 *     {@code <category>:<peer.service>}
 * @param rank the place of the rule that gave kind, category and predicate value: of several the
 *     least holds; {@link #NO_RANK} where no rule did
 * @param predicateValue of the attribute that the rule asks for; may be empty
 * @param language of the SDK, the first by alphabet of several; may be empty
 * @param systems such as grpc, sorted; the first {@value #MOST_LISTED} of more
 * @param platform k8s, node or empty; of both k8s
 * @param sdks sorted; the first {@value #MOST_LISTED} of more
 */
public record TopoNode(
        String key,
        int rank,
        NodeKind kind,
        String category,
        String predicateValue,
        String language,
        List<String> systems,
        String platform,
        List<Sdk> sdks)
        implements Item {

    public static final int NO_RANK = Integer.MAX_VALUE;

    /** What clients write there may have no end. */
    public static final int MOST_LISTED = 16;

    @Override
    public Entity entity() {
        return Entity.TOPO_NODE;
    }

    /** The key alone. */
    @Override
    public TopoNode identity() {
        return new TopoNode(key, NO_RANK, NodeKind.SERVICE, "", "", "", List.of(), "", List.of());
    }

    @Override
    public TopoNode merge(Item item) {
        TopoNode other = (TopoNode) item;
        TopoNode told = isToldBefore(other) ? this : other;
        return new TopoNode(
                key,
                told.rank,
                told.kind,
                told.category,
                told.predicateValue,
                firstNotEmpty(language, other.language),
                union(systems, other.systems),
                // "k8s" is before "node" in the alphabet, too.
                firstNotEmpty(platform, other.platform),
                union(sdks, other.sdks));
    }

    private boolean isToldBefore(TopoNode other) {
        int order = Integer.compare(rank, other.rank);
        order = order != 0 ? order : kind.compareTo(other.kind);
        order = order != 0 ? order : category.compareTo(other.category);
        return order != 0 ? order < 0 : predicateValue.compareTo(other.predicateValue) <= 0;
    }

    private static String firstNotEmpty(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The first of all, so that the order in which they come makes no difference. */
    private static <T extends Comparable<T>> List<T> union(List<T> one, List<T> other) {
        return Objects.equals(one, other)
                ? one
                : Stream.concat(one.stream(), other.stream())
                        .distinct()
                        .sorted()
                        .limit(MOST_LISTED)
                        .toList();
    }
}
