package io.inferometer.cli;

import io.inferometer.plan.Plan;
import io.inferometer.report.Report;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is run.
 *
 * @param plan the plan
 * @param environment a variable's value by its name, null where it is unset
 * @param report is told what happens
 * @param arguments the command line, without the subcommand's name; forks are started with it
 * @param forked whether this process is itself a fork of a run
 */
record Launch(Plan plan, UnaryOperator<String> environment, Report report, List<String> arguments, boolean forked) {}
