package io.tailrace.operators.sampling.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks of texts, and remembers the answers of those seen last, for the same few come again and
 * again. For one thread.
 */
public final class RecentTexts {

    /** Longer texts hardly come again, and would make what is remembered large. */
    private static final int MOST_LENGTH = 512;

    private final Predicate<String> question;
    private final Map<String, Boolean> answers;

    /**
     * @param most how many texts are remembered, 1 or more
     */
    public RecentTexts(int most, Predicate<String> question) {
        this.question = question;
        this.answers = new LeastRecentlyUsed(most);
    }

    public boolean test(String text) {
        return text.length() > MOST_LENGTH
                ? question.test(text)
                : answers.computeIfAbsent(text, question::test);
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        private final int most;

        LeastRecentlyUsed(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > most;
        }
    }
}
