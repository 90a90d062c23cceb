"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const put = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };
  const brief = (value) => inferometer.number(value);
  const WORDS = { waiting: "waiting", warmup: "warm-up", measuring: "measuring", between: "between iterations", stopping: "stopping", ended: "ended" };
  let pressed = 0;

  function strip(data) {
    const live = data.live, row = data.rows[live.row] || {};
    $("live").dataset.state = live.state;
    put("live-state", WORDS[live.state]);
    put("live-requests", brief(row.requests));
    put("live-failed", brief(row.failed));
    put("live-in-flight", brief(live.inFlight));
    put("live-rps", brief(live.requestsPerSecond));
    put("live-tps", brief(live.outputTokensPerSecond));
    put("live-ttft", brief(row.ttftMs && row.ttftMs.p50));
    put("live-e2el", brief(row.e2elMs && row.e2elMs.p50));
    const seconds = live.elapsedMs === undefined ? "" : ", " + brief(Math.floor(live.elapsedMs / 1000)) + " s";
    put("live-text", live.text + (live.elapsedMs === undefined ? "" : " (" + (live.total === null ? brief(live.done) + " requests" : brief(live.done) + " of " + brief(live.total) + " requests") + seconds + ")"));
    const bar = $("live-progress");
    bar.hidden = live.total === null || live.elapsedMs === undefined;
    if (!bar.hidden) { bar.max = Math.max(1, live.total); bar.value = live.done; }
  }

  $("live-stop").addEventListener("click", async () => {
    pressed++;
    $("live-stop").textContent = "Give up what is in flight";
    try {
      await fetch("stop", { method: "POST", headers: { "X-Inferometer-Stop": "yes" } });
    } catch (gone) {
      put("live-text", "The run could not be told: it is not there any more.");
    }
    if (pressed > 1) $("live-stop").disabled = true;
  });

  /** What can be kept is fetched at once: the program ends. */
  async function keep(data) {
    const name = "inferometer-" + (data.title || "run").replace(/[^A-Za-z0-9._-]+/g, "-");
    const offer = (text, file, blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = file;
      link.textContent = text;
      link.id = "keep-" + text.toLowerCase();
      $("live-keep").append(" ", link);
    };
    const of = async (file) => (await fetch(file)).blob();
    $("live-keep").textContent = "Keep the report:";
    const html = await of("report.html"), json = await of("report.json");
    offer("HTML", name + ".html", html);
    offer("JSON", name + ".json", json);
    offer("CSV", name + ".csv", new Blob([inferometer.rowsCsv(data.rows)], { type: "text/csv" }));
    $("live-keep").hidden = false;
  }

  const source = new EventSource("events");
  source.addEventListener("now", (event) => {
    const data = JSON.parse(event.data);
    strip(data);
    inferometer.running(data);
  });
  source.addEventListener("ended", (event) => {
    source.close();
    const data = JSON.parse(event.data);
    strip(data);
    $("live-stop").remove();
    if (data.page) {
      keep(data);
      inferometer.render(data.page);
    } else inferometer.running(data);
  });
  source.onerror = () => {
    $("live").dataset.state = "lost";
    put("live-state", "connection lost");
    put("live-text", "The run does not answer: it has ended, or its program has.");
  };
})();
