package io.inferometer.workload.binding;

import io.inferometer.annotations.Setting;

/**
 * An environment variable that sets an option.
 *
 * @param name the variable
 * @param sets the option
 */
public record EnvSpec(String name, Setting sets) {}
