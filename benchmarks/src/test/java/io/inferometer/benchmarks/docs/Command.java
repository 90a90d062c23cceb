package io.inferometer.benchmarks.docs;

import io.inferometer.cli.options.ShellWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code java -jar} line of a page, as its reader would type it.
 *
 * <p>The text says how it ends where that is not with 0, in a comment behind it or above it: {@code # exit 5}, {@code # exit 0, 5 or
 * 6}; and {@code # not run: why} behind it where no test can run it.
 *
 * @param section how many headings stand above it
 * @param line where it begins in its page
 * @param words what stands behind the name of the jar
 * @param environment what was exported before it in the same block, and what stands before {@code java}
 * @param statuses the exit statuses with which it may end
 * @param notRun why it is not run; empty where it is
 */
record Command(
        int section,
        int line,
        String text,
        List<String> words,
        Map<String, String> environment,
        List<Integer> statuses,
        String notRun) {
    private static final Pattern JAVA =
            Pattern.compile("(?:- |[^']*&& |(?:[A-Z_]+=\\S* )+)?java (?:-\\S+ )*-jar \\S+(.*)", Pattern.DOTALL);
    private static final Pattern ASSIGNED = Pattern.compile("(?:^|\\s)([A-Z_]+)=(\\S*)");
    private static final Pattern COMMENT = Pattern.compile("\\s# (.*)$", Pattern.DOTALL);
    private static final Pattern EXIT = Pattern.compile("exit (\\d.*)");
    private static final String NOT_RUN = "not run: ";

    static boolean is(String text) {
        return JAVA.matcher(text).matches();
    }

    /**
     * Reads a line that {@link #is} one.
     *
     * @param above what comments say above it
     */
    static Command of(int section, int line, String text, String above, Map<String, String> exported) {
        Matcher comment = COMMENT.matcher(text);
        String said = comment.find() ? comment.group(1) : above;
        String bare = COMMENT.matcher(text).replaceFirst("");
        Matcher java = JAVA.matcher(bare);
        if (!java.matches()) {
            throw new IllegalArgumentException(text);
        }
        Map<String, String> environment = new HashMap<>(exported);
        environment.putAll(assigned(bare.substring(0, java.start(1))));
        String rest = java.group(1).strip();
        boolean behind = rest.endsWith("&");
        String words = behind ? rest.substring(0, rest.length() - 1) : rest;
        return new Command(
                section,
                line,
                text,
                ShellWords.of("line " + line, words),
                environment,
                statuses(said),
                said.startsWith(NOT_RUN) ? said.substring(NOT_RUN.length()) : "");
    }

    /** What a line sets, as {@code A=b C=d}. */
    static Map<String, String> assigned(String text) {
        Map<String, String> found = new HashMap<>();
        ASSIGNED.matcher(text).results().forEach(match -> found.put(match.group(1), match.group(2)));
        return found;
    }

    private static List<Integer> statuses(String said) {
        Matcher exit = EXIT.matcher(said);
        if (!exit.find()) {
            return List.of(0);
        }
        TreeSet<Integer> all = new TreeSet<>();
        Pattern.compile("\\d+")
                .matcher(exit.group(1))
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .forEach(all::add);
        return new ArrayList<>(all);
    }
}
