package io.tailrace.jobs.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes YAML as people do: in one line what fits there, else a key a line. */
final class SpecText {

    static final int WIDTH = 100;

    /** What needs no quotes, be it in a line with others or alone. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/.^(_$][A-Za-z0-9 /._$()^+=<>@-]*(?<! )|-[0-9.]+");

    private static final Pattern NOTHING = Pattern.compile("null|Null|NULL|\\.\\.\\.");

    /** What is no text without quotes. */
    private static final Pattern MEANS_MORE =
            Pattern.compile("(?i)[^a-z].*|true|false|yes|no|on|off|null|[yn]", Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();

    private SpecText() {}

    /** The whole file. */
    static String of(Written.Block spec) {
        SpecText text = new SpecText();
        boolean first = true;
        for (Written.Line line : spec.lines()) {
            if (!first && !(line.value() instanceof Written.Text)) {
                text.out.append('\n');
            }
            text.line(line, 0, false);
            first = false;
        }
        return text.out.toString();
    }

    /** A value in one line, as it may stand in a comment. */
    static String flow(Written value) {
        if (value instanceof Written.Text text) {
            return scalar(text);
        } else if (value instanceof Written.Items items) {
            return items.lines().isEmpty()
                    ? "[]"
                    : "["
                            + String.join(
                                    ", ", items.lines().stream().map(l -> flow(l.value())).toList())
                            + "]";
        }
        Written.Block block = (Written.Block) value;
        return block.isEmpty()
                ? "{}"
                : "{ "
                        + String.join(
                                ", ",
                                block.lines().stream()
                                        .map(l -> key(l.key()) + ": " + flow(l.value()))
                                        .toList())
                        + " }";
    }

    /** A comment's lines, none longer than the width. */
    static List<String> comment(String words, int indent) {
        List<String> lines = new ArrayList<>();
        String start = " ".repeat(indent) + "#";
        for (String paragraph : words.split("\n", -1)) {
            String margin = " ".repeat(paragraph.length() - paragraph.stripLeading().length());
            StringBuilder line = new StringBuilder(start);
            String gap = " " + margin;
            for (String word : paragraph.strip().split(" ", -1)) {
                if (line.length() + gap.length() + word.length() > WIDTH
                        && line.length() > start.length()) {
                    lines.add(line.toString().stripTrailing());
                    line = new StringBuilder(start);
                    gap = " " + margin + "  ";
                }
                line.append(gap).append(word);
                gap = " ";
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private void line(Written.Line line, int indent, boolean inList) {
        if (!line.comment().isEmpty()) {
            comment(line.comment(), indent).forEach(each -> out.append(each).append('\n'));
        }
        if (line.commentedOut()) {
            SpecText code = new SpecText();
            code.line(new Written.Line(line.key(), "", line.value()), 0, inList);
            String margin = " ".repeat(indent) + "# ";
            code.out.toString().lines().forEach(each -> out.append(margin + each + "\n"));
            return;
        }
        out.append(" ".repeat(indent)).append(inList ? "- " : key(line.key()) + ":");
        value(line.value(), indent, inList, inList ? indent + 2 : column(line, indent));
    }

    private static int column(Written.Line line, int indent) {
        return indent + key(line.key()).length() + 2;
    }

    /**
     * @param column where the value begins
     */
    private void value(Written value, int indent, boolean inList, int column) {
        boolean fits = isShort(value) && column + flow(value).length() <= WIDTH;
        boolean top = indent == 0 && value instanceof Written.Block block && !block.isEmpty();
        if (value instanceof Written.Text || fits && !top) {
            out.append(inList ? "" : " ").append(flow(value)).append('\n');
        } else if (value instanceof Written.Items items) {
            out.append('\n');
            items.lines().forEach(line -> line(line, indent + 2, true));
        } else if (inList) {
            SpecText below = new SpecText();
            ((Written.Block) value).lines().forEach(line -> below.line(line, indent + 2, false));
            out.append(below.out.substring(indent + 2));
        } else {
            out.append('\n');
            ((Written.Block) value).lines().forEach(line -> line(line, indent + 2, false));
        }
    }

    /** Whether it may be in one line: it has no comments, and no lists of objects. */
    private static boolean isShort(Written value) {
        if (value instanceof Written.Block block) {
            return block.lines().stream().allMatch(SpecText::isShort);
        } else if (value instanceof Written.Items items) {
            return items.lines().stream()
                    .allMatch(line -> isShort(line) && line.value() instanceof Written.Text);
        }
        return true;
    }

    private static boolean isShort(Written.Line line) {
        return line.comment().isEmpty() && isShort(line.value());
    }

    private static String key(String key) {
        return scalar(new Written.Text(key, false));
    }

    private static String scalar(Written.Text written) {
        String text = written.text();
        if (!(written.quoted() && MEANS_MORE.matcher(text).matches())
                && PLAIN.matcher(text).matches()
                && !NOTHING.matcher(text).matches()) {
            return text;
        }
        boolean special = text.chars().anyMatch(Character::isISOControl);
        if (!special && (text.contains("\\") || text.contains("\""))) {
            return "'" + text.replace("'", "''") + "'";
        }
        return '"' + escaped(text) + '"';
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
