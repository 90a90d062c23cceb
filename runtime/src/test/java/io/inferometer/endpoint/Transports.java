package io.inferometer.endpoint;

import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** The transports that there are, for tests that hold for each of them. */
enum Transports {
    JDK {
        @Override
        Transport open(LongSupplier clock) {
            return new JdkTransport(clock);
        }

        @Override
        Transport open(SSLContext tls) {
            return new JdkTransport(System::nanoTime, tls);
        }
    },
    NIO {
        @Override
        Transport open(LongSupplier clock) {
            return new NioTransport(clock);
        }

        @Override
        Transport open(SSLContext tls) {
            return new NioTransport(System::nanoTime, tls);
        }
    };

    /** A new one, without connections. */
    Transport open() {
        return open(System::nanoTime);
    }

    /** A new one, that takes its stamps by this clock. */
    abstract Transport open(LongSupplier clock);

    /** A new one, whose encrypted connections are of this context. */
    abstract Transport open(SSLContext tls);
}
