package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

/** What routes ask of data. */
public record FilterSpec(
        @Setting(value = "Its name, by which routes know it", check = Names.class) String name,
        @Setting(value = "Which field is looked at, from 0", least = 0) int fieldIndex,
        @Setting(value = "The field's type", defaultsTo = "string") DataType fieldDataType,
        @Setting("The value that it must have") String fieldDataValue,
        @Setting(value = "What separates fields", defaultsTo = "|") String fieldSeparator,
        @Setting(value = "Where fields are", defaultsTo = "data") Place fieldIn)
        implements Checked {

    /** The type of a field. */
    public enum DataType {
        INT,
        STRING,
        BYTES
    }

    /** Where fields are. */
    public enum Place {
        PROTOCOL,
        DATA
    }

    @Override
    public void check(Problems problems) {
        if (fieldDataType == DataType.INT && !fieldDataValue.matches("-?[0-9]{1,18}")) {
            problems.expected("field_data_value", "a whole number, as the field is an int");
        }
    }
}
