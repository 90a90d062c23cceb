package io.inferometer.endpoint.nio;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** An engine of TLS 1.3 behind its handshake, which has records of its own to send, or does nothing. */
final class ScriptedEngine extends SSLEngine {
    /** How long each of its records is. */
    static final int RECORD = 1_000;

    /** How many records it wants to send. */
    int toSay;
    /** What it answers when it has none. */
    Status wraps = Status.OK;

    /** A context of which every connection has this engine. */
    SSLContext context() {
        return new SSLContext(new OneEngine(this), null, "scripted") {};
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer to) {
        if (toSay == 0) {
            return new SSLEngineResult(wraps, getHandshakeStatus(), 0, 0);
        }
        toSay--;
        for (int i = 0; i < RECORD; i++) {
            to.put((byte) 'k');
        }
        return new SSLEngineResult(Status.OK, getHandshakeStatus(), 0, RECORD);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) {
        int taken = from.remaining();
        from.position(from.limit());
        return new SSLEngineResult(Status.OK, getHandshakeStatus(), taken, 0);
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return toSay > 0 ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public SSLSession getSession() {
        return (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SSLSession.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getProtocol")) {
                        return "TLSv1.3";
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class OneEngine extends SSLContextSpi {
        private final SSLEngine engine;

        OneEngine(SSLEngine engine) {
            this.engine = engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return engine;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return null;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return null;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return null;
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return null;
        }
    }

    // What nobody asks.

    @Override
    public Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public void closeInbound() {}

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isOutboundDone() {
        return false;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void beginHandshake() {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
