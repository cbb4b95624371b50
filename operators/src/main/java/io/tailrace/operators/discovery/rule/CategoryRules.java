package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.discovery.CategoryRule;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.List;
import java.util.stream.Stream;

/**
 * Tells what a span is about, by the first rule whose attribute it has: an application's own rules,
 * then the common ones, of which the last, {@code other}, holds for every span. A rule's place
 * among them is its rank.
 */
public final class CategoryRules {

    /** BlueKing's, in its order. */
    private static final List<Rule> COMMON =
            List.of(
                    common("db", "db.system", true),
                    common("messaging", "messaging.system", true),
                    common("async_backend", "messaging.destination", false),
                    common("rpc", "trpc.namespace", false),
                    common("rpc", "rpc.system", false),
                    common("http", "http.method", false),
                    new Rule("other", false, null, Place.ANYWHERE));

    private final Rule[] rules;

    /** Where a rule looks for its attribute. */
    private enum Place {
        SPAN,
        RESOURCE,
        ANYWHERE
    }

    /**
     * @param attribute null for every span
     */
    private record Rule(String category, boolean component, AttributeText attribute, Place place) {

        boolean holds(Attributes resource, Attributes span) {
            return attribute == null
                    || place != Place.RESOURCE && attribute.isIn(span)
                    || place != Place.SPAN && attribute.isIn(resource);
        }

        void appendValueTo(Utf8Builder out, Attributes resource, Attributes span) {
            if (attribute == null) {
                return;
            }
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
     * @param own tried before the common ones, in their order
     */
    public CategoryRules(List<CategoryRule> own) {
        rules =
                Stream.concat(own.stream().map(CategoryRules::rule), COMMON.stream())
                        .toArray(Rule[]::new);
    }

    private static Rule common(String category, String attribute, boolean component) {
        return new Rule(category, component, new AttributeText(attribute), Place.SPAN);
    }

    private static Rule rule(CategoryRule own) {
        String attribute = own.attribute();
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
        return new Rule(
                own.category(),
                own.kind() == CategoryRule.Kind.COMPONENT,
                new AttributeText(key),
                place);
    }

    /** The rank of the rule that holds for a span. */
    public int rank(Attributes resource, Attributes span) {
        int rank = 0;
        while (!rules[rank].holds(resource, span)) {
            rank++;
        }
        return rank;
    }

    /** Writes the text of the rule's attribute, which may be empty. */
    public void appendPredicateTo(Utf8Builder out, int rank, Attributes resource, Attributes span) {
        rules[rank].appendValueTo(out, resource, span);
    }

    public String category(int rank) {
        return rules[rank].category();
    }

    /** Whether the span is about a component that its service uses, not about the service. */
    public boolean isComponent(int rank) {
        return rules[rank].component();
    }

    /** The rank of the last rule. */
    public int other() {
        return rules.length - 1;
    }
}
