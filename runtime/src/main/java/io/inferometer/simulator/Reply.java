package io.inferometer.simulator;

/** What the API makes of a request: a response that can be sent at once, or an answer to be generated. */
sealed interface Reply permits Response, Order {}
