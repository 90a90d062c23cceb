package io.inferometer.corpus;

import java.util.List;
import java.util.stream.Stream;

/**
 * The words that prompts are made of. In the built-in tokenizers each is one token when a space stands before it, so a
 * text has as many tokens as words and marks.
 */
public final class Words {
    /** A power of two of them: they are the digits of a prompt's number. */
    static final String[] NOUNS = list("""
            river house garden window letter harbor bridge market street station forest mountain island
            village castle tower door table chair lamp clock book paper map road path field farm mill barn
            fence gate wall roof floor kitchen cellar attic library school church temple museum theater
            hospital hotel restaurant office factory workshop studio laboratory engine wheel wagon carriage
            train ship boat sail anchor rope chain hammer knife spoon plate bowl cup bottle basket box bag
            coat hat shoe glove scarf blanket pillow mirror candle fire smoke wind rain snow storm cloud sky
            moon sun star planet ocean sea lake pond stream valley hill cliff cave desert beach shore coast
            apple pear cherry bread cheese butter honey salt sugar pepper soup tea coffee wine beer milk
            water horse dog cat bird fish sheep goat cow wolf bear fox rabbit mouse owl eagle goose duck bee
            ant spider snake frog teacher student doctor nurse lawyer judge farmer sailor soldier captain
            pilot driver baker butcher tailor painter writer poet singer dancer actor player coach king
            queen prince knight priest monk merchant trader banker clerk servant neighbor friend stranger
            visitor guest child mother father brother sister uncle cousin family crowd team band army song
            story poem dream memory secret promise lesson plan border country city town capital region
            shadow light color sound voice music noise silence signal message report record list number page
            line circle square stone rock sand steel gold silver copper glass pipe button radio phone
            computer machine tool device motor cable tunnel canal dam pool fountain statue monument palace
            """);

    /** A power of two of them: they are the digits of a prompt's number. */
    static final String[] ADJECTIVES = list("""
            old quiet small large bright dark narrow wide deep shallow warm cold wet dry heavy smooth rough
            empty quick slow strong young ancient modern famous simple plain strange gentle calm busy lonely
            broken hidden distant local wooden golden silver red blue green white black brown yellow tall
            short long round brave honest careful patient curious happy sad silent rare ordinary remarkable
            familiar remote clever
            """);

    /** What something did, without an object. */
    static final String[] ACTS = list("""
            waited stood rested moved turned opened closed changed grew appeared vanished remained stayed
            worked stopped started returned arrived burned faded floated waved shook settled gathered
            survived failed lasted continued paused listened watched smiled laughed walked wandered climbed
            disappeared collapsed traveled died lived broke ran jumped
            """);

    /** What somebody or something did to another. */
    static final String[] DEEDS = list("""
            watched followed found carried painted described remembered visited measured crossed passed
            reached guarded admired studied praised saw heard knew left kept lost built sold bought needed
            wanted loved feared touched lifted covered replaced shared protected
            """);

    static final String[] ADVERBS = list("""
            slowly quickly quietly softly carefully often always again alone together early late twice once
            soon still there today yesterday tonight later first gradually easily
            """);

    static final String[] PREPOSITIONS = list("""
            near behind beside under above beyond inside outside around before after toward across along
            against below
            """);

    private Words() {}

    /** {@return all words, each once, in no order that means anything} */
    public static List<String> all() {
        return Stream.of(NOUNS, ADJECTIVES, ACTS, DEEDS, ADVERBS, PREPOSITIONS)
                .flatMap(Stream::of)
                .distinct()
                .toList();
    }

    private static String[] list(String words) {
        return words.strip().split("\\s+");
    }
}
