package io.inferometer.simulator.http;

/** The same bytes many times over, as fast as the client takes them, whatever comes due meanwhile. */
final class Flood implements AnswerBody {
    /** As many times as the connection lives. */
    static final int FOREVER = Integer.MAX_VALUE;

    private final ClientConnection connection;
    private final byte[] bytes;
    private final Runnable then;
    private int left;
    private boolean writing;

    /**
     * @param times how many times they are sent
     * @param then called after the last time
     */
    Flood(ClientConnection connection, byte[] bytes, int times, Runnable then) {
        this.connection = connection;
        this.bytes = bytes;
        this.left = times;
        this.then = then;
    }

    @Override
    public void start() {
        resume();
    }

    @Override
    public void resume() {
        if (writing) {
            return; // a write tells that there is room again before it returns
        }
        writing = true;
        while (left > 0 && connection.writable()) {
            left -= left == FOREVER ? 0 : 1;
            connection.send(connection.buffer(bytes.length).writeBytes(bytes));
        }
        writing = false;
        if (left == 0) {
            left = -1;
            then.run();
        }
    }

    @Override
    public void due(int events, int tokens, boolean last) {
        // Nobody is told.
    }
}
