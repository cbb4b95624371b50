package io.tailrace.operators.serialization;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/** Every serializer keeps Flink's contract for serializers, as Flink's own test of it says. */
class SerializersTest {

    @TestFactory
    Stream<DynamicContainer> everySerializerKeepsTheContract() {
        return Samples.all().stream()
                .map(samples -> DynamicContainer.dynamicContainer(samples.name(), tests(samples)));
    }

    private static <T> Stream<DynamicTest> tests(Samples<T> samples) {
        return Arrays.stream(SerializerTestBase.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(org.junit.jupiter.api.Test.class))
                .filter(method -> !method.getName().equals("testInstantiate"))
                .map(method -> DynamicTest.dynamicTest(method.getName(), run(method, samples)));
    }

    private static <T> Executable run(Method method, Samples<T> samples) {
        return () -> {
            method.setAccessible(true);
            try {
                method.invoke(new Contract<>(samples));
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        };
    }

    /** Values are never made empty, so the test of that is left out above. */
    private static final class Contract<T> extends SerializerTestBase<T> {
        private final Samples<T> samples;

        Contract(Samples<T> samples) {
            this.samples = samples;
        }

        @Override
        protected TypeSerializer<T> createSerializer() {
            return samples.serializer();
        }

        @Override
        protected int getLength() {
            return samples.serializer().getLength();
        }

        @Override
        protected Class<T> getTypeClass() {
            return samples.type();
        }

        @Override
        @SuppressWarnings("unchecked")
        protected T[] getTestData() {
            return samples.values()
                    .toArray(
                            (T[])
                                    java.lang.reflect.Array.newInstance(
                                            samples.type(), samples.values().size()));
        }
    }
}
