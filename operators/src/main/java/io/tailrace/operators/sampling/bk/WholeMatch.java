package io.tailrace.operators.sampling.bk;

import com.google.re2j.Pattern;
import io.tailrace.operators.span.wire.Attributes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the whole of a text matches, or does not match, one of some regular expressions. The
 * results of the texts seen last are remembered, for the same few come again and again.
 */
final class WholeMatch implements ValueTest {

    private static final int MOST_REMEMBERED = 256;

    /** Longer texts hardly come again, and would make what is remembered large. */
    private static final int MOST_LENGTH = 512;

    private final Pattern[] patterns;
    private final boolean wanted;
    private final Map<String, Boolean> results = new LeastRecentlyUsed();

    WholeMatch(List<String> values, boolean wanted) {
        this.patterns = values.stream().map(Pattern::compile).toArray(Pattern[]::new);
        this.wanted = wanted;
    }

    @Override
    public boolean onText(String text) {
        boolean matches =
                text.length() > MOST_LENGTH
                        ? matches(text)
                        : results.computeIfAbsent(text, this::matches);
        return matches == wanted;
    }

    @Override
    public boolean onWhole(long number) {
        return onText(Long.toString(number));
    }

    @Override
    public boolean onAttribute(Attributes found) {
        return onText(FieldText.of(found));
    }

    private boolean matches(String text) {
        for (Pattern pattern : patterns) {
            if (pattern.matches(text)) {
                return true;
            }
        }
        return false;
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }
}
