package io.inferometer.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * {@return the name with the fewest edits (Levenshtein's distance, with two letters in the wrong order as one,
     * letter case ignored), if they are few against its length, or that contains the text}
     *
     * @param text what was typed
     * @param names those that there are
     */
    public static Optional<String> to(String text, Collection<String> names) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> near(wanted, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))));
    }

    private static boolean near(String wanted, String name) {
        boolean part = wanted.length() >= 3 && name.contains(wanted);
        return part || distance(wanted, name) <= Math.max(1, Math.min(wanted.length(), name.length()) / 3);
    }

    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
