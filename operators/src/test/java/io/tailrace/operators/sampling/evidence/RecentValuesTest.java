package io.tailrace.operators.sampling.evidence;

import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.SpanView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RecentValuesTest {

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 128})
    void answerAsTheQuestionDoesWhateverCameBefore(int most) throws Exception {
        RecentValues recent = new RecentValues(most, this::isEven);
        Random random = new Random(most);
        for (int i = 0; i < 5000; i++) {
            String text = "订单 ".repeat(random.nextInt(300)) + random.nextInt(50);

            assertThat(recent.test(found(text))).as(text).isEqualTo(isEven(text));
        }
    }

    @Test
    void askOnlyOnceOfTextsThatComeAgain() throws Exception {
        RecentValues recent = new RecentValues(128, this::isEven);
        List<String> few = List.of("", "a", "ab", "/cart", "/cart/checkout", "/product/{id}");
        for (int i = 0; i < 100; i++) {
            for (String text : few) {
                recent.test(found(text));
            }
        }

        assertThat(asked).containsExactlyElementsOf(few);
    }

    @Test
    void forgetTheTextThatWasAskedForLongestAgo() throws Exception {
        RecentValues recent = new RecentValues(3, this::isEven);
        for (String text : List.of("a", "b", "c", "a", "d", "a", "c", "d", "b")) {
            recent.test(found(text));
        }

        assertThat(asked).containsExactly("a", "b", "c", "d", "b");
    }

    @Test
    void rememberNoLongTexts() throws Exception {
        RecentValues recent = new RecentValues(8, this::isEven);
        String text = "a".repeat(1000);
        recent.test(found(text));
        recent.test(found(text));

        assertThat(asked).containsExactly(text, text);
    }

    private boolean isEven(String text) {
        asked.add(text);
        return text.hashCode() % 2 == 0;
    }

    private static Attributes found(String text) throws Exception {
        byte[] span =
                Requests.span(new TraceId(1, 1), 1)
                        .addAttributes(Requests.attribute("key", text))
                        .build()
                        .toByteArray();
        Attributes attributes = new SpanView().read(span, 0, span.length).attributes();
        assertThat(attributes.find("key".getBytes(StandardCharsets.UTF_8))).isTrue();
        return attributes;
    }
}
