package io.inferometer.report.gate;

import java.io.StringWriter;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What was judged as a test report that CI servers read: a suite with a test case for each row. A row that failed is a
 * failure, and one that could not be told an error, so that neither is taken for a pass; both have the table as their text.
 */
public final class JunitXml {
    private static final String NAME = "inferometer";

    private JunitXml() {}

    /**
     * {@return the text of the file; a suite of all of them}
     *
     * @param sheets what was judged
     */
    public static String of(List<Sheet> sheets) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", clean(sheets.stream().map(Sheet::title).collect(Collectors.joining(" and "))));
            xml.writeAttribute(
                    "tests", sum(sheets, sheet -> Math.max(1, sheet.rows().size())));
            xml.writeAttribute("failures", sum(sheets, sheet -> sheet.count(Sheet.Result.FAIL)));
            xml.writeAttribute(
                    "errors", sum(sheets, sheet -> sheet.rows().isEmpty() ? 1 : sheet.count(Sheet.Result.UNCLEAR)));
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute("time", "0");
            for (Sheet sheet : sheets) {
                if (sheet.rows().isEmpty()) {
                    testCase(xml, "judged", Sheet.Result.UNCLEAR, sheet);
                }
                for (Sheet.Row row : sheet.rows()) {
                    testCase(xml, row.name(), row.result(), sheet);
                }
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static String sum(List<Sheet> sheets, ToLongFunction<Sheet> count) {
        return Long.toString(sheets.stream().mapToLong(count).sum());
    }

    private static void testCase(XMLStreamWriter xml, String name, Sheet.Result result, Sheet sheet)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("classname", NAME);
        xml.writeAttribute("time", "0");
        if (result != Sheet.Result.PASS) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement(result == Sheet.Result.FAIL ? "failure" : "error");
            xml.writeAttribute("type", result == Sheet.Result.FAIL ? "fail" : "can't tell");
            xml.writeAttribute("message", clean(sheet.verdict()));
            xml.writeCharacters(clean("\n"
                    + sheet.about().stream().map(line -> line + "\n").collect(Collectors.joining())
                    + String.join("\n", sheet.table().lines()) + "\n" + String.join("\n", sheet.notes()) + "\n"));
            xml.writeEndElement();
            xml.writeCharacters("\n  ");
        }
        xml.writeEndElement();
    }

    /** Without what XML has no place for. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
