package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.List;

/**
 * Tells what a span is about, by the first rule whose attribute it has: an application's own rules,
 * then those of {@link CommonAttribute}, then {@code other}, which holds for every span. A rule's
 * place among them is its rank.
 */
public final class CategoryRules {

    private static final int ALWAYS = 1 << CommonAttribute.count();
    private static final String OTHER = "other";

    private final OwnRule[] own;

    /** Where a rule looks for its attribute. */
    private enum Place {
        SPAN,
        RESOURCE,
        ANYWHERE
    }

    private record OwnRule(
            String category, boolean component, AttributeText attribute, Place place) {

        static OwnRule of(CategoryRule rule) {
            String attribute = rule.attribute();
            Place place = Place.ANYWHERE;
            if (attribute.startsWith("attributes.")) {
                place = Place.SPAN;
            } else if (attribute.startsWith("resource.")) {
                place = Place.RESOURCE;
            }
            String key =
                    place == Place.ANYWHERE
                            ? attribute
                            : attribute.substring(attribute.indexOf('.') + 1);
            return new OwnRule(
                    rule.category(),
                    rule.kind() == CategoryRule.Kind.COMPONENT,
                    new AttributeText(key),
                    place);
        }

        boolean holds(Attributes resource, Attributes span) {
            return place != Place.RESOURCE && attribute.isIn(span)
                    || place != Place.SPAN && attribute.isIn(resource);
        }

        void appendValueTo(Utf8Builder out, Attributes resource, Attributes span) {
            int from = out.length();
            if (place != Place.RESOURCE) {
                attribute.appendTo(span, out);
            }
            if (place != Place.SPAN && out.length() == from) {
                attribute.appendTo(resource, out);
            }
        }
    }

    /**
     * @param rules tried before the common ones, in their order
     */
    public CategoryRules(List<CategoryRule> rules) {
        own = rules.stream().map(OwnRule::of).toArray(OwnRule[]::new);
    }

    /**
     * The rank of the rule that holds for a span.
     *
     * @param present the common attributes of the span
     */
    int rank(int present, Attributes resource, Attributes span) {
        for (int rank = 0; rank < own.length; rank++) {
            if (own[rank].holds(resource, span)) {
                return rank;
            }
        }
        return own.length + Integer.numberOfTrailingZeros(present | ALWAYS);
    }

    /** Writes the text of the rule's attribute, which may be empty. */
    void appendPredicateTo(Utf8Builder out, int rank, Attributes resource, Attributes span) {
        if (rank < own.length) {
            own[rank].appendValueTo(out, resource, span);
        } else if (rank < other()) {
            CommonAttribute.at(rank - own.length).appendTo(out, span);
        }
    }

    String category(int rank) {
        if (rank < own.length) {
            return own[rank].category();
        }
        return rank == other() ? OTHER : CommonAttribute.at(rank - own.length).category();
    }

    /** Whether the span is about a component that its service uses, not about the service. */
    boolean isComponent(int rank) {
        if (rank < own.length) {
            return own[rank].component();
        }
        return rank != other() && CommonAttribute.at(rank - own.length).isOfComponent();
    }

    /** The rank of the last rule. */
    int other() {
        return own.length + CommonAttribute.count();
    }
}
