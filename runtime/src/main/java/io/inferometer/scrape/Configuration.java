package io.inferometer.scrape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a server says of how it is set, with what may be a secret masked. */
final class Configuration {
    /** More of one path would make journals large and tell nobody anything. */
    private static final int LONGEST = 64 << 10;

    private static final String MASK = "***";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /** The end of a name of a secret: {@code api_key}, {@code hfToken}; not {@code tokenizer} nor {@code max_tokens}. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(^|.*[^a-z])(key|token|secret|password|passwd|credentials?|auth|authorization)|"
                    + ".*(apikey|accesskey|secretkey)|(?-i:.*[a-z](Key|Token|Secret|Password|Auth))");

    /** The same in a text that is no JSON, as {@code api_key='x'}. */
    private static final Pattern SECRET_IN_TEXT = Pattern.compile(
            "(?i)((?:api[_-]?|access[_-]?|secret[_-]?|admin[_-]?|hf[_-]?)(?:key|token)|password|secret|authorization)"
                    + "(['\"]?\\s*[=:]\\s*)(?!None\\b|null\\b)(?:'[^']*'|\"[^\"]*\"|[^\\s,)}\\]]+)");

    /** An option of a command line whose value, a word behind it, is one: {@code --api-key}. */
    private static final String OPTION = "(?i)--[a-z_-]*?"
            + "(?:(?:api|access|secret|admin|hf|auth)[_-]?(?:key|token)|password|secret|authorization)s?";

    private static final Pattern SECRET_OPTION = Pattern.compile(OPTION);

    private static final Pattern SECRET_OPTION_IN_TEXT =
            Pattern.compile("(" + OPTION + "['\"]?,?\\s+)(?!-)(?:'[^']*'|\"[^\"]*\"|[^\\s,)}\\]]+)");

    private Configuration() {}

    /**
     * Asks a server of some engines for it; never completes with an exception.
     *
     * @param redact takes out of a text what must not be shown
     * @return by path, of those that answered with a JSON object
     */
    static CompletableFuture<Map<String, Object>> of(
            PageAddress page, List<Engine> engines, Gets gets, UnaryOperator<String> redact) {
        List<String> paths = engines.stream()
                .flatMap(engine -> engine.configuration().stream())
                .distinct()
                .toList();
        Map<String, CompletableFuture<Gets.Got>> asked = new LinkedHashMap<>();
        paths.forEach(path -> asked.put(path, gets.get(page.at(path), "application/json")));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<String, Object> told = new LinkedHashMap<>();
                    asked.forEach((path, got) -> {
                        Map<String, Object> said = read(got.join().text(), redact);
                        if (!said.isEmpty()) {
                            told.put(path.split("\\?", 2)[0], said);
                        }
                    });
                    return told;
                });
    }

    /** What a text says that is a JSON object, masked; nothing of any other. */
    static Map<String, Object> read(String text, UnaryOperator<String> redact) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Map.of();
        }
        try {
            Map<String, Object> said = JSON.readValue(text, MAP);
            return said == null ? Map.of() : object(said, redact);
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private static Map<String, Object> object(Map<?, ?> said, UnaryOperator<String> redact) {
        Map<String, Object> masked = new LinkedHashMap<>();
        said.forEach((name, value) -> masked.put(
                redact.apply(name.toString()), hides(name.toString(), value) ? MASK : masked(value, redact)));
        return masked;
    }

    private static boolean hides(String name, Object value) {
        boolean tells = value instanceof String text ? !text.isEmpty() : value instanceof List || value instanceof Map;
        return tells && SECRET.matcher(name).matches();
    }

    private static Object masked(Object value, UnaryOperator<String> redact) {
        if (value instanceof Map<?, ?> map) {
            return object(map, redact);
        }
        if (value instanceof List<?> list) {
            return list(list, redact);
        }
        return value instanceof String text ? redact.apply(text(text)) : value;
    }

    private static String text(String text) {
        String masked = SECRET_IN_TEXT.matcher(text).replaceAll("$1$2" + MASK);
        return SECRET_OPTION_IN_TEXT.matcher(masked).replaceAll("$1" + MASK);
    }

    /** A list may be a command line, word by word. */
    private static List<Object> list(List<?> words, UnaryOperator<String> redact) {
        List<Object> masked = new ArrayList<>();
        boolean secret = false;
        for (Object word : words) {
            boolean option = !(word instanceof String text) || text.startsWith("-");
            masked.add(secret && !option ? MASK : masked(word, redact));
            secret = option
                    ? word instanceof String text && SECRET_OPTION.matcher(text).matches()
                    : secret;
        }
        return masked;
    }
}
