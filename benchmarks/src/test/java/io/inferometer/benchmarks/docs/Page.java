package io.inferometer.benchmarks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page of the documentation, and the commands of the jar that stand in its fenced blocks. */
record Page(Path file, List<Command> commands) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The README and all pages of docs, whether they have commands or not. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Page::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return ROOT.relativize(file).toString();
    }

    private static Page of(Path file) {
        try {
            return new Page(file, new Reading(Files.readAllLines(file)).commands());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page while it is read, line by line. */
    private static final class Reading {
        private final List<String> lines;
        private final List<Command> commands = new ArrayList<>();
        private final Map<String, String> exported = new HashMap<>();
        private boolean fenced;
        private int section;
        private String above = "";
        private int at;

        Reading(List<String> lines) {
            this.lines = lines;
        }

        List<Command> commands() {
            while (at < lines.size()) {
                int first = at + 1;
                String line = lines.get(at++);
                if (line.strip().startsWith("```")) {
                    fenced = !fenced;
                    exported.clear();
                    above = "";
                } else if (!fenced && line.startsWith("#")) {
                    section++;
                } else if (fenced && line.startsWith("export ")) {
                    exported.putAll(Command.assigned(line));
                } else if (fenced) {
                    String whole = continued(line).strip();
                    if (Command.is(whole)) {
                        commands.add(Command.of(section, first, whole, above, exported));
                        above = "";
                    } else if (line.contains("# exit ")) {
                        above = line;
                    }
                }
            }
            return commands;
        }

        /** With the lines that it goes on in: behind a backslash, and in YAML with further options. */
        private String continued(String line) {
            StringBuilder whole = new StringBuilder(line);
            while (at < lines.size()) {
                String next = lines.get(at);
                boolean open = whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\';
                if (open) {
                    whole.setLength(whole.length() - 1);
                } else if (!next.matches("\\s+--?[a-z].*")) {
                    break;
                }
                whole.append(' ').append(next.strip());
                at++;
            }
            return whole.toString();
        }
    }
}
