package io.tailrace.jobs.testing;

import io.tailrace.broker.KafkaBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one broker of their JVM, started for the first and stopped after the last. */
public final class KafkaExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public KafkaBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(KafkaExtension.class))
                .getOrComputeIfAbsent(KafkaBroker.class, type -> start(), KafkaBroker.class);
    }

    private static KafkaBroker start() {
        try {
            return new KafkaBroker();
        } catch (Exception failure) {
            throw new ParameterResolutionException("No broker", failure);
        }
    }
}
