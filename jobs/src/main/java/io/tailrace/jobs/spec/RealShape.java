package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/** A finite decimal number. */
record RealShape() implements ScalarShape {

    private static final String DIGITS =
            "[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?";
    private static final Pattern FORM = Pattern.compile(DIGITS);

    @Override
    public Object read(String text) throws UnfitException {
        if (!FORM.matcher(text).matches()) {
            String tidy = text.replace("_", "");
            throw new UnfitException(FORM.matcher(tidy).matches() ? tidy : "");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new UnfitException();
        }
        return value;
    }

    @Override
    public String noun() {
        return "a number";
    }

    @Override
    public String name() {
        return "number";
    }

    @Override
    public String expected() {
        return "a number such as 0.5";
    }

    @Override
    public double measure(Object value) {
        return (Double) value;
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        schema.putArray("type").add("number").add("string");
        if (Double.isFinite(rules.least())) {
            schema.put("minimum", rules.least());
        }
        if (Double.isFinite(rules.most())) {
            schema.put("maximum", rules.most());
        }
        schema.put("pattern", References.orReference(DIGITS));
    }
}
