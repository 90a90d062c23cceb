package io.inferometer.simulator.protocol;

import io.inferometer.simulator.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is answered when prompts have been read, without a token: vectors and rankings, which follow from the texts alone. */
final class PooledBody {
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xBF58476D1CE4E5B9L;

    private PooledBody() {}

    /** A vector for each input, as OpenAI and vLLM tell it. */
    static String embeddings(Order order, Ask.Vectors wish) {
        List<String> inputs = order.fault() == Fault.EMPTY ? List.of() : wish.inputs();
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i);
            data.append(",\"embedding\":");
            vector(data, hash(inputs.get(i)), wish);
            data.append('}');
        }
        return "\"object\":\"list\",\"id\":" + order.quotedId() + ",\"created\":" + order.createdSeconds()
                + ",\"model\":" + order.quotedModel() + ",\"data\":[" + data + "]" + usage(order);
    }

    /** All numbers of a vector have the same magnitude, so that it is of length 1; the text is in their signs. */
    private static void vector(StringBuilder out, long hash, Ask.Vectors wish) {
        float magnitude = (float) (1 / Math.sqrt(wish.dimensions()));
        if (wish.base64()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Float.BYTES * wish.dimensions()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < wish.dimensions(); i++) {
                bytes.putFloat(negative(hash, i) ? -magnitude : magnitude);
            }
            out.append('"')
                    .append(Base64.getEncoder().encodeToString(bytes.array()))
                    .append('"');
            return;
        }
        String number = Float.toString(magnitude);
        for (int i = 0; i < wish.dimensions(); i++) {
            out.append(i == 0 ? '[' : ',').append(negative(hash, i) ? "-" : "").append(number);
        }
        out.append(']');
    }

    private static boolean negative(long hash, int i) {
        return (mixed(hash + (i / Long.SIZE) * ODD) >>> (i % Long.SIZE) & 1) == 1;
    }

    /** The documents that are most relevant, the best first, as vLLM tells it after Jina's and Cohere's example. */
    static String ranking(Order order, Ask.Ranking wish) {
        double[] scores = wish.documents().stream()
                .mapToDouble(document -> score(wish.query(), document))
                .toArray();
        String results = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(order.fault() == Fault.EMPTY ? 0 : wish.most())
                .map(i -> "{\"index\":" + i
                        + (wish.withTexts()
                                ? ",\"document\":{\"text\":"
                                        + JsonText.quote(wish.documents().get(i)) + "}"
                                : "")
                        + ",\"relevance_score\":" + scores[i] + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "\"id\":" + order.quotedId() + ",\"model\":" + order.quotedModel() + usage(order) + ",\"results\":"
                + results;
    }

    /** From 0 to 1. */
    private static double score(String query, String document) {
        return (mixed(hash(query) * ODD + hash(document)) >>> 44) / (double) (1 << 20);
    }

    private static String usage(Order order) {
        return order.tellsUsage() ? ",\"usage\":" + order.usage().pooled() : "";
    }

    private static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return mixed(hash);
    }

    /** The finisher of SplitMix64. */
    private static long mixed(long z) {
        long y = (z ^ (z >>> 30)) * MIX;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }
}
