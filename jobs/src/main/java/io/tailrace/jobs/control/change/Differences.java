package io.tailrace.jobs.control.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.List;

/** Differences of texts. */
public final class Differences {

    private Differences() {}

    public static List<Difference> one(String field, String is, String wanted) {
        return List.of(
                new Difference(
                        field,
                        is.isEmpty()
                                ? MissingNode.getInstance()
                                : JsonNodeFactory.instance.textNode(is),
                        JsonNodeFactory.instance.textNode(wanted)));
    }
}
