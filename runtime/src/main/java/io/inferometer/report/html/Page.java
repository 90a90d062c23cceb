package io.inferometer.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * One file: markup, style, script and data. Nothing else is loaded, and the page itself forbids it: its policy allows but the
 * scripts and the style that it has, by their hashes, and no connection. What comes from an endpoint is in the data alone,
 * which is no script, and the script writes it as text.
 */
final class Page {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static {
        JSON.getFactory().setCharacterEscapes(new NoMarkup());
    }

    private Page() {}

    static byte[] of(JsonNode data) {
        return page("", "The page holds everything that it shows, and loads nothing.", "", "", json(data));
    }

    /** The page of a run that is on: it asks whoever served it for all that it shows, and nobody else. */
    static byte[] live() {
        return page(
                "; connect-src 'self'",
                "The page shows a run while it goes on; the report at its end can be kept.",
                resource("live.html"),
                resource("live.js"),
                "null");
    }

    private static byte[] page(String policy, String about, String strip, String live, String data) {
        String style = resource("uplot.css") + resource("page.css");
        String library = resource("uplot.js");
        String script = resource("page.js");
        List<String> scripts = live.isEmpty() ? List.of(library, script) : List.of(library, script, live);
        String page = resource("page.html")
                .replace("{policy}", policy(policy, style, scripts))
                .replace("{style}", style)
                .replace("{strip}", strip)
                .replace("{about}", about)
                .replace("{licence}", resource("uplot-LICENSE.txt").strip())
                .replace("{library}", library)
                .replace("{script}", script)
                .replace("{live}", live.isEmpty() ? "" : "<script>" + live + "</script>\n")
                .replace("{data}", data);
        return page.getBytes(StandardCharsets.UTF_8);
    }

    private static String policy(String more, String style, List<String> scripts) {
        StringBuilder policy = new StringBuilder("default-src 'none'; base-uri 'none'; form-action 'none'; style-src ");
        policy.append(hash(style)).append("; script-src");
        for (String script : scripts) {
            policy.append(' ').append(hash(script));
        }
        return policy.append(more).toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** As it may stand in a script element, on one line. */
    static String json(JsonNode data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Escapes what could end the element that the data stand in, or begin another. */
    private static final class NoMarkup extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char markup : new char[] {'<', '>', '&', '\''}) {
                codes[markup] = ESCAPE_STANDARD;
            }
            return codes;
        }

        @Override
        public SerializedString getEscapeSequence(int character) {
            return null;
        }
    }
}
