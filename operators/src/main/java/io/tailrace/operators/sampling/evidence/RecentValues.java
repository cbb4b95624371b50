package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.wire.Attributes;

import java.util.function.Predicate;

/**
 * Asks of attributes' texts, and remembers the answers of those seen last, for the same few come
 * again and again. A text that is remembered makes no objects. For one thread.
 *
 * <p>The places are in small groups by the texts' hash; within a group the text that was asked for
 * longest ago goes first.
 */
public final class RecentValues {

    /** Longer texts hardly come again, and would make what is remembered large. */
    private static final int MOST_LENGTH = 512;

    private static final int MOST_IN_GROUP = 4;

    private final Predicate<String> question;
    private final int group;
    private final Answered[] places;

    private record Answered(byte[] text, long hash, boolean answer) {}

    /**
     * @param most how many texts are remembered, 1 or more
     */
    public RecentValues(int most, Predicate<String> question) {
        this.question = question;
        this.group = Math.min(most, MOST_IN_GROUP);
        this.places = new Answered[most - most % group];
    }

    /** Asks of the value found, of kind TEXT. */
    public boolean test(Attributes found) {
        if (found.length() > MOST_LENGTH) {
            return question.test(found.text());
        }
        long hash = found.valueHash();
        int first = (int) Long.remainderUnsigned(hash, places.length / group) * group;
        int at = first;
        while (at < first + group - 1 && !isAnswered(at, hash, found)) {
            at++;
        }
        Answered answered =
                isAnswered(at, hash, found)
                        ? places[at]
                        : new Answered(found.valueBytes(), hash, question.test(found.text()));
        if (at > first) {
            System.arraycopy(places, first, places, first + 1, at - first);
        }
        places[first] = answered;
        return answered.answer;
    }

    private boolean isAnswered(int place, long hash, Attributes found) {
        Answered there = places[place];
        return there != null && there.hash == hash && found.textIs(there.text);
    }
}
