package io.inferometer.cluster.wire;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What proves that one knows a secret, and asks it of others: an Ed25519 key that PBKDF2 makes of the secret, so that all
 * who know it have the same one. Both ends of a TLS 1.3 connection show it, and trust it alone: who does not know the
 * secret comes no further than that, and TLS does the rest, encryption, order and freshness.
 *
 * <p>The secret can be guessed by trying, at a server that shows its public key; that takes as many rounds for each try as
 * it takes here, which is why a secret has to be long.
 */
public final class Identity {
    /** The one protocol version: before it certificates travel in the clear. */
    static final String TLS = "TLSv1.3";

    /** OWASP's least for SHA-512; a fifth of a second. */
    private static final int ROUNDS = 210_000;

    private static final int SEED_BITS = 256;
    private static final byte[] SALT = "inferometer cluster 1".getBytes(StandardCharsets.US_ASCII);
    private static final String ALIAS = "cluster";

    private final KeyPair key;
    private final X509Certificate certificate;
    private final SSLContext context;

    private Identity(KeyPair key) throws GeneralSecurityException {
        this.key = key;
        certificate = SelfSigned.of(key);
        context = SSLContext.getInstance(TLS);
        context.init(new KeyManager[] {new OwnKey()}, new TrustManager[] {new SameKey()}, null);
    }

    /** Whoever knows a secret. */
    public static Identity of(String secret) {
        try {
            byte[] seed = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(secret.toCharArray(), SALT, ROUNDS, SEED_BITS))
                    .getEncoded();
            return new Identity(pair(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks what TLS 1.3 by a secret takes: " + e.getMessage(), e);
        }
    }

    /** A private key of Ed25519 is any 32 bytes; the JDK makes the public one only while it draws a pair. */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Drawn(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] drawn = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(drawn, seed)) {
            throw new GeneralSecurityException("its Ed25519 keys are not what was drawn for them");
        }
        return pair;
    }

    /** Makes sockets that show this and ask for it. */
    SSLContext context() {
        return context;
    }

    /** A random source that draws what is given to it. */
    private static final class Drawn extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Drawn(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /** Shows the one key, whoever asks. */
    private final class OwnKey extends X509ExtendedKeyManager {
        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key.getPrivate();
        }
    }

    /** Trusts the one key; that the other end holds it TLS makes sure of. */
    private final class SameKey extends X509ExtendedTrustManager {
        private void check(X509Certificate... chain) throws CertificateException {
            PublicKey shown = chain.length == 1 ? chain[0].getPublicKey() : null;
            if (!key.getPublic().equals(shown)) {
                throw new OtherSecret();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The other end has another secret. */
    static final class OtherSecret extends CertificateException {
        private static final long serialVersionUID = 1L;

        OtherSecret() {
            super("it has another secret");
        }
    }
}
