package io.inferometer.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes plain sentences, of a number of pieces that is asked for. A piece is a word with the space before it, or a
 * mark; each is one token in the built-in tokenizers.
 */
final class Sentences {
    /** The fewest pieces that make a sentence. */
    static final int FEWEST = 4;

    private static final Map<String, String[]> SLOTS = Map.of(
            "NOUN", Words.NOUNS,
            "ADJECTIVE", Words.ADJECTIVES,
            "ACT", Words.ACTS,
            "DEED", Words.DEEDS,
            "ADVERB", Words.ADVERBS,
            "PREPOSITION", Words.PREPOSITIONS);

    /** Of every length from the fewest to the most, so that any number of pieces is a number of whole sentences. */
    private static final List<Template> TEMPLATES = List.of(
            template("The NOUN ACT ."),
            template("The ADJECTIVE NOUN ACT ."),
            template("The ADJECTIVE NOUN ACT ADVERB ."),
            template("The NOUN ACT PREPOSITION the NOUN ."),
            template("The NOUN DEED the ADJECTIVE NOUN ."),
            template("Every ADJECTIVE NOUN DEED the ADJECTIVE NOUN ."),
            template("One NOUN ACT PREPOSITION the ADJECTIVE NOUN ."),
            template("The ADJECTIVE NOUN ACT PREPOSITION the ADJECTIVE NOUN ."),
            template("When the NOUN ACT , the NOUN ACT ADVERB ."),
            template("No NOUN ACT ADVERB before the ADJECTIVE NOUN ACT ."),
            template("And the NOUN that DEED the NOUN ACT ADVERB ."),
            template("But the NOUN PREPOSITION the NOUN DEED the ADJECTIVE NOUN ."),
            template("After the NOUN ACT , each NOUN ACT PREPOSITION the NOUN ."),
            template("If the ADJECTIVE NOUN ACT ADVERB , the NOUN DEED the NOUN ."),
            template("While the NOUN ACT , the ADJECTIVE NOUN DEED the ADJECTIVE NOUN ."));

    /** The templates of a length; the index is the length. */
    private static final List<List<Template>> BY_LENGTH = byLength();

    private static final int MOST = BY_LENGTH.size() - 1;

    private final Mt19937 random;

    /** @param random draws every choice */
    Sentences(Mt19937 random) {
        this.random = random;
    }

    /**
     * Adds whole sentences, a space before each.
     *
     * @param pieces how many pieces, at least {@link #FEWEST}
     */
    void write(StringBuilder text, int pieces) {
        int left = pieces;
        while (left > 0) {
            Template template = left <= MOST ? one(BY_LENGTH.get(left)) : one(TEMPLATES, left - FEWEST);
            template.write(text, random);
            left -= template.pieces.size();
        }
    }

    private Template one(List<Template> templates) {
        return templates.get(random.nextInt(0, templates.size() - 1));
    }

    private Template one(List<Template> templates, int mostPieces) {
        Template drawn = one(templates);
        while (drawn.pieces.size() > mostPieces) {
            drawn = one(templates);
        }
        return drawn;
    }

    private static Template template(String words) {
        List<String[]> pieces = new ArrayList<>();
        for (String word : words.split(" ")) {
            String[] choices = SLOTS.getOrDefault(word, new String[] {word});
            boolean mark = !Character.isLetter(word.charAt(0));
            pieces.add(Arrays.stream(choices)
                    .map(choice -> mark ? choice : " " + choice)
                    .toArray(String[]::new));
        }
        return new Template(pieces);
    }

    private static List<List<Template>> byLength() {
        List<List<Template>> byLength = new ArrayList<>();
        for (Template template : TEMPLATES) {
            while (byLength.size() <= template.pieces.size()) {
                byLength.add(new ArrayList<>());
            }
            byLength.get(template.pieces.size()).add(template);
        }
        return byLength;
    }

    /** @param pieces what may stand at each place */
    private record Template(List<String[]> pieces) {
        void write(StringBuilder text, Mt19937 random) {
            for (String[] choices : pieces) {
                text.append(choices[random.nextInt(0, choices.length - 1)]);
            }
        }
    }
}
