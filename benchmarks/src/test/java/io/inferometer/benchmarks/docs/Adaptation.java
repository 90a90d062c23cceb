package io.inferometer.benchmarks.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In what a command is run otherwise than it stands in the docs, all of it:
 *
 * <ul>
 *   <li>each {@code http://} or {@code https://} address, and each of the variables {@code $BASE}, {@code $NEW}, {@code $ENDPOINT} and
 *       {@code $NEW_ENDPOINT}, is the address of the test's simulated endpoint; paths below it stay
 *   <li>a run that names no endpoint asks that one too, which is quicker than the workload's own; that of the bare jar does not
 *   <li>{@code serve} takes a free port
 *   <li>times of iterations, stages and pauses are a hundredth of theirs, that of a rate's iteration 1 s, and {@code --at-most} is 5 s; numbers of requests are 100 at
 *       most, those of sessions 2; a run that says neither sends 10, or plays 2
 *   <li>forks are three; a search looks at windows of 0.2 s, at one or two slots or at 50 to 100 requests/s
 *   <li>the client is neither warmed up nor calibrated, where the line does not say when
 *   <li>{@code compare} judges sides whose client is suspect too, as on a busy machine it is
 *   <li>{@code overhead} lists its parts, and measures none
 * </ul>
 *
 * @param url the address of the simulated endpoint
 */
record Adaptation(String url) {
    private static final Pattern ADDRESS = Pattern.compile(
            "https?://[A-Za-z0-9.-]+(?::\\d+)?(?:/production)?" + "|\\$(?:BASE|NEW|ENDPOINT|NEW_ENDPOINT)\\b");
    private static final Pattern TIME = Pattern.compile("(\\d+)(s|m)\\b");
    private static final Pattern RANGE = Pattern.compile("\\d+\\.\\.\\d+");
    private static final Set<String> TIMES = Set.of("-r", "-w", "--stages", "--pause", "--run-time");
    private static final Set<String> REQUESTS = Set.of("--requests", "--requests-per-slot", "--warmup-requests");
    private static final Set<String> SESSIONS = Set.of("--sessions", "--warmup-sessions");
    private static final Set<String> OTHERS =
            Set.of("list", "serve", "generate", "batch-job", "report", "compare", "overhead", "doctor", "completion");
    private static final int A_HUNDREDTH = 10;

    /** What stands behind the name of the jar when it is run. */
    List<String> words(Command command) {
        List<String> words = new ArrayList<>();
        command.words().forEach(word -> words.add(word(word)));
        String first = words.isEmpty() ? "" : words.get(0);
        atMost(words, REQUESTS, 100);
        atMost(words, SESSIONS, 2);
        if (first.equals("serve")) {
            replace(words, "--port", "0");
        } else if (first.equals("overhead")) {
            absent(words, "--list");
        } else if (first.equals("compare")) {
            absent(words, "--allow-unlike", "suspect");
        } else if (!OTHERS.contains(first)) {
            quicken(words);
        }
        return words;
    }

    /** A word with the endpoint's address in the place of others. */
    String word(String word) {
        return ADDRESS.matcher(word).replaceAll(Matcher.quoteReplacement(url));
    }

    private void quicken(List<String> words) {
        boolean bare = words.isEmpty();
        boolean search = words.contains("search");
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("-r") && words.contains("--rate")) {
                words.set(i + 1, "1s");
            } else if (TIMES.contains(words.get(i))) {
                words.set(i + 1, hundredth(words.get(i + 1)));
            } else if (search && RANGE.matcher(words.get(i + 1)).matches()) {
                words.set(i + 1, words.get(i).equals("--rate") ? "50..100" : "1..2");
            }
        }
        if (search) {
            absent(words, "-r", "");
            replace(words, "-r", "200ms");
        } else if (!saysItsExtent(words)) {
            boolean sessions = words.stream().anyMatch(word -> word.matches("Sample(09|10)|Conversations"));
            words.addAll(sessions ? List.of("--sessions", "2") : List.of("--requests", "10"));
        }
        if (words.contains("ab") || words.contains("-f")) {
            absent(words, "-f", "3");
            replace(words, "-f", "3");
        }
        if (!bare && words.stream().noneMatch(word -> word.contains("-url") || word.equals("--host"))) {
            words.addAll(List.of("--base-url", url));
        }
        replace(words, "--at-most", "5s");
        absent(words, "--no-client-warmup");
        absent(words, "--calibrate", "off");
    }

    private static boolean saysItsExtent(List<String> words) {
        return words.stream()
                .anyMatch(word -> TIMES.contains(word)
                        || REQUESTS.contains(word)
                        || SESSIONS.contains(word)
                        || word.startsWith("file="));
    }

    private static void atMost(List<String> words, Set<String> options, int most) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (options.contains(words.get(i)) && words.get(i + 1).matches("\\d+")) {
                words.set(i + 1, Integer.toString(Math.min(most, Integer.parseInt(words.get(i + 1)))));
            }
        }
    }

    private static String hundredth(String times) {
        return TIME.matcher(times).replaceAll(time -> {
            int seconds = Integer.parseInt(time.group(1)) * (time.group(2).equals("m") ? 60 : 1);
            return seconds * A_HUNDREDTH + "ms";
        });
    }

    private static void absent(List<String> words, String... option) {
        if (!words.contains(option[0])) {
            words.addAll(List.of(option));
        }
    }

    private static void replace(List<String> words, String option, String value) {
        int at = words.indexOf(option);
        if (at >= 0) {
            words.set(at + 1, value);
        }
    }
}
