package io.inferometer.processor.declaration;

/**
 * A mistake in a declaration.
 *
 * @param site where it is
 * @param message the rule's id in brackets, the rule, the offending value, the reason and the likely fix
 */
record Problem(Site site, String message) {}
