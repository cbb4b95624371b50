package io.tailrace.jobs.control.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.util.List;

/** How a table is made of an application's data. */
public record CleaningSettings(
        @Setting(
                        value = "The table's name without the business, unique in it",
                        optional = true,
                        otherwise = "the raw data's name",
                        check = Names.class)
                String resultTableName,
        @Setting(
                        value = "The cleaning's name",
                        optional = true,
                        otherwise = "the table's name",
                        check = Names.class)
                String name,
        @Setting(value = "What people read of it", optional = true, otherwise = "the table's name")
                String alias,
        @Setting(
                        value = "The rules of the platform, JSON in a text",
                        optional = true,
                        otherwise = "rules for spans as bk_json")
                String jsonConfig,
        @Setting(
                        value = "The table's fields, in their order",
                        optional = true,
                        otherwise = "the columns of spans, and their dimensions")
                List<Field> fields)
        implements Checked {

    /** A column. */
    public record Field(
            @Setting("Its name") String name,
            @Setting(value = "Its type with the platform", defaultsTo = "string") String type,
            @Setting(value = "What people read of it", optional = true, otherwise = "its name")
                    String alias,
            @Setting(value = "Whether it is a dimension", defaultsTo = "false")
                    boolean dimension) {}

    @Override
    public void check(Problems problems) {
        if ((jsonConfig == null) == !fields.isEmpty()) {
            problems.expected(
                    jsonConfig == null ? "fields" : "json_config", "both json_config and fields");
        }
        if (jsonConfig != null) {
            try {
                if (!new ObjectMapper().readTree(jsonConfig).isObject()) {
                    problems.expected("json_config", "a JSON object");
                }
            } catch (JsonProcessingException wrong) {
                problems.expected("json_config", "JSON: " + wrong.getOriginalMessage());
            }
        }
    }
}
