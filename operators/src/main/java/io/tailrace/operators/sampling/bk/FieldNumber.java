package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.json.DecimalNumber;

/**
 * A number that a text writes as JSON does, compared exactly with whole ones where it is whole and
 * of 64 bits, and as a double otherwise.
 */
record FieldNumber(boolean whole, long value, double approximately) {

    /**
     * @return null where the text is no number
     */
    static FieldNumber of(String text) {
        DecimalNumber number = new DecimalNumber();
        if (!number.read(text.toCharArray(), 0, text.length())) {
            return null;
        }
        return number.fitsSigned(Long.SIZE)
                ? new FieldNumber(true, number.value(), (double) number.value())
                : new FieldNumber(false, 0, Double.parseDouble(text));
    }

    /** Less than, equal to or greater than 0, as {@code other} is to this number. */
    int compare(long other) {
        return whole ? Long.compare(other, value) : Double.compare((double) other, approximately);
    }

    /** The same; {@code other} is not NaN. */
    int compare(double other) {
        // The two zeros are one number.
        return Double.compare(other + 0.0, approximately + 0.0);
    }

    int compare(FieldNumber other) {
        return other.whole ? compare(other.value) : compare(other.approximately);
    }
}
