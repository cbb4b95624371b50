package io.tailrace.jobs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.settings.ByteSize;

import java.util.List;

/** A number of bytes. */
record SizeShape() implements ScalarShape {

    private static final List<String> UNITS =
            List.of("KiB", "MiB", "GiB", "TiB", "KB", "MB", "GB", "TB", "B");

    @Override
    public Object read(String text) throws UnfitException {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnfitException(suggestion(text));
        }
    }

    /** The same with its unit in the right case, and without spaces. */
    private static String suggestion(String text) {
        String tidy = text.replaceAll("[\\s_]", "");
        int digits = 0;
        while (digits < tidy.length() && "0123456789.".indexOf(tidy.charAt(digits)) >= 0) {
            digits++;
        }
        String unit = tidy.substring(digits);
        for (String right : UNITS) {
            String candidate = tidy.substring(0, digits) + right;
            if (right.equalsIgnoreCase(unit) && candidate.matches(ByteSize.PATTERN)) {
                return candidate;
            }
        }
        return "";
    }

    @Override
    public String noun() {
        return "a size";
    }

    @Override
    public String name() {
        return "size";
    }

    @Override
    public String expected() {
        return "a size such as 16MiB";
    }

    @Override
    public double measure(Object value) {
        return ((ByteSize) value).bytes();
    }

    @Override
    public String bound(double bytes) {
        return new ByteSize((long) bytes).toString();
    }

    @Override
    public void describe(ObjectNode schema, Rules rules) {
        schema.putArray("type").add("integer").add("string");
        schema.put("minimum", Math.max(0, (long) Math.ceil(rules.least())));
        if (Double.isFinite(rules.most())) {
            schema.put("maximum", (long) Math.floor(rules.most()));
        }
        schema.put("pattern", References.orReference(ByteSize.PATTERN));
    }
}
