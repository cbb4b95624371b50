package io.tailrace.operators.span.ottl;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What conditions say of {@link Checkout#SPAN}. */
class SpanPredicateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Paths, with and without their context.
                "name == \"GET /cart\"",
                "span.name == \"GET /cart\"",
                "name != \"GET /car\" and name != \"GET /carts\"",
                "\"GET /cart\" == name",
                "kind == 2 and kind == SPAN_KIND_SERVER and span.kind != SPAN_KIND_CLIENT",
                "kind.string == \"Server\"",
                "kind.deprecated_string == \"SPAN_KIND_SERVER\"",
                "status.code == STATUS_CODE_ERROR and status.code > STATUS_CODE_OK",
                "status.message == \"out of stock\" and status.message != \"\"",
                "trace_id == 0x0102030405060708090a0b0c0d0e0f10",
                "trace_id == TraceID(\"0102030405060708090a0b0c0d0e0f10\")",
                "trace_id.string == \"0102030405060708090a0b0c0d0e0f10\"",
                "span_id == SpanID(0x000000000000abcd)",
                "span.span_id.string == \"000000000000abcd\"",
                "parent_span_id == SpanID(0x0000000000000000)",
                "parent_span_id.string == \"0000000000000000\"",
                "parent_span_id != nil",
                "start_time_unix_nano == 1700000000000000000",
                "end_time_unix_nano - start_time_unix_nano == 1500000000",
                "end_time > start_time",
                "trace_state == \"ot=th:c, vendor=x\"",
                "trace_state[\"vendor\"] == \"x\" and trace_state[\"other\"] == \"\"",
                "flags == 257",
                "dropped_attributes_count == 5",
                "dropped_events_count == 6 and dropped_links_count == 7",
                "resource.attributes[\"service.name\"] == \"shop\"",
                "resource.dropped_attributes_count == 3",
                "Len(resource.attributes) == 2",
                "instrumentation_scope.name == \"lib\" and scope.name == \"lib\"",
                "instrumentation_scope.version == \"1.2\" and scope.version != \"1\"",
                "scope.attributes[\"short\"] == \"yes\"",
                "scope.dropped_attributes_count == 4",
                "IsRootSpan()",
                // Attributes, and values within them.
                "attributes[\"s\"] == \"text\" and span.attributes[\"s\"] != \"tex\"",
                "attributes[\"n\"] == 42 and attributes[\"n\"] == 42.0 and attributes[\"n\"] >= 42",
                "attributes[\"d\"] > 1 and attributes[\"d\"] < 1.6",
                "attributes[\"yes\"] == true and attributes[\"no\"] == false",
                "attributes[\"no\"] < true",
                "attributes[\"raw\"] == 0x01ff and attributes[\"raw\"] > 0x01fe",
                "attributes[\"missing\"] == nil and attributes[\"s\"] != nil",
                "nil != attributes[\"s\"]",
                "attributes[\"empty\"] == nil",
                "attributes[\"map\"][\"inner\"][\"x\"] == 7",
                "attributes[\"map\"][\"k\"] == \"v\" and attributes[\"map\"][\"none\"] == nil",
                "attributes[\"list\"][2] == 3 and attributes[\"list\"][0] == \"a\"",
                "attributes[\"list\"] == [\"a\", \"b\", 3]",
                "attributes[\"list\"] != [\"a\", \"b\", 3.0]",
                "attributes[\"map\"] == {\"inner\": {\"x\": 7}, \"k\": \"v\"}",
                "attributes[\"map\"] != {\"k\": \"v\"}",
                "attributes[attributes[\"key\"]] == \"text\"",
                "attributes[Concat([\"ke\", \"y\"], \"\")] == attributes[\"key\"]",
                "attributes[\"s\"] == attributes[\"s\"] and attributes[\"s\"] != attributes[\"n\"]",
                // Precedence.
                "true or false and false",
                "not false and true",
                "not (true and false)",
                "not name == \"other\"",
                "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 10 - 2 - 3 == 5",
                "-attributes[\"n\"] == -42 and 3 - -2 == 5 and - kind == -2",
                "kind-1 == 1",
                "(kind + 1) * 2 > 5 and (kind) == 2",
                // Comparison over types.
                "1 == 1.0 and 1 < 1.5 and .5 < 1",
                "1 != \"1\" and not (1 == \"1\") and not (1 < \"2\") and not (\"2\" > 1)",
                "nil == nil and nil <= nil and not (nil < nil) and not (nil < 1)",
                "true > false and \"b\" > \"a\" and \"a\" < \"aa\"",
                "\"\\uffff\" < \"\\U00010000\"",
                "0x02 > 0x01ff",
                "[1, [2]] == [1, [2]] and [1] != [1, 2] and not ([1] < [2])",
                "-9223372036854775808 < 0",
                "9223372036854775807 + 1 < 0",
                "7 / 2 == 3 and -7 / 2 == -3 and 7 / 2.0 == 3.5",
                // Strings.
                "\"\\x41\\102\\t\\\"\\u00e9\" == \"AB\t\\\"é\"",
                // Time.
                "end_time - start_time == Duration(\"1.5s\")",
                "duration == Duration(\"1.5s\")",
                "span.duration > Duration(\"1s499ms\")",
                "Milliseconds(duration) == 1500",
                "end_time - start_time > Duration(\"1s499ms\")",
                "start_time + Duration(\"1500ms\") == end_time",
                "Duration(\"1h\") - Duration(\"59m\") == Duration(\"60s\")",
                "Nanoseconds(Unix(9000000000) - Unix(-9000000000)) == 9223372036854775807",
                "Nanoseconds(Unix(-9000000000) - Unix(9000000000)) < -9223372036854775807",
                "Unix(9000000000) + Duration(\"2000000h\") > Unix(9000000000)",
                "Milliseconds(end_time - start_time) == 1500",
                "Seconds(end_time - start_time) == 1.5",
                "Minutes(Duration(\"90s\")) == 1.5 and Hours(Duration(\"90m\")) == 1.5",
                "Microseconds(Duration(\"1ms\")) == 1000 and Nanoseconds(Duration(\"1us\")) == 1000",
                "Year(start_time) == 2023 and Month(start_time) == 11 and Day(start_time) == 14",
                "Hour(start_time) == 22 and Minute(start_time) == 13 and Second(start_time) == 20",
                "Weekday(start_time) == 2 and Nanosecond(end_time) == 500000000",
                "UnixSeconds(end_time) == 1700000001 and UnixMilli(end_time) == 1700000001500",
                "UnixNano(start_time) == start_time_unix_nano",
                "UnixMicro(start_time) == 1700000000000000",
                "Unix(1700000000) == start_time",
                "Time(\"2023-11-14 22:13:20\", \"%Y-%m-%d %H:%M:%S\") == start_time",
                "Time(\"2023-11-15T00:13:20+0200\", \"%FT%T%z\") == start_time",
                "Time(\"11/15/2023\", \"%m/%d/%Y\") > start_time",
                "FormatTime(start_time, \"%A %d %b %Y\") == \"Tuesday 14 Nov 2023\"",
                "TruncateTime(start_time, Duration(\"1h\")) == Unix(1699999200)",
                // Types.
                "IsString(attributes[\"s\"]) and not IsString(attributes[\"n\"])",
                "IsInt(attributes[\"n\"]) and IsDouble(attributes[\"d\"]) and IsBool(attributes[\"no\"])",
                "IsMap(attributes[\"map\"]) and IsList(attributes[\"list\"]) and IsMap(attributes)",
                "not IsString(attributes[\"missing\"])",
                "IsEmpty(attributes[\"missing\"]) and IsEmpty(\"\") and not IsEmpty(attributes[\"s\"])",
                "IsEmpty(parent_span_id) and not IsEmpty(span_id)",
                "Int(\"17\") == 17 and Int(\"+1\") == 1 and Int(1.9) == 1 and Int(-1.9) == -1",
                "Int(true) == 1 and Int(\"2.0\") == nil and Int(\"x\") == nil and Int(nil) == nil",
                "Int(attributes[\"number\"]) + 1 == 18 and Int([1]) == nil",
                "Double(\"1.5\") == 1.5 and Double(2) == 2.0 and Double(false) == 0.0",
                "Double(\"1f\") == nil and Double(\"1e999\") == nil",
                "Bool(\"T\") and not Bool(0) and Bool(\"maybe\") == nil",
                "String(42) == \"42\" and String(1.0) == \"1\" and String(true) == \"true\"",
                "String(1e21) == \"1e+21\" and String(0.0000001) == \"1e-7\"",
                "String(2e20) == \"200000000000000000000\" and String(-1.25e-10) == \"-1.25e-10\"",
                "String(attributes[\"raw\"]) == \"01ff\" and String(nil) == nil",
                "String(attributes[\"list\"]) == \"[\\\"a\\\",\\\"b\\\",3]\"",
                "String(attributes[\"map\"]) == \"{\\\"inner\\\":{\\\"x\\\":7},\\\"k\\\":\\\"v\\\"}\"",
                "String([\"<&\\n\"]) == \"[\\\"\\\\u003c\\\\u0026\\\\n\\\"]\"",
                "ParseInt(\"ff\", 16) == 255 and ParseInt(\"-0b1_1\", 0) == -3",
                "ParseInt(\"017\", 0) == 15 and ParseInt(\"0\", 0) == 0",
                // Text.
                "IsMatch(name, \"^GET /c[a-z]+$\") and IsMatch(name, \"cart\")",
                "IsMatch(attributes[\"n\"], \"^4\") and not IsMatch(attributes[\"missing\"], \".*\")",
                "IsMatch(attributes[\"s\"], attributes[\"pattern\"])",
                "IsMatch(attributes[\"map\"], \"inner\")",
                "IsMatch(target = name, pattern = \"^G\")",
                "ExtractPatterns(name, \"^(?P<verb>\\\\w+) /(?P<page>\\\\w+)\")[\"page\"] == \"cart\"",
                "Len(ExtractPatterns(name, \"(?P<a>zzz)\")) == 0",
                "Concat([name, 1, true, nil, [1], 0xff], \"|\") == \"GET /cart|1|true|<nil>||ff\"",
                "Concat([], \"|\") == \"\"",
                "ConvertCase(\"CPUUsage2\", \"snake\") == \"cpu_usage_2\"",
                "ConvertCase(\"some-name\", \"camel\") == \"SomeName\"",
                "ConvertCase(name, \"lower\") == \"get /cart\" and ToUpperCase(\"a\") == \"A\"",
                "ToSnakeCase(\"simpleString\") == \"simple_string\"",
                "HasPrefix(name, \"GET \") and HasSuffix(name, \"cart\") and not HasPrefix(name, \"P\")",
                "Substring(name, 4, 5) == \"/cart\" and Substring(\"一二\", 1, 5, true) == \"二\"",
                "Split(name, \" \")[1] == \"/cart\" and Len(Split(\"a,b,\", \",\")) == 3",
                "Split(\"añ\", \"\") == [\"a\", \"ñ\"]",
                "Trim(\"  a \") == \"a\" and Trim(\"!a?\", \"?!\") == \"a\"",
                "TrimPrefix(name, \"GET \") == \"/cart\" and TrimSuffix(name, \"x\") == name",
                "Len(name) == 9 and Len(attributes[\"umlaut\"]) == 7 and Len(attributes[\"list\"]) == 3",
                "Index(name, \"/\") == 4 and Index(name, \"x\") == -1 and Index([1, 2], 2.0) == 1",
                "Index(attributes[\"umlaut\"], \"e\") == 6",
                "ContainsValue(attributes[\"list\"], \"b\") and not ContainsValue([1], \"1\")",
                "Coalesce([attributes[\"missing\"], attributes[\"s\"]]) == \"text\"",
                "Len(Keys(attributes[\"map\"])) == 2 and ContainsValue(Values({\"a\": 1}), 1)",
                "ParseJSON(attributes[\"json\"])[\"a\"][0] == 1.0",
                "ParseJSON(attributes[\"json\"])[\"a\"][1] == nil",
                // Hashes and encodings, by what their own tools print.
                "MD5(\"a\") == \"0cc175b9c0f1b6a831c399e269772661\"",
                "SHA1(\"a\") == \"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\"",
                "HasPrefix(SHA256(\"a\"), \"ca978112ca1bbdcafac231b39a23dc4d\")",
                "HasPrefix(SHA512(\"a\"), \"1f40fc92da241694750979ee6cf582f2\")",
                "FNV(\"a\") == -5808556873153909620",
                "Hex(12) == \"c\" and Hex(\"1\") == \"31\" and Hex(1.1) == \"3ff199999999999a\"",
                "Base64Encode(\"a?>\") == \"YT8+\" and Base64Encode(\"a?>\", \"base64-url\") == \"YT8-\"",
                "Base64Decode(\"aGVsbG8=\") == \"hello\" and Decode(\"YQ\", \"base64-raw\") == \"a\"",
                "Decode(attributes[\"raw\"], \"iso-8859-1\") == \"\\u0001ÿ\"",
            })
    void hold(String condition) throws Exception {
        assertThat(Asked.outcome(SpanPredicate.ofSpan(condition), Checkout.SPAN)).isEqualTo(true);
        assertThat(Asked.outcome(SpanPredicate.ofSpan("not (" + condition + ")"), Checkout.SPAN))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Len(attributes[\"n\"]) > 1 | Len needs a string or bytes or a list or a map for"
                        + " 'target', found an int",
                "Len(attributes[\"missing\"]) > 1 | Len needs a string or bytes or a list or a map"
                        + " for 'target', found nil",
                "HasPrefix(attributes[\"missing\"], \"a\") | HasPrefix needs a string for 'value',"
                        + " found nil",
                "Substring(attributes[\"s\"], 2, 3) == \"\" | Substring needs a part of the"
                        + " string's 4 bytes, found 3 from 2",
                "attributes[\"s\"][\"x\"] == 1 | a string has no keys",
                "attributes[\"s\"][0] == 1 | a string has no index",
                "attributes[\"list\"][3] == 1 | the list has no index 3",
                "attributes[\"list\"][\"a\"] == 1 | a list has no keys",
                "attributes[\"map\"][0] == 1 | a map has no index",
                "attributes[attributes[\"yes\"]] == 1 | a key is a string or an int, not a bool",
                "Split(name, \" \")[2] == \"\" | the list has no index 2",
                "attributes[\"n\"] / 0 == 1 | division by zero",
                "attributes[\"s\"] + 1 == 1 | '+' has no meaning for a string and an int",
                "start_time - attributes[\"n\"] == 1 | '-' has no meaning for a time and an int",
                "-attributes[\"s\"] == 1 | '-' has no meaning for a string",
                "Bool(attributes[\"s\"]) | a condition is a bool, not nil",
                "IsMatch(name, attributes[\"bad.pattern\"]) | no regular expression (RE2): missing"
                        + " closing )",
                "ParseInt(attributes[\"s\"], 10) == 1 | ParseInt needs an int of base 10, found"
                        + " \"text\"",
                "ParseJSON(attributes[\"s\"]) == nil | the string is not JSON",
                "Time(attributes[\"s\"], \"%Y\") == nil | \"text\" is no time of this format",
                "Time(attributes[\"number\"], \"%H\") == nil | \"17\" is no time of this format",
            })
    void cannotBeTold(String condition, String why) throws Exception {
        assertThat(Asked.outcome(SpanPredicate.ofSpan(condition), Checkout.SPAN)).isEqualTo(why);
    }

    @Test
    void areNotAskedFurtherThanNeeded() throws Exception {
        assertThat(outcome("true or 1 / (kind - 2) == 1")).isEqualTo(true);
        assertThat(outcome("false and 1 / (kind - 2) == 1")).isEqualTo(false);
        assertThat(outcome("1 / (kind - 2) == 1 or true")).isEqualTo("division by zero");
    }

    @Test
    void speakOfTheSpanThatIsAsked() throws Exception {
        SpanPredicate slow =
                SpanPredicate.ofSpan(
                        "attributes[\"n\"] > 10 and end_time - start_time > Duration(\"1s\")");
        PlacedSpan fast =
                new PlacedSpan(
                        Checkout.SPAN.under(),
                        Checkout.SPAN.within(),
                        Requests.child(new TraceId(1, 2), 3).build());

        assertThat(Asked.outcome(slow, Checkout.SPAN)).isEqualTo(true);
        assertThat(Asked.outcome(slow, fast)).isEqualTo(false);
        assertThat(Asked.outcome(slow, Checkout.SPAN)).isEqualTo(true);
        assertThat(Asked.outcome(SpanPredicate.ofSpan("IsRootSpan()"), fast)).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name == \"exception\" | false,true",
                "spanevent.name == \"retry\" | true,false",
                "span.name == \"GET /cart\" | true,true",
                "attributes[\"exception.type\"] == \"Timeout\" | false,true",
                "spanevent.attributes[\"n\"] == 1 and span.attributes[\"n\"] == 42 | true,false",
                "event_index == 1 | false,true",
                "time_unix_nano - span.start_time_unix_nano == 2 | false,true",
                "spanevent.time - span.start_time < Duration(\"2ns\") | true,false",
                "dropped_attributes_count == 8 | false,true",
                "resource.attributes[\"region\"] == \"eu-1\" and scope.version == \"1.2\" | true,true",
                "span.status.code == STATUS_CODE_ERROR and IsRootSpan() | true,true",
                "Len(attributes) == 1 | true,true",
            })
    void areAskedOfEachEvent(String condition, String expected) throws Exception {
        SpanPredicate predicate = SpanPredicate.ofSpanEvent(condition);
        List<String> outcomes = new ArrayList<>();
        Asked.of(
                Checkout.SPAN,
                (resource, scope, span) -> {
                    for (int i = 0; i < span.eventCount(); i++) {
                        outcomes.add(
                                Boolean.toString(predicate.testEvent(resource, scope, span, i)));
                    }
                });
        assertThat(String.join(",", outcomes)).isEqualTo(expected);
    }

    @Test
    void areOnlyAskedOfWhatTheyAreOn() throws Exception {
        SpanPredicate onSpans = SpanPredicate.ofSpan("true");
        SpanPredicate onEvents = SpanPredicate.ofSpanEvent("true");
        Asked.of(
                Checkout.SPAN,
                (resource, scope, span) -> {
                    assertThatThrownBy(() -> onSpans.testEvent(resource, scope, span, 0))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> onEvents.test(resource, scope, span))
                            .isInstanceOf(IllegalStateException.class);
                });
    }

    @Test
    void knowTraceStatesThatAreNone() throws Exception {
        Span span = Checkout.SPAN.span().toBuilder().setTraceState("novalue").build();
        PlacedSpan placed = new PlacedSpan(Checkout.SPAN.under(), Checkout.SPAN.within(), span);

        assertThat(Asked.outcome(SpanPredicate.ofSpan("trace_state[\"a\"] == nil"), placed))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes[\"s\"] == \"text\"",
                "attributes[\"map\"][\"inner\"][\"x\"] > 6.5 and attributes[\"missing\"] == nil",
                "resource.attributes[\"service.name\"] != \"cart\" and name == \"GET /cart\"",
                "status.code == STATUS_CODE_ERROR and kind != SPAN_KIND_CLIENT",
                "end_time_unix_nano - start_time_unix_nano > 1000000000",
                "end_time - start_time > Duration(\"1s\")",
            })
    void ofTheUsualKindMakeNoObjects(String condition) throws Exception {
        SpanPredicate predicate = SpanPredicate.ofSpan(condition);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Asked.of(
                Checkout.SPAN,
                (resource, scope, span) -> {
                    assertThat(predicate.test(resource, scope, span)).isTrue();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    int met = 0;
                    for (int i = 0; i < 10_000; i++) {
                        met += predicate.test(resource, scope, span) ? 1 : 0;
                    }
                    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                    assertThat(met).isEqualTo(10_000);
                    assertThat(allocated).isLessThan(10_000);
                });
    }

    @Test
    void rememberNoMoreThanSomePatterns() {
        List<String> made = new ArrayList<>();
        Remembered<String, String> remembered =
                new Remembered<>(
                        key -> {
                            made.add(key);
                            return key;
                        });
        for (int i = 0; i < 1000; i++) {
            assertThat(remembered.of("hot")).isEqualTo("hot");
            remembered.of("cold " + i);
        }

        assertThat(made).hasSize(1001);
        assertThat(remembered.size()).isEqualTo(128);
    }

    private static Object outcome(String condition) throws OttlException {
        return Asked.outcome(SpanPredicate.ofSpan(condition), Checkout.SPAN);
    }
}
