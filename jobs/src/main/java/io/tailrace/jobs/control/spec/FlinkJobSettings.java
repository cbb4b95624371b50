package io.tailrace.jobs.control.spec;

import io.tailrace.jobs.http.BaseUrl;
import io.tailrace.operators.settings.Setting;

import java.nio.file.Path;

/** A job that is submitted to a Flink cluster. */
public record FlinkJobSettings(
        @Setting(
                        value = "The address of the cluster's REST API, such as http://HOST:8081",
                        check = BaseUrl.class)
                String url,
        @Setting(value = "The job's spec, sent with it", exists = true) Path spec,
        @Setting(
                        value = "The jar with the job",
                        optional = true,
                        otherwise = "the one that this program runs from")
                Path jar,
        @Setting(
                        value = "Where savepoints are put, as the cluster knows it",
                        optional = true,
                        otherwise = "where the cluster puts them by itself")
                String savepoints,
        @Setting(
                        value = "The parallelism",
                        optional = true,
                        otherwise = "that of the spec, or the cluster's",
                        least = 1)
                Integer parallelism) {}
