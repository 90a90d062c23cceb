package io.inferometer.endpoint.nio;

import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Makes the client's side of encrypted connections. May be used by any thread. */
final class Tls {
    private final Supplier<SSLContext> source;
    private SSLContext context;

    /**
     * With the certificates that a context trusts.
     *
     * @param source gives the context; asked once, when the first encrypted connection is made
     */
    Tls(Supplier<SSLContext> source) {
        this.source = source;
    }

    /** The JVM's own context, which {@code javax.net.ssl} properties configure. */
    static SSLContext ofJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    /** One connection's TLS, at the start of its handshake. The certificate's name must be the host's, which is told to the endpoint too. */
    SSLEngine engine(String host, int port) throws SSLException {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        return engine;
    }

    private synchronized SSLContext context() {
        if (context == null) {
            context = source.get();
        }
        return context;
    }
}
