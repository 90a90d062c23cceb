package io.inferometer.simulator;

/** An answer on its way to the client. Confined to the connection's event loop. */
interface Answer extends Generation.Sink {
    /** Sends what comes before the first token. */
    void start();

    /** The connection takes bytes again. */
    void resume();
}
