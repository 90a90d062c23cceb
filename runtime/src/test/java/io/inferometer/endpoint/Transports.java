package io.inferometer.endpoint;

import io.inferometer.endpoint.nio.NioTransport;

/** The transports that there are, for tests that hold for each of them. */
enum Transports {
    JDK {
        @Override
        Transport open() {
            return new JdkTransport(System::nanoTime);
        }
    },
    NIO {
        @Override
        Transport open() {
            return new NioTransport(System::nanoTime);
        }
    };

    /** A new one, without connections. */
    abstract Transport open();
}
