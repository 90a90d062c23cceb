package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Checks JSON against a schema, as far as our own schema goes: a keyword that is not known here is an error, so that
 * none is taken for checked that is not.
 */
final class SchemaCheck {
    private static final Set<String> WORDS = Set.of("$schema", "$id", "$defs", "title", "description");

    private final JsonNode root;
    private final List<String> errors = new ArrayList<>();

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /** What of the value is not as the schema has it, a line each. */
    static List<String> errors(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check(schema, value, "");
        return check.errors;
    }

    private void check(JsonNode schema, JsonNode value, String path) {
        schema.properties().forEach(keyword -> {
            JsonNode rule = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> check(root.at(rule.asText().substring(1)), value, path);
                case "const" -> expect(value.equals(rule), path, "is not " + rule);
                case "enum" -> expect(contains(rule, value), path, "is none of " + rule);
                case "type" -> expect(isOf(rule, value), path, "is no " + rule);
                case "minimum" ->
                    expect(!value.isNumber() || value.asDouble() >= rule.asDouble(), path, "is below " + rule);
                case "items" -> {
                    for (int i = 0; i < value.size(); i++) {
                        check(rule, value.get(i), path + "/" + i);
                    }
                }
                case "required" -> {
                    if (value.isObject()) {
                        rule.forEach(name -> expect(value.has(name.asText()), path, "lacks " + name));
                    }
                }
                case "exclusiveMinimum" -> expect(value.asDouble() > rule.asDouble(), path, "is not above " + rule);
                case "exclusiveMaximum" -> expect(value.asDouble() < rule.asDouble(), path, "is not below " + rule);
                case "pattern" -> expect(find(rule.asText(), value.asText()), path, "does not match " + rule);
                case "properties", "patternProperties" -> {}
                case "additionalProperties" -> members(schema, value, path);
                default -> {
                    if (!WORDS.contains(keyword.getKey())) {
                        throw new IllegalArgumentException("the schema uses " + keyword.getKey());
                    }
                }
            }
        });
    }

    private void members(JsonNode schema, JsonNode value, String path) {
        JsonNode others = schema.required("additionalProperties");
        value.properties().forEach(member -> {
            String at = path + "/" + member.getKey();
            JsonNode known = schema.path("properties").get(member.getKey());
            if (known == null) {
                known = schema.path("patternProperties").properties().stream()
                        .filter(rule -> find(rule.getKey(), member.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            if (known != null) {
                check(known, member.getValue(), at);
            } else if (others.isObject()) {
                check(others, member.getValue(), at);
            } else {
                expect(others.asBoolean(), at, "is not in the schema");
            }
        });
    }

    private static boolean isOf(JsonNode types, JsonNode value) {
        return types.isArray()
                ? StreamSupport.stream(types.spliterator(), false).anyMatch(type -> isOf(type, value))
                : switch (types.asText()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "null" -> value.isNull();
                    default -> throw new IllegalArgumentException("the schema uses the type " + types);
                };
    }

    private static boolean find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private void expect(boolean right, String path, String otherwise) {
        if (!right) {
            errors.add((path.isEmpty() ? "/" : path) + " " + otherwise);
        }
    }
}
