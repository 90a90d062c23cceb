package io.inferometer.plan.resolve;

/** Where a value comes from, the one that gives way first. */
enum Layer {
    ANNOTATION,
    VARIABLE,
    OPTION
}
