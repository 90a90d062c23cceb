package io.inferometer.endpoint;

import io.inferometer.endpoint.nio.NioTransport;
import javax.net.ssl.SSLContext;

/** The transports that there are, for tests that hold for each of them. */
enum Transports {
    JDK {
        @Override
        Transport open() {
            return new JdkTransport(System::nanoTime);
        }

        @Override
        Transport open(SSLContext tls) {
            return new JdkTransport(System::nanoTime, tls);
        }
    },
    NIO {
        @Override
        Transport open() {
            return new NioTransport(System::nanoTime);
        }

        @Override
        Transport open(SSLContext tls) {
            return new NioTransport(System::nanoTime, tls);
        }
    };

    /** A new one, without connections. */
    abstract Transport open();

    /** A new one, whose encrypted connections are of this context. */
    abstract Transport open(SSLContext tls);
}
