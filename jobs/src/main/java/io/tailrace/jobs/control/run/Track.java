package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.step.Step;

import java.util.List;

/**
 * Steps of which each needs those before it. Where one fails, the rest of its track is left out,
 * and other tracks go on.
 *
 * @param needsSource whether its steps need the application's source
 * @param runs whether what it is about runs, and can be stopped
 */
record Track(boolean needsSource, boolean runs, List<Step> steps) {}
