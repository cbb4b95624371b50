package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.evidence.AttributeCondition;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.ResourceView;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A test of one attribute's value, wherever the attribute may be. */
@FunctionalInterface
interface AttributeTest {

    /** Asked of the value that was found. */
    boolean on(Attributes value);

    /** Asked of a value of a resource. */
    default boolean onResource(Attributes value) {
        return on(value);
    }

    /**
     * A condition that some attribute of this key passes a test.
     *
     * @param type names the test, together with the parameters
     */
    static TraceCondition some(
            Compilation compilation,
            String type,
            String key,
            List<?> parameters,
            AttributeTest test) {
        List<String> names = compilation.names(key);
        List<Object> all = new ArrayList<>(List.of(names.size()));
        all.addAll(names);
        all.addAll(parameters);
        byte[][] keys =
                names.stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        int bit = compilation.conditions().bit(type, all, new Found(keys, test));
        return known -> known.growing(known.evidence().has(bit));
    }

    /** That an attribute of one of these keys is there and passes. */
    record Found(byte[][] keys, AttributeTest test) implements AttributeCondition {
        @Override
        public boolean on(Attributes attributes) {
            for (byte[] key : keys) {
                if (attributes.find(key) && test.on(attributes)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean onResource(ResourceView resource) {
            Attributes attributes = resource.attributes();
            for (byte[] key : keys) {
                if (attributes.find(key) && test.onResource(attributes)) {
                    return true;
                }
            }
            return false;
        }
    }
}
