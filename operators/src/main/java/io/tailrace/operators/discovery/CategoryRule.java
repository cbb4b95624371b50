package io.tailrace.operators.discovery;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** A rule of an application's own that says what spans with an attribute are about. */
public record CategoryRule(
        @Setting("What spans with the attribute are of, such as cache") String category,
        @Setting(
                        "The attribute, under its old or its new name: of the span or else of the"
                                + " resource, or with attributes. or resource. before it of one"
                                + " alone")
                String attribute,
        @Setting(
                        value =
                                "What such spans show: the service itself, or a component that it uses,"
                                        + " named by db.system, messaging.system or else the attribute",
                        defaultsTo = "service")
                Kind kind)
        implements Checked, Serializable {

    /** Of the node that a rule tells of. */
    public enum Kind {
        SERVICE,
        COMPONENT
    }

    @Override
    public void check(Problems problems) {
        if (category.isEmpty()) {
            problems.expected("category", "a category's name");
        }
        if (attribute.isEmpty()
                || attribute.equals("attributes.")
                || attribute.equals("resource.")) {
            problems.expected("attribute", "an attribute's key");
        }
    }
}
