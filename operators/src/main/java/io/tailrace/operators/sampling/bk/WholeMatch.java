package io.tailrace.operators.sampling.bk;

import com.google.re2j.Pattern;
import io.tailrace.operators.sampling.evidence.RecentTexts;
import io.tailrace.operators.span.wire.Attributes;

import java.util.List;

/**
 * Whether the whole of a text matches, or does not match, one of some regular expressions. The
 * results of the texts seen last are remembered, for the same few come again and again.
 */
final class WholeMatch implements ValueTest {

    private static final int MOST_REMEMBERED = 256;

    private final Pattern[] patterns;
    private final boolean wanted;
    private final RecentTexts recent = new RecentTexts(MOST_REMEMBERED, this::matches);

    WholeMatch(List<String> values, boolean wanted) {
        this.patterns = values.stream().map(Pattern::compile).toArray(Pattern[]::new);
        this.wanted = wanted;
    }

    @Override
    public boolean onText(String text) {
        return recent.test(text) == wanted;
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
}
