package io.inferometer.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of docs lead to each other, and name nothing that there is not. */
class ManualTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT|Benchmark|Study))`");
    private static final Pattern BLOCK = Pattern.compile("(?s)```.*?```");

    @Test
    void eachLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : DocPage.all()) {
            for (String link : links(page)) {
                if (!link.contains("://") && !Files.exists(page.resolveSibling(link))) {
                    broken.add(DocPage.ROOT.relativize(page) + " leads to " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexLeadsToEachPage() throws IOException {
        List<String> linked = links(DocPage.ROOT.resolve("docs/README.md"));

        assertThat(DocPage.all().stream()
                        .filter(page -> page.getParent().endsWith("docs"))
                        .map(page -> page.getFileName().toString())
                        .filter(page -> !page.equals("README.md"))
                        .filter(page -> !linked.contains(page)))
                .as("pages of docs that docs/README.md, the index, does not link: put each into a chapter there")
                .isEmpty();
    }

    @Test
    void eachTestThatHoldsAClaimIsThere() throws IOException {
        Matcher named = CLASS.matcher(DocPage.read("how-we-know.md"));
        Set<String> names = new TreeSet<>();
        while (named.find()) {
            names.add(named.group(1));
        }

        assertThat(names).hasSizeGreaterThan(30);
        assertThat(sources()).as("classes that docs/how-we-know.md names").containsAll(names);
    }

    private static Set<String> sources() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("annotations", "processor", "runtime", "benchmarks")) {
            try (Stream<Path> files = Files.walk(DocPage.ROOT.resolve(module).resolve("src"))) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .toList();
    }
}
