package io.tailrace.operators.span.ottl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Where conditions are wrong, and what is said of it. */
class OttlMistakesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Words.
                "`` | 1 | expected a condition, found nothing",
                "`   ` | 1 | expected a condition, found nothing",
                "name == 'a' | 9 | a string stands in double quotes: \"...\"",
                "name == \"a | 9 | a string without its closing '\"'",
                "name == \"a\\d\" | 11 | no escape of a string; a backslash itself is written \\\\",
                "name == \"\\xg0\" | 10 | this escape has 2 digits of base 16",
                "name == \"\\xff\" | 9 | a string that is not UTF-8",
                "name == \"\\ud800\" | 10 | no character of Unicode",
                "true && false | 6 | and is written 'and'",
                "`true ; false` | 6 | ';' has no meaning here",
                "! true | 1 | not is written 'not'",
                "kind == 12x | 11 | expected the end of the number",
                "kind == 9223372036854775808 | 9 | an int has no more than 64 bits",
                "kind == 0x123 | 9 | expected an even number of hexadecimal digits after 0x",
                "\"😀\" == % | 8 | '%' has no meaning here",
                // Grammar.
                "name | 1 | expected a condition; compare the path with a value, such as '=="
                        + " true'",
                "name == | 8 | expected a value, found the end",
                "name = \"a\" | 6 | equality is written '=='",
                "== 1 | 1 | expected a value, found '=='",
                "1 < 2 < 3 | 7 | comparisons cannot be chained; join them with 'and'",
                "(name == \"a\" | 13 | expected ')', found the end",
                "name == \"a\") | 12 | expected 'and', 'or', a comparison or the end, found ')'",
                "true false | 6 | expected 'and', 'or', a comparison or the end, found 'false'",
                "true and | 9 | expected a value, found the end",
                "kind == not 1 | 9 | expected a value, found 'not'",
                "attributes[\"a\" == 1 | 16 | expected ']', found '=='",
                "(kind == 1) + 1 == 2 | 2 | expected a value, found a condition",
                "5 | 1 | expected a condition, found an int",
                "set(name, \"a\") | 1 | 'set' would change spans; a condition only asks",
                "Any(attributes, (k, v) => true) | 19 | expected ')', found ','",
                // Names.
                "nam == \"a\" | 1 | unknown path 'nam'; did you mean 'name'?",
                "span.status.cod == 1 | 6 | unknown path 'status.cod'; did you mean 'status.code'?",
                "resource.name == 1 | 10 | unknown path 'name'; known are attributes,"
                        + " dropped_attributes_count",
                "spanevent.name == \"a\" | 1 | a condition on spans has no event; write it under"
                        + " 'spanevent'",
                "events == nil | 1 | 'events' is not supported: conditions on events stand under"
                        + " 'spanevent'",
                "name[\"a\"] == 1 | 6 | 'name' has no keys",
                "attributes[0] == 1 | 12 | attributes have strings for keys",
                "attributes[true] == 1 | 12 | expected a string or an int as key, found a bool",
                "attributes[\"a\"].b == 1 | 1 | keys stand at the path's end; of nested values"
                        + " write [\"a\"][\"b\"]",
                "kind == SPAN_KIND_SERVE | 9 | unknown name 'SPAN_KIND_SERVE'; did you mean"
                        + " 'SPAN_KIND_SERVER'?",
                "IsMatch | 1 | expected '(' after the function IsMatch",
                "IsMach(name, \"a\") | 1 | unknown function 'IsMach'; did you mean 'IsMatch'?",
                "UserAgent(name) == nil | 1 | unknown function 'UserAgent'; known are",
                "Now() > start_time | 1 | Now is not supported: time comes from spans only; it"
                        + " would differ from run to run",
                // Arguments.
                "IsMatch(name) | 1 | 'pattern' is missing; it is IsMatch(target, pattern)",
                "IsMatch(name, \"a\", 1) | 20 | one argument too many; it is IsMatch(target,"
                        + " pattern)",
                "IsMatch(target = name, name) | 24 | arguments without a name stand before named"
                        + " ones",
                "IsMatch(name, regex = \"a\") | 15 | no argument 'regex'; it is IsMatch(target,"
                        + " pattern)",
                "IsMatch(name, \"a(\") | 15 | no regular expression (RE2): missing closing )",
                "IsMatch(name, 5) | 15 | IsMatch needs a string for 'pattern', found an int",
                "not IsMatch(name, pattern = \"[\") | 29 | no regular expression (RE2): missing"
                        + " closing ]",
                "Len(kind) == 1 | 5 | Len needs a string or bytes or a list or a map for 'target',"
                        + " found an int",
                "Len(name) | 1 | expected a condition, found an int",
                "Substring(name, 1, \"a\") == \"\" | 20 | Substring needs an int for 'length', found"
                        + " a string",
                "ConvertCase(name, \"title\") == \"\" | 19 | 'toCase' is one of lower, upper, snake,"
                        + " camel",
                "ConvertCase(name, name) == \"\" | 19 | 'toCase' is one of lower, upper, snake,"
                        + " camel",
                "Duration(\"5 s\") == nil | 10 | expected a duration such as \"1.5s\" or \"2h45m\","
                        + " found \"5 s\"",
                "Hour(start_time_unix_nano) == 1 | 6 | Hour needs a time for 'value', found an"
                        + " int",
                "IsRootSpan(1) | 1 | IsRootSpan takes no arguments",
                "HasPrefix(name, \"a\")[0] == 1 | 22 | a bool has no keys",
                "Time(\"x\", \"%Q\") == nil | 11 | the directive %Q is not supported",
                "Decode(name, \"latin-99\") == \"\" | 14 | unknown encoding \"latin-99\"",
                // What no span can change.
                "1 / 0 == 1 | 1 | division by zero",
                "name + 1 == 2 | 1 | '+' has no meaning for a string and an int",
                "start_time * 2 == 2 | 1 | '*' has no meaning for a time and an int",
                "-name == 2 | 1 | '-' has no meaning for a string",
                "ParseInt(\"x\", 10) == 1 | 1 | ParseInt needs an int of base 10, found \"x\"",
                "[1][0] == 1 | 4 | expected 'and', 'or', a comparison or the end, found '['",
                "SpanID(\"00\") == span_id | 1 | SpanID needs 8 bytes, found 1",
            })
    void areSaidWithTheirPosition(String condition, int column, String problem) {
        OttlException refused =
                catchThrowableOfType(
                        OttlException.class,
                        () -> SpanPredicate.ofSpan(condition == null ? "" : condition));
        assertThat(refused).as(condition).isNotNull();
        assertThat(refused.problem()).startsWith(problem);
        assertThat(refused.column()).as(refused.getMessage()).isEqualTo(column);
    }

    @Test
    void nameAllFunctionsThereAre() {
        OttlException refused =
                catchThrowableOfType(
                        OttlException.class, () -> SpanPredicate.ofSpan("Frobnicate()"));
        assertThat(refused.problem()).contains("IsMatch, ", "IsRootSpan", "Concat, ");
    }

    @Test
    void includeDepthAndLengthThatNobodyNeeds() {
        for (String opening : List.of("(", "not ", "-", "[", "Int(", "attributes[", "{\"a\":")) {
            assertRefused(opening.repeat(1000) + "1", "more than 100 nested");
        }
        assertRefused("1" + "+1".repeat(5000) + " == 1", "more than 100 nested or chained");
        assertRefused("1" + "*1".repeat(5000) + " == 1", "more than 100 nested or chained");
        assertRefused(" ".repeat(20_000), "a condition has no more than 16384 characters");
    }

    @Test
    void areNotFoundInLongListsOfConditions() throws Exception {
        String many = "name == \"a\"" + " or name == \"b\"".repeat(1000);

        assertThat(Asked.outcome(SpanPredicate.ofSpan(many), Checkout.SPAN)).isEqualTo(false);
    }

    /** Whatever is written: it is compiled or refused within its text, and nothing else happens. */
    @Test
    void areRefusedAndNothingElse() {
        List<String> pieces =
                List.of(
                        "attributes",
                        "[\"a\"]",
                        "[0]",
                        "name",
                        ".",
                        "span",
                        "resource",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "==",
                        "!=",
                        "<",
                        ">=",
                        "+",
                        "-",
                        "*",
                        "/",
                        "and",
                        "or",
                        "not",
                        "true",
                        "nil",
                        "1",
                        "2.5",
                        "0xff",
                        "\"a\"",
                        "\"(\"",
                        "\"",
                        "\\",
                        "IsMatch(",
                        "Concat(",
                        "Substring(",
                        "Duration(\"1s\")",
                        "Len(",
                        "Time(",
                        "Decode(",
                        "ParseInt(",
                        "start_time",
                        "kind",
                        "STATUS_CODE_OK",
                        "=",
                        "=>",
                        "😀",
                        "\u0000",
                        "x =",
                        "9999999999999999999",
                        "1e999",
                        "status.code");
        Random random = new Random(7);
        int compiled = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            int count = 1 + random.nextInt(9);
            for (int j = 0; j < count; j++) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                text.append(random.nextInt(4) == 0 ? "" : " ");
            }
            String condition = text.toString();
            try {
                SpanPredicate.ofSpan(condition);
                compiled++;
            } catch (OttlException refused) {
                assertThat(refused.column())
                        .as(condition)
                        .isBetween(1, condition.codePointCount(0, condition.length()) + 1);
                assertThat(refused.problem()).isNotBlank();
            } catch (RuntimeException wrong) {
                throw new AssertionError(condition, wrong);
            }
        }
        assertThat(compiled).isGreaterThan(100);
    }

    private static void assertRefused(String condition, String problem) {
        OttlException refused =
                catchThrowableOfType(OttlException.class, () -> SpanPredicate.ofSpan(condition));
        assertThat(refused).isNotNull();
        assertThat(refused.problem()).contains(problem);
    }
}
