package io.tailrace.jobs.spec;

/** Text of a user's, quoted for a message of one line. */
final class Quoted {

    private static final int LONGEST = 120;

    private Quoted() {}

    static String of(String text) {
        return '"' + oneLine(text) + '"';
    }

    /** Without line breaks and control characters, and cut where it is long. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else {
                line.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }
}
