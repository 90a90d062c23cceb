package io.inferometer.workload;

/** When requests are sent: exactly one of these a trial. */
public sealed interface Load permits ClosedLoop, OpenLoop, AllAtOnce {}
