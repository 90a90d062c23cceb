package io.inferometer.load.session;

/** When sessions begin. */
interface Beginnings {
    /** How many sessions may live at the same time, about. */
    int mostLive();

    /**
     * Begins sessions; returns when it will begin none but those that follow others.
     *
     * @param start when the iteration began
     * @param end when nothing more is begun
     */
    void run(SessionDispatcher dispatcher, long start, long end) throws InterruptedException;

    /** A session is over. */
    void over(SessionDispatcher dispatcher, SessionTree tree);

    /** A session has become ready, or there will be no more, or nothing more is to be begun. */
    void goOn(SessionDispatcher dispatcher);

    /** Has {@link #run} look whether anything more is to be begun. */
    void wake();

    /** How many sessions were held back by a cap on those that live. */
    long heldByCap();
}
