package io.tailrace.operators.application;

import org.apache.flink.metrics.Counter;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Attributes.ValueKind;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells which application the spans of a resource belong to. A business id may come as a number or
 * as its decimal text. What is there but cannot be one, and a name that is empty or no text, counts
 * as wrong, and the default takes its place. Applications seen last are remembered: each is one
 * object, and is told without making any. For one thread.
 */
public final class Applications {

    private static final int REMEMBERED = 1024;

    /** So many always fit a long. */
    private static final int MOST_DIGITS = 18;

    private final byte[] bizIdKey;
    private final byte[] nameKey;
    private final long otherwiseBizId;
    private final byte[] otherwiseName;
    private final Counter wrong;
    private final Utf8Builder text = new Utf8Builder();
    private final Known[] known = new Known[REMEMBERED];

    private record Known(Application application, byte[] name) {}

    /**
     * @param wrong counts the attributes that could not be used
     */
    public Applications(ApplicationSettings settings, Counter wrong) {
        bizIdKey = settings.bizId().resource().getBytes(StandardCharsets.UTF_8);
        nameKey = settings.appName().resource().getBytes(StandardCharsets.UTF_8);
        otherwiseBizId = settings.bizId().otherwise();
        otherwiseName = settings.appName().otherwise().getBytes(StandardCharsets.UTF_8);
        this.wrong = wrong;
    }

    public Application of(ResourceView resource) {
        long bizId = bizId(resource.attributes());
        writeName(resource.attributes());
        int place = (int) (text.hash(0, text.length()) + 31 * bizId) & REMEMBERED - 1;
        Known there = known[place];
        if (there == null
                || there.application.bizId() != bizId
                || !text.holds(there.name, 0, text.length())) {
            there =
                    new Known(
                            new Application(bizId, text.text(0, text.length())),
                            Arrays.copyOf(text.bytes(), text.length()));
            known[place] = there;
        }
        return there.application;
    }

    private void writeName(Attributes attributes) {
        text.clear();
        if (attributes.find(nameKey)) {
            if (attributes.kind() == ValueKind.TEXT && attributes.length() > 0) {
                attributes.value().appendTextTo(text);
                return;
            }
            wrong.inc();
        }
        text.append(otherwiseName);
    }

    private long bizId(Attributes attributes) {
        if (!attributes.find(bizIdKey)) {
            return otherwiseBizId;
        }
        if (attributes.kind() == ValueKind.INT) {
            return attributes.intValue();
        }
        if (attributes.kind() == ValueKind.TEXT) {
            text.clear();
            attributes.value().appendTextTo(text);
            boolean negative = text.length() > 0 && text.bytes()[0] == '-';
            int first = negative ? 1 : 0;
            if (isNumber(first)) {
                return negative ? -number(first) : number(first);
            }
        }
        wrong.inc();
        return otherwiseBizId;
    }

    private boolean isNumber(int first) {
        for (int i = first; i < text.length(); i++) {
            if (text.bytes()[i] < '0' || text.bytes()[i] > '9') {
                return false;
            }
        }
        return text.length() > first && text.length() - first <= MOST_DIGITS;
    }

    private long number(int first) {
        long number = 0;
        for (int i = first; i < text.length(); i++) {
            number = 10 * number + text.bytes()[i] - '0';
        }
        return number;
    }
}
