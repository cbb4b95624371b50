package io.tailrace.operators.span.tracestate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trace state: at most 32 members, {@code key=value}, the one changed last standing first.
 *
 * <p>Source: W3C Trace Context, level 1, section 3.3.1.
 */
public final class TraceState {

    static final int MOST_MEMBERS = 32;
    static final int MOST_VALUE_LENGTH = 256;

    private static final int MOST_KEY_LENGTH = 256;
    private static final int MOST_TENANT_LENGTH = 241;
    private static final int MOST_SYSTEM_LENGTH = 14;
    private static final TraceState EMPTY = new TraceState(List.of());

    private final List<Member> members;

    private record Member(String key, String value) {
        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    private TraceState(List<Member> members) {
        this.members = members;
    }

    /**
     * Reads a text. One that breaks the grammar anywhere, names a key twice or has too many members
     * is discarded as a whole, as the recommendation allows: it reads as an empty one.
     */
    public static TraceState read(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        List<Member> members = new ArrayList<>();
        for (int from = 0; from <= text.length(); ) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            String part = trim(text, from, to);
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                if (equals < 0 || members.size() == MOST_MEMBERS) {
                    return EMPTY;
                }
                Member member = new Member(part.substring(0, equals), part.substring(equals + 1));
                if (!isKey(member.key) || !isValue(member.value) || has(members, member.key)) {
                    return EMPTY;
                }
                members.add(member);
            }
            from = to + 1;
        }
        return new TraceState(members);
    }

    /** Without the spaces and tabs around it. */
    private static String trim(String text, int from, int to) {
        int first = from;
        int end = to;
        while (first < end && isBlank(text.charAt(first))) {
            first++;
        }
        while (first < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(first, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isKey(String key) {
        int at = key.indexOf('@');
        if (at < 0) {
            return isKeyPart(key, MOST_KEY_LENGTH, false);
        }
        return isKeyPart(key.substring(0, at), MOST_TENANT_LENGTH, true)
                && isKeyPart(key.substring(at + 1), MOST_SYSTEM_LENGTH, false);
    }

    private static boolean isKeyPart(String part, int most, boolean mayBeginWithDigit) {
        if (part.isEmpty() || part.length() > most) {
            return false;
        }
        char first = part.charAt(0);
        return (isLetter(first) || mayBeginWithDigit && isDigit(first))
                && part.chars().allMatch(TraceState::isKeyCharacter);
    }

    private static boolean isKeyCharacter(int c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '*' || c == '/';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isValue(String value) {
        return !value.isEmpty()
                && value.length() <= MOST_VALUE_LENGTH
                && value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
    }

    private static boolean has(List<Member> members, String key) {
        return members.stream().anyMatch(member -> member.key.equals(key));
    }

    /** The value of a key; null where it has none. */
    public String value(String key) {
        for (Member member : members) {
            if (member.key.equals(key)) {
                return member.value;
            }
        }
        return null;
    }

    /** With this member in front of all others; where they get too many, the last goes. */
    TraceState withFirst(String key, String value) {
        return new TraceState(
                Stream.concat(Stream.of(new Member(key, value)), without(key).members.stream())
                        .limit(MOST_MEMBERS)
                        .toList());
    }

    TraceState without(String key) {
        return new TraceState(members.stream().filter(member -> !member.key.equals(key)).toList());
    }

    /** As it is written, without optional spaces. */
    @Override
    public String toString() {
        return members.stream().map(Member::toString).collect(Collectors.joining(","));
    }
}
