package io.tailrace.bench.reference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionTest {

    private static final byte[] SPAN =
            """
            {"links":[{"status":{"code":7}}],"elapsed_time":1000001,
             "status":{"code":2,"message":"no"},
             "attributes":{"status.code":3,"app.customer.tier":"enterprise"}}
            """
                    .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "status.code, EQ, 2, true",
        "status.code, EQ, 7, false",
        "status.message, EQ, no, true",
        "status.reason, EQ, no, false",
        "elapsed_time, GT, 1000000, true",
        "elapsed_time, GT, 1000001, false",
        "attributes.app.customer.tier, EQ, enterprise, true",
        "attributes.app.customer.tier, EQ, free, false",
        "attributes.status.code, EQ, 3, true",
        "statu, EQ, 2, false",
        "status.cod, EQ, 2, false",
        "missing, EQ, 2, false",
        "missing.code, EQ, 2, false"
    })
    void readsTheFieldBehindTheFirstDot(
            String key, Condition.Method method, String value, boolean met) throws IOException {
        assertThat(new Condition(key, method, value).isMetBy(SPAN)).isEqualTo(met);
    }
}
