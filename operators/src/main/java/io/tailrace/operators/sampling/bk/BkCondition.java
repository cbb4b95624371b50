package io.tailrace.operators.sampling.bk;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Spelled;
import io.tailrace.operators.span.semconv.Semconv;

import java.io.Serializable;
import java.util.List;

/** One of BlueKing's sampling conditions: what a field of a span must be. */
public record BkCondition(
        @Setting(
                        value =
                                "How it is joined to those before it; AND binds tighter than OR, and the"
                                        + " first one's is ignored",
                        defaultsTo = "AND")
                Join condition,
        @Setting(
                        "A field of the span, such as elapsed_time, or a member of one behind the first"
                                + " dot, such as attributes.http.status_code")
                String key,
        @Setting("What is asked of it; a field that is not there answers no to each") Method method,
        @Setting(
                        value =
                                "The values: texts for eq and neq, regular expressions (RE2) of the whole"
                                        + " text for reg and nreg, numbers for the others",
                        least = 1)
                List<String> value)
        implements Checked, Serializable {

    /** How conditions are joined. */
    public enum Join implements Spelled {
        AND,
        OR;

        @Override
        public String spelling() {
            return name();
        }
    }

    /** What is asked of a field. */
    public enum Method {
        /** Its text is one of the values. */
        EQ,
        /** Its text is none of the values. */
        NEQ,
        /** Its whole text matches one of the values. */
        REG,
        /** Its whole text matches none of the values. */
        NREG,
        /** It is a number greater than the largest of the values. */
        GT,
        /** It is a number, and the largest of the values or greater. */
        GTE,
        /** It is a number less than the smallest of the values. */
        LT,
        /** It is a number, and the smallest of the values or less. */
        LTE
    }

    @Override
    public void check(Problems problems) {
        if (SpanField.of(key, Semconv.AS_WRITTEN) == null) {
            problems.expected("key", SpanField.EXPECTED);
        }
        for (int i = 0; i < value.size(); i++) {
            String expected = expectedInsteadOf(value.get(i));
            if (expected != null) {
                problems.expected("value[%d]".formatted(i), expected);
            }
        }
    }

    /** Null where the value is as it should be. */
    private String expectedInsteadOf(String each) {
        return switch (method) {
            case EQ, NEQ -> null;
            case REG, NREG -> {
                try {
                    Pattern.compile(each);
                    yield null;
                } catch (PatternSyntaxException wrong) {
                    yield "a regular expression (RE2): " + wrong.getDescription();
                }
            }
            case GT, GTE, LT, LTE -> FieldNumber.of(each) == null ? "a number" : null;
        };
    }
}
