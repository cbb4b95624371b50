package io.tailrace.sinks.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.sql.SQLException;

/**
 * Gives tests the one server of their JVM, started for the first and stopped after the last, or an
 * empty database of it.
 */
public final class PostgresExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == PostgresServer.class || type == PostgresDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PostgresServer server =
                context.getRoot()
                        .getStore(Namespace.create(PostgresExtension.class))
                        .getOrComputeIfAbsent(
                                PostgresServer.class, type -> start(), PostgresServer.class);
        return parameter.getParameter().getType() == PostgresServer.class
                ? server
                : database(server);
    }

    private static PostgresServer start() {
        try {
            return new PostgresServer();
        } catch (Exception failure) {
            throw new ParameterResolutionException("No PostgreSQL", failure);
        }
    }

    private static PostgresDatabase database(PostgresServer server) {
        try {
            return server.database();
        } catch (SQLException failure) {
            throw new ParameterResolutionException("No database", failure);
        }
    }
}
