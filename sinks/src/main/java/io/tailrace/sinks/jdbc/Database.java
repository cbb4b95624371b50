package io.tailrace.sinks.jdbc;

import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

import javax.sql.DataSource;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A schema of a PostgreSQL database, and the way there. */
public final class Database implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String APPLICATION = "tailrace";

    private final JdbcSinkSettings settings;

    public Database(JdbcSinkSettings settings) {
        this.settings = settings;
    }

    /** Makes connections in which statements of a batch are sent together. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName(APPLICATION);
        source.setConnectTimeout(seconds(settings.connectTimeout()));
        source.setLoginTimeout(seconds(settings.connectTimeout()));
        source.setSocketTimeout(seconds(settings.socketTimeout()));
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        return source;
    }

    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    /** As users know it: the URL without parameters, which may name files and keys. */
    public String address() {
        return settings.address();
    }

    /** The same for two ways to write one database and schema, as far as can be told by name. */
    public String place() {
        Properties parts = Driver.parseURL(settings.url(), null);
        String database =
                parts == null
                        ? address()
                        : "%s:%s/%s"
                                .formatted(
                                        parts.getProperty("PGHOST"),
                                        parts.getProperty("PGPORT"),
                                        parts.getProperty("PGDBNAME"));
        return database + ' ' + schema();
    }

    public String user() {
        return settings.user();
    }

    public String schema() {
        return settings.schema();
    }

    /** A table's name for SQL, whatever the connection's search path is. */
    public String qualified(String table) {
        return '"' + settings.schema() + "\".\"" + table + '"';
    }

    /** The schema and its database, to name them in a message. */
    @Override
    public String toString() {
        return "schema " + schema() + " of " + address();
    }
}
