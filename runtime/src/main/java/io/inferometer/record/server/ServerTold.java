package io.inferometer.record.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server is, as it says itself.
 *
 * @param replica the number of its page of metrics
 * @param url that page
 * @param engine the engine whose names are on it; empty where none is known yet
 * @param configuration what it said at some paths of its configuration, by path, its secrets masked: maps, lists, text,
 *     numbers and booleans
 */
public record ServerTold(int replica, String url, String engine, Map<String, Object> configuration)
        implements ServerRecord {
    /**
     * Copies its map.
     *
     * @param replica as of the record
     * @param url as of the record
     * @param engine as of the record
     * @param configuration copied
     */
    public ServerTold {
        configuration = Map.copyOf(configuration);
    }

    @Override
    public ServerTold later(long nanos) {
        return this;
    }

    @Override
    public ServerTold amongOthers() {
        return this;
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("replica", replica);
        map.put("url", url);
        map.put("engine", engine);
        map.put("configuration", configuration);
        return map;
    }

    static ServerTold ofMap(Map<String, Object> map) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        if (map.get("configuration") instanceof Map<?, ?> told) {
            told.forEach((path, what) -> {
                if (what != null) {
                    configuration.put(path.toString(), what);
                }
            });
        }
        return new ServerTold(
                ServerRecord.number(map, "replica").intValue(),
                String.valueOf(map.get("url")),
                String.valueOf(map.getOrDefault("engine", "")),
                configuration);
    }
}
