package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/**
 * A whole number in decimal digits. What YAML 1.1 takes for numbers besides ({@code 010} is eight
 * there, {@code 1_000} a thousand, {@code 1:30} ninety) is refused, since others read it otherwise.
 */
record WholeShape(long least, long most, boolean narrow) implements ScalarShape {

    private static final String DIGITS = "[-+]?(0|[1-9][0-9]*)";
    private static final Pattern FORM = Pattern.compile(DIGITS);

    @Override
    public Object read(String text) throws UnfitException {
        if (!FORM.matcher(text).matches()) {
            String tidy = text.replace("_", "");
            throw new UnfitException(FORM.matcher(tidy).matches() ? tidy : "");
        }
        try {
            if (narrow) {
                return Integer.valueOf(text);
            }
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UnfitException();
        }
    }

    @Override
    public String noun() {
        return "a whole number";
    }

    @Override
    public String name() {
        return "whole number";
    }

    @Override
    public String expected() {
        return "a whole number" + (narrow ? " of 32 bits" : " of 64 bits") + " in plain digits";
    }

    @Override
    public double measure(Object value) {
        return ((Number) value).doubleValue();
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        schema.putArray("type").add("integer").add("string");
        if (Double.isFinite(rules.least())) {
            schema.put("minimum", (long) Math.ceil(rules.least()));
        } else {
            schema.put("minimum", least);
        }
        if (Double.isFinite(rules.most())) {
            schema.put("maximum", (long) Math.floor(rules.most()));
        } else {
            schema.put("maximum", most);
        }
        schema.put("pattern", References.orReference(DIGITS));
    }
}
