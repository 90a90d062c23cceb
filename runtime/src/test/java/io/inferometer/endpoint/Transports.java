package io.inferometer.endpoint;

/** The transports that there are, for tests that hold for each of them. */
enum Transports {
    JDK {
        @Override
        Transport open() {
            return new JdkTransport(System::nanoTime);
        }
    };

    /** A new one, without connections. */
    abstract Transport open();
}
