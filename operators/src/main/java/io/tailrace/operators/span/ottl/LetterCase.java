package io.tailrace.operators.span.ottl;

/** Puts names into snake and camel case. */
final class LetterCase {

    private static final String SEPARATORS = " _-.";

    private LetterCase() {}

    /** {@code CPUUsage2} as {@code cpu_usage_2}: a low line wherever a word or number begins. */
    static String snake(String text) {
        String name = text.strip();
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (SEPARATORS.indexOf(character) >= 0) {
                snake.append('_');
                continue;
            }
            if (i > 0 && begins(name, i)) {
                snake.append('_');
            }
            snake.append(lower(character));
        }
        return snake.toString();
    }

    private static boolean begins(String name, int i) {
        char before = name.charAt(i - 1);
        char character = name.charAt(i);
        if (isUpper(character)) {
            boolean lowFollows = i + 1 < name.length() && isLower(name.charAt(i + 1));
            return isLower(before) || isDigit(before) || isUpper(before) && lowFollows;
        }
        return isDigit(character)
                ? isLower(before) || isUpper(before)
                : isLower(character) && isDigit(before);
    }

    /** {@code my_metric} as {@code MyMetric}: words begin upper; other characters go. */
    static String camel(String text) {
        String name = text.strip();
        StringBuilder camel = new StringBuilder();
        boolean begin = true;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (isLower(character) || isUpper(character)) {
                camel.append(begin && isLower(character) ? (char) (character - 32) : character);
                begin = false;
            } else if (isDigit(character)) {
                camel.append(character);
                begin = true;
            } else {
                begin = SEPARATORS.indexOf(character) >= 0;
            }
        }
        return camel.toString();
    }

    private static char lower(char character) {
        return isUpper(character) ? (char) (character + 32) : character;
    }

    private static boolean isLower(char character) {
        return character >= 'a' && character <= 'z';
    }

    private static boolean isUpper(char character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
