package io.inferometer.corpus.tokenizer;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tokenizer of OpenAI's family. The library encodes ordinary text and refuses that of special tokens, so text is
 * split at special tokens first.
 */
final class BytePairTokenizer implements Tokenizer {
    /** The text of every special token contains it. */
    private static final String SPECIAL_MARK = "<|";

    private final String name;
    private final Encoding encoding;
    private final int ordinarySize;
    private final NavigableMap<Integer, String> specialTexts;
    private final Map<String, Integer> specialIds;
    private final Pattern specials;

    /**
     * @param ordinarySize ids below it are ordinary
     * @param specialTexts the special tokens, by id
     */
    BytePairTokenizer(String name, Encoding encoding, int ordinarySize, Map<Integer, String> specialTexts) {
        this.name = name;
        this.encoding = encoding;
        this.ordinarySize = ordinarySize;
        this.specialTexts = new TreeMap<>(specialTexts);
        this.specialIds = new HashMap<>();
        this.specialTexts.forEach((id, text) -> specialIds.put(text, id));
        this.specials = Pattern.compile(String.join(
                "|", specialIds.keySet().stream().map(Pattern::quote).toList()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int vocabularySize() {
        return specialTexts.lastKey() + 1;
    }

    @Override
    public boolean ordinary(int id) {
        return id >= 0 && id < ordinarySize;
    }

    @Override
    public int[] encode(String text) {
        return text.contains(SPECIAL_MARK)
                ? encodeParts(text).toArray()
                : encoding.encodeOrdinary(text).toArray();
    }

    @Override
    public int count(String text) {
        return text.contains(SPECIAL_MARK) ? encodeParts(text).size() : encoding.countTokensOrdinary(text);
    }

    @Override
    public String decode(int... ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 6);
        IntArrayList run = new IntArrayList(ids.length);
        for (int id : ids) {
            if (ordinary(id)) {
                run.add(id);
                continue;
            }
            String special = specialTexts.get(id);
            if (special == null) {
                throw new IllegalArgumentException("the tokenizer " + name + " has no token " + id);
            }
            bytes.writeBytes(encoding.decodeBytes(run));
            bytes.writeBytes(special.getBytes(StandardCharsets.UTF_8));
            run.clear();
        }
        bytes.writeBytes(encoding.decodeBytes(run));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean splitsBeforeWords() {
        return true;
    }

    @Override
    public String toString() {
        return name;
    }

    private IntArrayList encodeParts(String text) {
        IntArrayList ids = new IntArrayList();
        Matcher special = specials.matcher(text);
        int from = 0;
        while (special.find()) {
            addOrdinary(text.substring(from, special.start()), ids);
            ids.add(specialIds.get(special.group()));
            from = special.end();
        }
        addOrdinary(text.substring(from), ids);
        return ids;
    }

    private void addOrdinary(String text, IntArrayList ids) {
        IntArrayList more = encoding.encodeOrdinary(text);
        for (int i = 0; i < more.size(); i++) {
            ids.add(more.get(i));
        }
    }
}
