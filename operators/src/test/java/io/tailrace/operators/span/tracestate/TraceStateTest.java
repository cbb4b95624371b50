package io.tailrace.operators.span.tracestate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TraceStateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "rojo=1 | rojo | 1",
                "rojo=1,congo=2 | congo | 2",
                "rojo=1,congo=2 | ro | -",
                "rojo=1,congo=2 | 1 | -",
                "\"rojo=1 , congo=2\" | congo | 2",
                "\" rojo=1\t,\tcongo=2 \" | rojo | 1",
                ",,rojo=1,, ,congo=2, | congo | 2",
                "\"rojo=  a b  ,congo=2\" | rojo | \"  a b\"",
                "tenant@system=v | tenant@system | v",
                "0t@s=v | 0t@s | v",
                "a_-*/9=v | a_-*/9 | v",
                "a=!~;:@# | a | !~;:@#",
                "\"\" | a | -",
                "\" , \" | a | -",
            })
    void findsAValue(String text, String key, String value) {
        assertThat(TraceState.read(text).value(key)).isEqualTo(value);
    }

    /** Each has a good member besides, which does not count then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "good=1,bad",
                "good=1,=bad",
                "good=1,bad=",
                "good=1,bad= \t",
                "good=1,bad=a=b",
                "good=1,bad =1",
                "good=1,Bad=1",
                "good=1,1bad=1",
                "good=1,_bad=1",
                "good=1,b.ad=1",
                "good=1,bäd=1",
                "good=1,bad=ä",
                "good=1,bad=a\tb",
                "good=1,bad=a\u007f",
                "good=1,@bad=1",
                "good=1,bad@=1",
                "good=1,bad@1=1",
                "good=1,b@a@d=1",
                "good=1;bad,b",
                "good=1,good=1",
                "good=1,other=1,good=2",
            })
    void isDiscardedWholeWhereItBreaksTheGrammar(String text) {
        assertThat(TraceState.read(text).value("good")).isNull();
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void allowsTheseLengths(String key, int valueLength, boolean allowed) {
        String value = "v".repeat(valueLength);

        assertThat(TraceState.read(key + "=" + value).value(key)).isEqualTo(allowed ? value : null);
    }

    static List<Object[]> lengths() {
        return List.of(
                new Object[] {"k".repeat(256), 1, true},
                new Object[] {"k".repeat(257), 1, false},
                new Object[] {"t".repeat(241) + "@" + "s".repeat(14), 1, true},
                new Object[] {"t".repeat(242) + "@" + "s".repeat(13), 1, false},
                new Object[] {"t".repeat(240) + "@" + "s".repeat(15), 1, false},
                new Object[] {"k", 256, true},
                new Object[] {"k", 257, false});
    }

    @Test
    void hasAtMost32Members() {
        assertThat(TraceState.read(members(32)).value("k32")).isEqualTo("v");
        assertThat(TraceState.read(members(32) + ",,").value("k32")).isEqualTo("v");
        assertThat(TraceState.read(members(33)).value("k32")).isNull();
    }

    @Test
    void readsAsAPlainReadingDoes() {
        RandomTraceStates states = new RandomTraceStates(1);
        int unreadable = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = states.next();
            TraceState read = TraceState.read(text);
            var members = PlainTraceState.members(text);
            assertThat(read.toString())
                    .as(text)
                    .isEqualTo(
                            members.entrySet().stream()
                                    .map(member -> member.getKey() + "=" + member.getValue())
                                    .collect(Collectors.joining(",")));
            members.forEach((key, value) -> assertThat(read.value(key)).isEqualTo(value));
            unreadable += members.isEmpty() && !text.isBlank() ? 1 : 0;
        }
        assertThat(unreadable).isBetween(2000, 12_000);
    }

    static String members(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "k" + i + "=v")
                .collect(Collectors.joining(","));
    }
}
