
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const GLOSSARY = {
    ttft: "time to first token: from the moment the request's body is asked for at the socket to the first event that bears a token",
    ttfvt: "time to first visible token: the same to the first visible text, where a model reasons first",
    tpot: "time per output token: from the first token to the last, for each token after those of the first event",
    itl: "inter-token latency: each gap between two events that bear tokens, of all requests together",
    e2el: "end-to-end latency: from the same moment to the last token",
    ttftFromSchedule: "ttft counted from when the load wanted the request to start: what a user waits",
    e2elFromSchedule: "e2el counted from when the load wanted the request to start: what a user waits",
    clientDispatch: "what the client's own stack took before the wire",
    scheduleDelay: "from when the load wanted the request to start until it was handed to the transport; in a closed loop this is turnaround",
    interactivity: "1 / tpot: tokens per second as one user sees them",
    goodput: "requests that met every objective, of those that could be judged",
    "steady tokens/s": "output tokens per second while every slot was busy, without the beginning and the end",
    "in flight": "requests that were sent and had not ended",
    client: "what the client itself added, as measured against the endpoint's own stamps or a metronome; it is in the figures above",
    "95 % interval": "the range that holds the true value in 95 of 100 such runs, by the scatter between forks or iterations",
    suspect: "the client may be in the figures: one of its limits was passed",
    "closed loop": "a fixed number of slots, each sending its next request when its last one ended",
    "open loop": "requests at a rate, however many are in flight",
    turn: "one request of a session, from 0",
    session: "a conversation: requests of which each waits for the answer before it",
    margin: "by how much a figure may differ before it counts",
  };
  const METRICS = [["ttftMs", "ttft"], ["ttfvtMs", "ttfvt"], ["tpotMs", "tpot"], ["itlMs", "itl"], ["e2elMs", "e2el"],
    ["ttftFromScheduleMs", "ttftFromSchedule"], ["e2elFromScheduleMs", "e2elFromSchedule"],
    ["clientDispatchMs", "clientDispatch"], ["scheduleDelayMs", "scheduleDelay"]];
  const DISTRIBUTIONS = [["ttft", "--c1", []], ["ttftFromSchedule", "--c1", [6, 4]], ["tpot", "--c3", []], ["e2el", "--c2", []],
    ["e2elFromSchedule", "--c2", [6, 4]]];

  let data, state = {}, charts = [], lanes, quiet = false, into = $("main");

  // ---- small things

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : String(value));
    }
    for (const child of children.flat()) {
      if (child !== undefined && child !== null) node.append(child instanceof Node ? child : String(child));
    }
    return node;
  }

  function number(value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    const size = Math.abs(value);
    if (size !== 0 && size < 0.001) return value.toExponential(1);
    const digits = size === 0 || Number.isInteger(value) ? 0 : Math.max(0, 3 - Math.floor(Math.log10(size)));
    return value.toLocaleString("en-US", { minimumFractionDigits: digits > 0 ? Math.min(digits, 3) : 0, maximumFractionDigits: Math.min(digits, 3) });
  }
  /** A number at an axis, without zeros that say nothing. */
  const tick = (value) => value === null ? "" : value.toLocaleString("en-US", { maximumFractionDigits: 4 });
  const percent = (share) => share === null || share === undefined ? "–" : number(share * 100) + " %";
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const term = (word) => GLOSSARY[word] ? el("abbr", { title: GLOSSARY[word] }, word) : word;
  const words = (key) => key.replace(/([A-Z])/g, " $1").toLowerCase();

  /** A cell: what is shown, and for whoever reads the page by program the place in the native result and the whole number. */
  const cell = (text, key, value, attributes) => ({ text, key, value, attributes });

  function table(columns, rows, name) {
    const head = el("tr", {}, columns.map((column, i) => el("th", { scope: "col", class: column.text ? "text" : "" }, term(column.name ?? column))));
    const body = rows.map((row) => el("tr", { class: row.kind }, row.cells.map((one, i) => {
      const c = one !== null && typeof one === "object" && !(one instanceof Node) ? one : { text: one };
      const classes = [columns[i] && columns[i].text ? "text" : "", columns[i] && columns[i].wrap ? "wrap" : ""].join(" ").trim();
      return el("td", { class: classes || undefined, "data-key": c.key, "data-value": c.value ?? undefined, ...(c.attributes || {}) }, c.text ?? "–");
    })));
    const made = el("table", {}, el("thead", {}, head), el("tbody", {}, body));
    const copy = el("button", { type: "button", class: "copy", onclick: () => copyCsv(made, copy) }, "Copy as CSV");
    return el("div", { class: "table", "data-table": name }, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": name }, made), copy);
  }

  function csv(made) {
    return [...made.querySelectorAll("tr")].map((row) => [...row.children].map((one) => {
      const text = one.dataset.value ?? one.innerText.replace(/\s+/g, " ").trim();
      // A cell that a spreadsheet would take for a formula is text.
      const safe = /^[=+@\t]|^-(?![\d.])/.test(text) ? "'" + text : text;
      return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    }).join(",")).join("\n") + "\n";
  }

  async function copyCsv(made, button) {
    const text = csv(made);
    try {
      await navigator.clipboard.writeText(text);
    } catch (refused) {
      const area = el("textarea", {});
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy as CSV"; }, 1500);
  }

  function section(id, title, ...content) {
    const node = el("section", { id, "aria-labelledby": id + "-title" }, el("h2", { id: id + "-title" }, title), ...content);
    into.append(node);
    return node;
  }

  // ---- the state of the view, in the address

  function readState() {
    state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  }
  function writeState(changes) {
    Object.assign(state, changes);
    for (const key of Object.keys(state)) if (state[key] === null || state[key] === undefined) delete state[key];
    const hash = "#" + new URLSearchParams(state).toString();
    if (hash !== location.hash && !(hash === "#" && !location.hash)) { quiet = true; location.replace(hash); }
  }
  function theme() {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }

  // ---- what is shown

  function trials() {
    return (data.runs || []).flatMap((run, r) => run.result.trials.map((trial, t) => {
      const label = run.labels[trial.trial.index] || "";
      return { run, trial, label: [run.name, trial.trial.workload, label].filter((part, i, all) => part && all.indexOf(part) === i).join(", "),
        course: run.courses[trial.trial.index], at: r + "." + t };
    }));
  }
  function chosen() {
    if (data.live) return { course: data.course, trial: { iterations: [], summary: {} } };
    const all = trials();
    return all.find((one) => one.at === state.trial) || all[0];
  }

  function render(next) {
    data = next;
    charts.forEach((chart) => chart.destroy());
    charts = [];
    lanes = null;
    const main = $("main");
    main.replaceChildren();
    into = main;
    theme();
    const all = trials();
    const one = chosen();
    head(all, one);
    verdict(all);
    if (data.job) job();
    (data.judged || []).forEach(judged);
    (data.runs || []).filter((run) => run.result.search).forEach(search);
    if (one) {
      figures(one);
      distribution(one);
      timeline(one);
      server(one);
      waterfall(one);
      turns(one);
      stages(one);
    }
    if (all.length > 1) sweep(all);
    errors(all);
    if (one) settings(one);
    glossary();
    contents();
  }

  function head(all, one) {
    const run = data.runs && data.runs[0];
    const planned = run && run.unmeasured && run.unmeasured[0];
    const title = data.title || (one ? one.trial.trial.workload : planned ? planned.workload : "Inferometer");
    $("title").textContent = title;
    document.title = title + " – Inferometer";
    const parts = [];
    if (run) {
      const r = run.result.run;
      parts.push(r.startedAt ? new Date(r.startedAt).toISOString().replace("T", " ").slice(0, 16) + " UTC" : null,
        one && one.trial.trial.model ? "model " + one.trial.trial.model : planned && planned.model ? "model " + planned.model : null, one ? one.trial.trial.endpoint : planned ? planned.endpoint : null,
        "Inferometer " + r.version);
    }
    $("subtitle").textContent = parts.filter(Boolean).join(" · ");
    const choice = $("trial-choice");
    choice.hidden = all.length < 2;
    const select = $("trial");
    select.replaceChildren(...all.map((t) => el("option", { value: t.at, selected: one && t.at === one.at }, t.label || "trial " + t.at)));
  }

  function flagList(all) {
    const rows = [];
    (data.flags || []).forEach((flag) => rows.push([flag, ""]));
    (data.runs || []).forEach((run) => (run.result.flags || []).forEach((flag) => rows.push([flag, run.name])));
    all.forEach((t) => (t.trial.flags || []).forEach((flag) => rows.push([flag, all.length > 1 ? t.label : ""])));
    const same = new Map();
    for (const [flag, where] of rows) {
      const key = flag.name + "\n" + flag.text;
      if (!same.has(key)) same.set(key, [flag, []]);
      same.get(key)[1].push(where);
    }
    return [...same.values()].map(([flag, where]) => [flag, where.length > 1 && where.length === all.length ? `all ${all.length} trials` : where.filter(Boolean).join("; ")]);
  }

  function verdict(all) {
    const lines = [];
    let kind = "";
    const worse = (to) => { if (to === "bad" || kind === "") kind = to; };
    const states = (data.runs || []).map((run) => run.result);
    const partial = states.filter((result) => !result.complete);
    (data.judged || []).forEach((sheet) => { lines.push(sheet.title + ": " + sheet.verdict); if (sheet.result !== "PASS") worse(sheet.result === "FAIL" ? "bad" : "warn"); });
    if (partial.length) { worse("bad"); partial.forEach((result) => lines.push("The run is NOT complete: " + result.incompleteReason)); }
    const sum = (f) => all.reduce((total, t) => total + f(t.trial.summary.requests), 0);
    const failed = sum((r) => r.failed), total = sum((r) => r.total), cut = sum((r) => r.cancelled || 0);
    const untold = (data.runs || []).flatMap((run) => run.unmeasured || []);
    if (untold.length) { worse("bad"); lines.push(`Nothing was measured of ${number(untold.length)} ${untold.length > 1 ? "trials" : "trial"}.`); }
    if (all.length) {
      lines.push(`${number(total)} requests measured, ${number(failed)} failed` + (cut ? `, ${number(cut)} cut off by the end of the run` : "") + ".");
      if (failed) worse(failed === total ? "bad" : "warn");
      const suspects = all.flatMap((t) => t.trial.iterations.filter((i) => i.health && i.health.verdict === "suspect"));
      const watched = all.flatMap((t) => t.trial.iterations.filter((i) => i.health));
      if (suspects.length) { worse("warn"); lines.push(`The client is SUSPECT in ${suspects.length} of ${watched.length} iterations: the figures may be its own.`); }
      else if (watched.length) lines.push("The client is ok: none of its limits was passed.");
      else lines.push("Nobody looked at the client that took these figures.");
      if (states.some((result) => result.simulated)) { worse("warn"); lines.push("The endpoint is SIMULATED: these are figures of a model, not of a machine."); }
    }
    const flags = flagList(all);
    section("verdict", "Verdict", el("div", { class: "verdict " + kind, role: "status" }, lines.map((line, i) => el("div", {}, i === 0 ? el("strong", {}, line) : line))),
      flags.length ? el("ul", { class: "flags" }, flags.map(([flag, where]) => el("li", {}, el("code", {}, flag.name), where ? ` [${where}] ` : " ", flag.text))) : null);
  }

  function interval(trial, path) {
    let node = trial.intervals;
    for (const part of path) node = node && node[part];
    if (!node) return null;
    if (node.low !== undefined && node.high !== undefined && node.low !== null) return [node.low, node.high];
    if (node.halfWidth !== undefined && node.halfWidth !== null) return [node.center - node.halfWidth, node.center + node.halfWidth];
    return null;
  }
  const range = (pair) => pair ? el("span", { class: "pm" }, ` ${number(pair[0])}–${number(pair[1])}`) : null;

  function figures(one) {
    const { trial } = one, m = trial.summary.metrics, at = one.at;
    const shown = (one.run.result.run.percentiles || [50, 90, 95, 99]).map((p) => "p" + String(p).replace(/\.0$/, ""));
    const stats = ["mean", ...shown];
    const rows = [];
    for (const [key, name] of METRICS) {
      const d = m[key];
      if (!d) continue;
      rows.push({ cells: [cell(term(name)), cell(number(d.count), `${key}.count`, d.count), ...stats.map((stat) => {
        const weak = (d.uncarried || []).includes(stat);
        return cell(el("span", { title: weak ? "too few values for this percentile to mean something" : undefined }, weak ? "(" + number(d[stat]) + ")" : number(d[stat]),
          weak ? null : range(interval(trial, ["metrics", key, stat]))), `${key}.${stat}`, d[stat]);
      })] });
      const added = trial.clientOverhead && trial.clientOverhead.metrics && trial.clientOverhead.metrics[key];
      if (added) rows.push({ kind: "client", cells: [cell(el("span", {}, "– of it ", term("client"))), cell(number(added.count)),
        ...stats.map((stat) => cell(number(added[stat]), `clientOverhead.${key}.${stat}`, added[stat]))] });
    }
    const node = section("figures", "Key figures");
    if (rows.length) {
      const how = trial.intervals ? `Small figures are 95 % intervals, by the scatter between ${trial.intervals.count} ${trial.intervals.basis}. ` : "";
      const source = trial.clientOverhead ? "The client's own part was measured " + (trial.clientOverhead.source === "stamps" ? "in the run, by the endpoint's own stamps." : "by a replay against a metronome on this machine.") : "What the client added was not measured.";
      node.append(el("h3", {}, "Latencies in ms"), table([{ name: "figure", text: true }, "n", ...stats.map((name) => ({ name }))], rows, "latencies"), el("p", { class: "note" }, how + source));
    }
    const t = trial.summary.throughput, g = trial.summary.goodput, r = trial.summary.requests;
    const rates = [["requests", r.total, "", "requests.total"], ["failed", r.failed, "", "requests.failed"], ["duration", t.durationMs === null ? null : t.durationMs / 1000, "s", null],
      ["requests/s", t.requestsPerSecond, "1/s", "throughput.requestsPerSecond"], ["items/s", t.itemsPerSecond, "1/s", "throughput.itemsPerSecond"],
      ["input tokens/s", t.inputTokensPerSecond, "1/s", "throughput.inputTokensPerSecond"], ["output tokens/s", t.outputTokensPerSecond, "1/s", "throughput.outputTokensPerSecond"],
      ["steady tokens/s", t.steadyOutputTokensPerSecond, "1/s", "throughput.steadyOutputTokensPerSecond"], ["peak in flight", t.peakInFlight, "", "throughput.peakInFlight"]];
    if (trial.summary.arrivals) rates.push(["offered", trial.summary.arrivals.offeredRequestsPerSecond, "1/s", "arrivals.offeredRequestsPerSecond"], ["achieved", trial.summary.arrivals.achievedRequestsPerSecond, "1/s", "arrivals.achievedRequestsPerSecond"]);
    if (g) rates.push(["goodput", g.share === null ? null : g.share * 100, "%", "goodput.share"]);
    const told = (key) => key && (range(interval(trial, key.split("."))) || range(interval(trial, [key.split(".")[1]])));
    const some = rates.some(([, , , key]) => told(key));
    node.append(el("h3", {}, "Rates and counts"), table([{ name: "figure", text: true }, "value", { name: "unit", text: true }, ...(some ? [{ name: "95 % interval" }] : [])],
      rates.filter((row) => row[1] !== null && row[1] !== undefined).map(([name, value, unit, key]) => ({ cells: [cell(term(name)), cell(number(value), key, value), unit, ...(some ? [told(key)] : [])] })), "rates"));
  }

  // ---- charts

  function axis(label, extra) {
    return { label, labelSize: 22, labelFont: "12px system-ui", font: "12px system-ui", stroke: color("--soft"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line") }, ...extra };
  }
  function width() {
    return Math.max(260, Math.min($("main").clientWidth - 32, 1150));
  }
  function figure(parent, caption, keys, description) {
    const node = el("figure", { class: "chart", role: "group", "aria-label": description || caption }, el("figcaption", {}, caption));
    parent.append(node);
    if (keys && keys.length) node.append(el("div", { class: "keys" }, keys.map(([name, line, dash, box]) => {
      const mark = el("i", { class: box ? "box" : undefined });
      if (box) mark.style.background = color(line); else { mark.style.borderTopColor = color(line); if (dash && dash.length) mark.style.borderTopStyle = "dashed"; }
      return el("span", {}, mark, term(name));
    })));
    return node;
  }
  function plot(parent, options, values) {
    const holder = el("div", { role: "img", "aria-label": options.aria || "" });
    parent.append(holder);
    const chart = new uPlot({ width: width(), height: options.height || 220, legend: { show: options.legend !== false, live: true }, ...options }, values, holder);
    charts.push(chart);
    return chart;
  }

  /** Where a logarithmic axis is marked: 1, 2 and 5, and more where there is little between the ends, each ten alone where there is much. */
  function logSplits(lo, hi) {
    const marks = hi / lo < 30 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : hi / lo < 3000 ? [1, 2, 5] : [1], splits = [];
    for (let ten = Math.floor(Math.log10(lo)); ten <= Math.log10(hi); ten++) splits.push(...marks.map((mark) => Number((mark * Math.pow(10, ten)).toPrecision(3))).filter((v) => v >= lo && v <= hi));
    return splits;
  }

  function distribution(one) {
    const all = one.course && one.course.distributions;
    if (!all) return;
    const there = DISTRIBUTIONS.filter(([name]) => all[name] && (!name.endsWith("FromSchedule") || (one.trial.summary.metrics || {})[name + "Ms"]));
    if (!there.length) return;
    const node = section("distribution", "Distributions");
    node.append(el("p", { class: "note" }, "The share of requests that took no longer, with as much room for the last percent as for the others: what bends to the right high up is the tail. Values to three digits."));
    const groups = [there.filter(([name]) => name !== "tpot"), there.filter(([name]) => name === "tpot")].filter((group) => group.length);
    for (const group of groups) {
      const tables = group.map(([name]) => [all[name].ms, all[name].share.map((share, i, every) => share < 1 ? -Math.log10(1 - share) : every.length > 1 ? Math.max(-Math.log10(1 - every[i - 1]) + 0.15, 0) : 0.3)]);
      const joined = uPlot.join(tables);
      const xs = joined[0], log = xs[0] > 0 && xs[xs.length - 1] / xs[0] > 5;
      const fig = figure(node, group.map(([name]) => name).join(", ") + " in ms", group);
      plot(fig, {
        aria: "Cumulative distribution of " + group.map(([name]) => name).join(", "), height: 260,
        scales: { x: { time: false, distr: log ? 3 : 1, range: (u, lo, hi) => lo === hi ? [lo * 0.9, hi * 1.1 || 1] : log ? [lo / 1.05, hi * 1.05] : [lo - (hi - lo) / 50, hi + (hi - lo) / 50] }, y: { range: (u, lo, hi) => [0, Math.max(hi, 1)] } },
        axes: [axis("ms", { values: (u, ticks) => ticks.map(tick), ...(log ? { splits: (u, i, lo, hi) => logSplits(lo, hi), filter: (u, ticks) => ticks } : {}) }), axis("share of requests", { size: 62, splits: (u, i, lo, hi) => [0, 0.30103, 1, 1.30103, 2, 3, 4, 5, 6].filter((v) => v <= hi),
          values: (u, ticks) => ticks.map((v) => ["0", "50 %", "90 %", "95 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %"][[0, 0.30103, 1, 1.30103, 2, 3, 4, 5, 6].indexOf(v)] ?? "") })],
        series: [{ label: "ms", value: (u, v) => number(v) }, ...group.map(([name, line, dash]) => ({ label: name, stroke: color(line), width: 2, dash, spanGaps: true, points: { show: false },
          value: (u, v) => v === null || v === undefined ? "–" : number((1 - Math.pow(10, -v)) * 100) + " %" }))],
      }, joined);
    }
  }

  /** When each stage began, by the requests that were wanted of it, and what it asked for. */
  function stageStarts(one) {
    const p = one.course.requests, starts = new Map();
    if (!p || !p.stage || !one.trial.stages) return [];
    p.stage.forEach((stage, i) => {
      const at = p.sentMs[i] + (p.scheduled[i] ?? 0);
      if (stage >= 0 && !(starts.get(stage) <= at)) starts.set(stage, at);
    });
    return [...starts].filter(([stage]) => one.trial.stages[stage]).map(([stage, at]) => {
      const s = one.trial.stages[stage], asked = s.from === s.to ? number(s.from) : number(s.from) + ".." + number(s.to);
      return [at, asked + (s.kind === "rate" ? "/s" : " " + s.kind)];
    });
  }

  /** Iterations and stages behind a chart, and where the client stood still. */
  function bands(one) {
    const spans = one.course.iterations || [];
    const steps = stageStarts(one);
    const stalls = [];
    spans.forEach((span) => {
      const iteration = one.trial.iterations.find((i) => i.fork === span.fork && i.iteration === span.iteration);
      const health = iteration && iteration.health;
      if (!health) return;
      if (health.gc && health.gc.longestMs > 0 && health.gc.longestAtMs >= 0) stalls.push([(span.fromMs + health.gc.longestAtMs) / 1000, "--c4"]);
      if (health.hiccups && health.hiccups.maxMs > 1 && health.hiccups.maxAtMs >= 0) stalls.push([(span.fromMs + health.hiccups.maxAtMs) / 1000, "--c5"]);
    });
    return (u) => {
      const ctx = u.ctx, { left, top, width: w, height: h } = u.bbox;
      ctx.save();
      ctx.beginPath(); ctx.rect(left, top, w, h); ctx.clip();
      ctx.fillStyle = color("--band");
      spans.forEach((span, i) => {
        if (i % 2) return;
        const a = u.valToPos(span.fromMs / 1000, "x", true), b = u.valToPos(span.toMs / 1000, "x", true);
        ctx.fillRect(a, top, b - a, h);
      });
      ctx.strokeStyle = ctx.fillStyle = color("--soft");
      ctx.lineWidth = devicePixelRatio || 1;
      ctx.font = Math.round(11 * ctx.lineWidth) + "px system-ui";
      ctx.textBaseline = "top";
      steps.forEach(([at, name]) => {
        const a = u.valToPos(at / 1000, "x", true);
        ctx.setLineDash([4, 3]);
        ctx.beginPath(); ctx.moveTo(a, top); ctx.lineTo(a, top + h); ctx.stroke();
        ctx.fillText(name, a + 3, top + 1);
      });
      ctx.setLineDash([]);
      stalls.forEach(([at, line]) => { ctx.fillStyle = color(line); ctx.fillRect(u.valToPos(at, "x", true) - 1, top + h - 9, 3, 9); });
      ctx.restore();
    };
  }

  function zoom(from, to, by) {
    if (!(to > from)) return;
    writeState({ x: from.toFixed(4) + "," + to.toFixed(4) });
    charts.filter((chart) => chart.timeline && chart !== by).forEach((chart) => chart.setScale("x", { min: from, max: to }));
    if (lanes && lanes !== by) lanes.show(from, to);
  }
  function whole() {
    const one = chosen();
    writeState({ x: null });
    const [from, to] = extent(one.course);
    charts.filter((chart) => chart.timeline).forEach((chart) => chart.setScale("x", { min: from, max: to }));
    if (lanes) lanes.show(from, to);
  }
  function extent(course) {
    const at = course.course.atMs;
    const from = at.length ? at[0] / 1000 : 0;
    return [from, at.length ? (at[at.length - 1] + course.course.bucketMs) / 1000 : 1];
  }
  function view(course) {
    const told = (state.x || "").split(",").map(Number);
    return told.length === 2 && told.every(Number.isFinite) && told[1] > told[0] ? told : extent(course);
  }

  /** The gaps in which a reading, of which there is one a second, is missing, and not those between two that are there. */
  const missed = (u, series, from, to, gaps) => gaps.filter(([a, b]) => u.posToVal(b, "x", true) - u.posToVal(a, "x", true) > 1.8);

  function timeline(one) {
    const c = one.course && one.course.course;
    if (!c || !c.atMs.length) return;
    const node = section("timeline", "Time line");
    const drawn = one.course.requestsDrawn, seen = one.course.requestsSeen;
    node.append(el("p", { class: "note" }, `Seconds since the start of the run; shaded: every other iteration${one.trial.stages && one.trial.stages.length ? "; dashed: where a stage begins, and what it asks for" : ""}. Curves count all ${number(seen)} requests in buckets of ${number(c.bucketMs)} ms, tokens spread evenly over each answer. ` +
      (drawn < seen ? `Points are ${number(drawn)} of them: every n-th, and the slowest, the quickest and the failed of each bit of time.` : "Each request has its points.") + " Drag across a chart to zoom into all of them, double-click for the whole." + (data.live ? " What has not ended is not in it yet: so curves fall at their end." : "")),
    el("div", { class: "row" }, el("button", { type: "button", id: "whole", onclick: whole }, "Whole run")));
    const x = c.atMs.map((ms) => ms / 1000);
    const [from, to] = view(one.course);
    const behind = bands(one);
    node.dataset.stages = stageStarts(one).map(([, name]) => name).join("; ");
    const sync = { key: "time", setSeries: false, scales: ["x", null] };
    const common = (caption, series, values, options) => {
      const fig = figure(node, caption, options.keys);
      const chart = plot(fig, { aria: caption, height: options.height || 150, cursor: { sync, drag: { x: true, y: false } }, scales: { x: { time: false, min: from, max: to }, y: { range: (u, lo, hi) => [0, hi > 0 ? hi * 1.05 : 1] } },
        axes: [axis(undefined, { values: (u, ticks) => ticks.map((v) => tick(v) + " s") }), axis(options.unit, { size: 62, values: (u, ticks) => ticks.map(tick) })],
        series: [{ label: "s", value: (u, v) => number(v) }, ...series], hooks: { drawClear: [behind], setSelect: [(u) => {
          if (u.select.width > 3) zoom(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"), u);
        }], ready: [(u) => u.over.addEventListener("dblclick", whole)] } }, values);
      chart.timeline = true;
      return chart;
    };
    const line = (label, stroke, dash) => ({ label, stroke: color(stroke), width: 1.5, dash, points: { show: false }, value: (u, v) => number(v) });
    common("In flight, at the end of each bucket", [line("in flight", "--c1")], [x, c.inFlight], { unit: "requests", keys: [["in flight", "--c1"]] });
    common("Arrivals and ends", [line("arrivals/s", "--c1"), line("ended/s", "--c2", [6, 4])], [x, c.arrivalsPerSecond, c.endedPerSecond], { unit: "1/s", keys: [["arrivals/s", "--c1"], ["ended/s", "--c2", [6, 4]]] });
    const p = one.course.requests;
    const dot = (label, stroke, shape) => ({ label, stroke: color(stroke), paths: () => null, points: { show: true, size: shape, width: 1.5, stroke: color(stroke), fill: color("--bg") }, value: (u, v) => number(v) });
    const ok = p.outcome.map((o) => p.outcomes[o] === "success");
    const sent = p.sentMs.map((ms) => ms / 1000);
    if (p.first.some((v) => v !== null)) common("ttft by when the request was sent", [dot("ttft", "--c1", 4)], [sent, p.first.map((v, i) => ok[i] ? v : null)], { unit: "ms", keys: [["ttft", "--c1", [], true]] });
    common("e2el by when the request was sent", [dot("e2el", "--c2", 4)], [sent, p.last.map((v, i) => ok[i] ? (v === null ? p.end[i] : v) : null)], { unit: "ms", keys: [["e2el", "--c2", [], true]] });
    if (c.outputTokensPerSecond.some((v) => v > 0)) common("Output tokens", [line("tokens/s", "--c3")], [x, c.outputTokensPerSecond], { unit: "1/s", keys: [["tokens/s", "--c3"]] });
    if (c.failed.some((v) => v > 0)) common("Failures", [{ label: "failed", stroke: color("--bad"), fill: color("--bad"), paths: uPlot.paths.bars({ size: [0.9, 20] }), points: { show: false } }], [x, c.failed], { unit: "requests", keys: [["failed", "--bad", [], true]] });
    for (const panel of one.course.panels || []) {
      const at = panel.atMs.map((ms) => ms / 1000);
      common(panel.title, panel.series.map((s, i) => ({ ...line(s.name, "--c" + (i % 6 + 1), i % 2 ? [6, 4] : []), gaps: missed })), [at, ...panel.series.map((s) => s.values)], { unit: panel.unit, keys: panel.series.map((s, i) => [s.name, "--c" + (i % 6 + 1), i % 2 ? [6, 4] : []]) });
    }
    const health = one.trial.iterations.filter((i) => i.health);
    if (health.length) node.append(el("h3", {}, "The client meanwhile"), table([{ name: "fork", text: true }, "iteration", "GC pauses", "GC ms", "longest GC ms", "stall p99 ms", "longest stall ms", "client cores", "machine busy", { name: "verdict", text: true, wrap: true }],
      health.map((i) => ({ cells: [String(i.fork), String(i.iteration), number(i.health.gc.pauses), number(i.health.gc.totalMs), number(i.health.gc.longestMs), number(i.health.hiccups.p99Ms), number(i.health.hiccups.maxMs), number(i.health.cpu.processCores), percent(i.health.cpu.machineShare),
        i.health.suspect ? i.health.suspect.text : i.health.verdict] })), "client"), el("p", { class: "note" }, "Short marks at the foot of the charts: the longest pause for garbage collection and the longest stall of each iteration."));
  }

  /** What the servers counted, beside what was counted here. */
  function server(one) {
    const told = one.trial.server;
    if (!told) return;
    const s = one.trial.summary, m = s.metrics, mean = (name) => (of) => (of.meansMs || {})[name];
    const figures = [["output tokens", (of) => of.outputTokens, s.tokens && s.tokens.output, "outputTokens"], ["prompt tokens", (of) => of.promptTokens, s.tokens && s.tokens.input, "promptTokens"],
      ["prefix hits, %", (of) => of.prefixHitRate === null ? null : of.prefixHitRate * 100, null, null], ["KV cache at its peak, %", (of) => of.kvCachePeak === null ? null : of.kvCachePeak * 100, null, null],
      ["queue at its peak", (of) => of.queuePeak, null, "queuePeak"], ["running at the peak", (of) => of.runningPeak, null, "runningPeak"], ["preemptions", (of) => of.preemptions, null, "preemptions"],
      ["ttft, mean ms", mean("ttft"), m.ttftMs && m.ttftMs.mean, "meansMs.ttft"], ["e2el, mean ms", mean("e2el"), m.e2elMs && m.e2elMs.mean, "meansMs.e2el"], ["in the queue, mean ms", mean("queue"), null, "meansMs.queue"],
      ["prefill, mean ms", mean("prefill"), null, "meansMs.prefill"], ["decode, mean ms", mean("decode"), null, "meansMs.decode"], ["drafts accepted, %", (of) => of.draftAcceptance === null ? null : of.draftAcceptance * 100, null, null],
      ["energy, J", (of) => of.energyJoules, null, "energyJoules"], ["J per output token", (of) => of.joulesPerOutputToken, null, "joulesPerOutputToken"], ["readings", (of) => of.scrapes, null, "scrapes"], ["misses", (of) => of.misses, null, "misses"], ["restarts", (of) => of.restarts, null, "restarts"]];
    const replicas = told.replicas || [], apart = replicas.length > 1 ? replicas : [];
    const there = (v) => v !== null && v !== undefined;
    const rows = figures.filter(([, of]) => [told, ...apart].some((one) => there(of(one)))).map(([name, of, ours, key]) => ({ cells: [name, cell(number(of(told)), key && "server." + key, key && of(told)), number(ours), ...apart.map((one) => number(of(one)))] }));
    const node = section("server", "The server by its own count");
    node.append(table([{ name: "figure", text: true }, { name: apart.length ? "all servers" : "server" }, { name: "counted here" }, ...apart.map((one) => ({ name: one.engine + " " + one.url.replace(/^https?:\/\//, "").replace(/\/metrics$/, "") }))], rows, "server"));
    if (there(told.addedTtftMs)) node.append(el("p", { class: "note" }, `Network and gateways add ${number(told.addedTtftMs)} ms to the mean ttft.`));
    const configured = replicas.filter((one) => one.configuration && Object.keys(one.configuration).length);
    if (configured.length) node.append(el("details", {}, el("summary", {}, "What the servers say of their configuration"), table([{ name: "server", text: true }, { name: "name", text: true }, { name: "value", text: true, wrap: true }],
      configured.flatMap((one) => flat(one.configuration, "").map(([key, v]) => ({ cells: [one.url, key, Array.isArray(v) ? JSON.stringify(v) : String(v)] }))), "configuration")));
  }

  // ---- requests one by one

  function laneOf(p) {
    const count = p.sentMs.length, of = new Array(count), names = [];
    if (p.session) {
      const key = (i) => [p.fork ? p.fork[i] : 0, p.session[i], p.branch ? p.branch[i] : ""];
      const known = new Map();
      for (let i = 0; i < count; i++) known.set(key(i).join(" "), key(i));
      const order = [...known].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1] || a[2].localeCompare(b[2], "en", { numeric: true }));
      const at = new Map(order.map(([name], lane) => [name, lane]));
      for (let i = 0; i < count; i++) of[i] = at.get(key(i).join(" "));
      const parent = order.map(([, [fork, session, branch]]) => branch ? at.get([fork, session, branch.replace(/[^.\/]+[.][^.\/]+$/, "").replace(/[.\/]$/, "")].join(" ")) : undefined);
      return { of, parent, names: order.map(([, [fork, session, branch]]) => branch ? "  child " + branch : (p.fork ? fork + ": " : "") + "session " + session) };
    }
    if (p.slot && p.slot.every((slot) => slot >= 0)) {
      const slots = [...new Set(p.slot)].sort((a, b) => a - b), at = new Map(slots.map((slot, i) => [slot, i]));
      p.slot.forEach((slot, i) => { of[i] = at.get(slot); });
      return { of, names: slots.map((slot) => "slot " + slot) };
    }
    const free = [];
    for (let i = 0; i < count; i++) {
      const from = p.sentMs[i] + Math.min(0, p.scheduled[i] ?? 0), to = p.sentMs[i] + (p.end[i] ?? 0);
      let lane = free.findIndex((until) => until <= from);
      if (lane < 0) { lane = free.length; free.push(0); names.push(""); }
      free[lane] = to;
      of[i] = lane;
    }
    return { of, names };
  }

  /** What lies between the turns of a session, and where children begin and are joined: from, to, upper lane, lower lane. */
  function linksOf(p, lane, every) {
    if (!p.session || !p.turn) return [];
    const turns = lane.names.map(() => []), links = [];
    p.turn.forEach((turn, i) => turns[lane.of[i]].push({ turn, due: p.sentMs[i] + (p.scheduled[i] ?? 0), sent: p.sentMs[i], to: p.sentMs[i] + (p.end[i] ?? 0) }));
    turns.forEach((all) => all.sort((a, b) => a.turn - b.turn));
    turns.forEach((all, at) => {
      all.forEach((one, i) => { if (i && all[i - 1].turn === one.turn - 1 && one.sent > all[i - 1].to) links.push([all[i - 1].to, one.sent, at, at]); });
      const parent = lane.parent[at];
      if (parent === undefined) return;
      if (all[0].turn === 0) links.push([all[0].due, all[0].due, parent, at]);
      const until = all[all.length - 1].to;
      // Of requests that are thinned nobody knows which was a child's last.
      if (every && turns[parent].some((one) => one.sent >= until)) links.push([until, until, parent, at]);
    });
    return links;
  }

  function waterfall(one) {
    const p = one.course && one.course.requests;
    if (!p || !p.sentMs.length) return;
    const node = section("requests", "Requests one by one");
    const lane = laneOf(p);
    const what = p.session ? "Each lane is a session. A thin line is between its turns: time to think, tools, or waiting for its children, which stand below it: a line down where one begins, up where it is joined." : p.slot ? "Each lane is a slot." : "Requests share lanes where they don't overlap.";
    node.append(el("p", { class: "note" }, what + ` ${number(one.course.requestsDrawn)} of ${number(one.course.requestsSeen)} requests are drawn. Wheel or + and − zoom, arrows and dragging move, hover or Enter tells of one.`));
    const fig = figure(node, "Waterfall", [["before the wire", "--grey", [], true], ["wait for the first token", "--c1", [], true], ["decode", "--c3", [], true], ["longest gap", "--c5", [], true], ["failed", "--bad", [], true], ...(p.session ? [["between turns", "--soft"]] : []), ...(lane.parent && p.branch ? [["spawn and join", "--c4"]] : [])]);
    const canvas = el("canvas", { class: "lanes", tabindex: 0, role: "img", "aria-label": "Waterfall of requests; arrows move, plus and minus zoom, Enter tells of the request in the middle", id: "lanes" });
    const said = el("p", { class: "note", id: "said", "aria-live": "polite" });
    canvas.dataset.lanes = lane.names.map((name) => name.trim()).join("; ");
    fig.append(canvas, said);
    const links = linksOf(p, lane, one.course.requestsDrawn === one.course.requestsSeen);
    canvas.dataset.links = [links.filter((l) => l[2] === l[3]).length, links.filter((l) => l[2] !== l[3]).length].join(" ");
    const [from, to] = view(one.course);
    lanes = { from, to, top: 0, show(a, b) { this.from = a; this.to = b; draw(); } };
    const ROW = 14, LEFT = p.session ? 84 : 62, FOOT = 20;
    const visible = Math.min(lane.names.length, 30);
    const cssHeight = visible * ROW + FOOT;
    let boxes = [];
    function draw() {
      const scale = devicePixelRatio || 1, w = fig.clientWidth || 600;
      canvas.style.height = cssHeight + "px";
      canvas.width = w * scale; canvas.height = cssHeight * scale;
      const ctx = canvas.getContext("2d");
      ctx.scale(scale, scale);
      ctx.clearRect(0, 0, w, cssHeight);
      ctx.font = "11px system-ui"; ctx.textBaseline = "middle";
      const X = (seconds) => LEFT + (seconds - lanes.from) / (lanes.to - lanes.from) * (w - LEFT - 6);
      ctx.fillStyle = color("--soft");
      for (let i = 0; i < visible; i++) ctx.fillText((lane.names[lanes.top + i] || "").slice(0, 15), 2, i * ROW + ROW / 2);
      const steps = Math.max(2, Math.floor(w / 120));
      for (let i = 0; i <= steps; i++) {
        const at = lanes.from + (lanes.to - lanes.from) * i / steps;
        ctx.fillText(number(at) + " s", Math.min(X(at), w - 44), cssHeight - FOOT / 2);
      }
      boxes = [];
      ctx.save(); ctx.beginPath(); ctx.rect(LEFT, 0, w - LEFT, cssHeight - FOOT); ctx.clip();
      const bar = (a, b, y, h, paint) => { const l = X(a), r = Math.max(X(b), l + 1); ctx.fillStyle = color(paint); ctx.fillRect(l, y, r - l, h); };
      for (const [a, b, above, below] of links) {
        const y = (n) => (n - lanes.top) * ROW + ROW / 2, flat = above === below;
        ctx.fillStyle = color(flat ? "--soft" : "--c4");
        ctx.fillRect(X(a / 1000), y(above), Math.max(X(b / 1000) - X(a / 1000), 1), flat ? 1 : y(below) - y(above));
      }
      for (let i = 0; i < p.sentMs.length; i++) {
        const row = lane.of[i] - lanes.top;
        if (row < 0 || row >= visible) continue;
        const sent = p.sentMs[i], s = (ms) => (sent + ms) / 1000, end = p.end[i] ?? p.last[i] ?? 0;
        if (s(end) < lanes.from || s(p.scheduled[i] ?? 0) > lanes.to) continue;
        const y = row * ROW + 2, h = ROW - 4, failed = p.outcomes[p.outcome[i]] !== "success";
        if ((p.scheduled[i] ?? 0) < 0) bar(s(p.scheduled[i]), s(0), y + 3, h - 6, "--grey");
        if (failed) bar(s(0), s(end), y, h, "--bad");
        else if (p.first[i] === null) bar(s(0), s(end), y, h, "--c1");
        else {
          bar(s(0), s(p.first[i]), y, h, "--c1");
          bar(s(p.first[i]), s(p.last[i]), y, h, "--c3");
          if (p.gap[i] > 0 && p.gapFrom[i] !== null && X(s(p.gapFrom[i] + p.gap[i])) - X(s(p.gapFrom[i])) > 2) bar(s(p.gapFrom[i]), s(p.gapFrom[i] + p.gap[i]), y + h - 3, 3, "--c5");
        }
        boxes.push([X(s(p.scheduled[i] ?? 0)), X(s(end)), y, y + h, i]);
      }
      ctx.restore();
    }
    const tell = (i) => {
      const dash = (v) => v === null || v === undefined ? "–" : number(v) + " ms";
      return [`request ${p.index ? p.index[i] : i}, ${p.outcomes[p.outcome[i]]}` + (p.session ? `, session ${p.session[i]} turn ${p.turn ? p.turn[i] : 0}` : "") + (p.stage ? `, stage ${p.stage[i]}` : ""),
        `sent at ${number(p.sentMs[i] / 1000)} s, due ${dash(p.scheduled[i] === null ? null : -p.scheduled[i])} before`, `ttft ${dash(p.first[i])}, last token ${dash(p.last[i])}, end ${dash(p.end[i])}`,
        `${p.tokens ? p.tokens[i] : "–"} tokens, longest gap ${dash(p.gap[i])}`].join("\n");
    };
    const tip = $("tip") || document.body.appendChild(el("div", { id: "tip", hidden: true }));
    const over = (event) => {
      const r = canvas.getBoundingClientRect(), x = event.clientX - r.left, y = event.clientY - r.top;
      return boxes.findLast ? boxes.findLast((b) => x >= b[0] - 1 && x <= b[1] + 1 && y >= b[2] && y <= b[3]) : boxes.find((b) => x >= b[0] && x <= b[1] && y >= b[2] && y <= b[3]);
    };
    let drag = null;
    canvas.addEventListener("pointermove", (event) => {
      if (drag) {
        const span = lanes.to - lanes.from, moved = (event.clientX - drag.x) / (canvas.clientWidth - LEFT) * span;
        lanes.top = Math.max(0, Math.min(lane.names.length - visible, drag.top - Math.round((event.clientY - drag.y) / ROW)));
        zoom(drag.from - moved, drag.from - moved + span);
        return;
      }
      const box = over(event);
      tip.hidden = !box;
      if (box) { tip.textContent = tell(box[4]); tip.style.left = Math.min(event.clientX + 14, innerWidth - 340) + "px"; tip.style.top = event.clientY + 14 + "px"; }
    });
    canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
    canvas.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, from: lanes.from, top: lanes.top }; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointerup", (event) => {
      const still = drag && Math.abs(event.clientX - drag.x) < 3;
      drag = null;
      const box = still && over(event);
      if (box) said.textContent = tell(box[4]).replace(/\n/g, "; ");
    });
    const scale = (factor, middle) => { const a = middle - (middle - lanes.from) * factor; zoom(a, a + (lanes.to - lanes.from) * factor); };
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      if (event.shiftKey) { lanes.top = Math.max(0, Math.min(lane.names.length - visible, lanes.top + Math.sign(event.deltaY))); draw(); return; }
      const r = canvas.getBoundingClientRect();
      scale(event.deltaY > 0 ? 1.25 : 0.8, lanes.from + (event.clientX - r.left - LEFT) / (r.width - LEFT) * (lanes.to - lanes.from));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      const span = lanes.to - lanes.from, middle = (lanes.from + lanes.to) / 2;
      const keys = { ArrowLeft: () => zoom(lanes.from - span / 8, lanes.to - span / 8), ArrowRight: () => zoom(lanes.from + span / 8, lanes.to + span / 8), "+": () => scale(0.7, middle), "=": () => scale(0.7, middle), "-": () => scale(1 / 0.7, middle), Home: whole, Escape: whole,
        ArrowUp: () => { lanes.top = Math.max(0, lanes.top - 1); draw(); }, ArrowDown: () => { lanes.top = Math.max(0, Math.min(lane.names.length - visible, lanes.top + 1)); draw(); },
        Enter: () => { const box = boxes[Math.floor(boxes.length / 2)]; if (box) said.textContent = tell(box[4]).replace(/\n/g, "; "); } };
      if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    });
    draw();
    lanes.redraw = draw;
  }

  // ---- tables of what there may be

  function flat(object, prefix) {
    return Object.entries(object).flatMap(([key, value]) => value !== null && typeof value === "object" && !Array.isArray(value) ? flat(value, prefix ? prefix + "." + key : key) : [[prefix ? prefix + "." + key : key, value]]);
  }

  function turns(one) {
    const all = one.trial.summary.turns;
    if (!all || !all.length) return;
    const node = section("turns", "By turn");
    node.append(metricTable(all, [["turn", (t) => t.turn]], "turns"));
    const s = one.trial.summary.sessions;
    if (!s) return;
    const counts = Object.entries(s).filter(([, v]) => typeof v === "number"), spread = Object.entries(s).filter(([, v]) => v && v.count !== undefined);
    const stats = ["count", "mean", "min", "p50", "p90", "p99", "max"];
    node.append(el("h3", {}, "Sessions"), table([{ name: "figure", text: true }, "value"], counts.map(([key, v]) => ({ cells: [words(key), cell(number(v), "sessions." + key, v)] })), "sessions"));
    if (spread.length) node.append(table([{ name: "of each session", text: true }, "n", ...stats.slice(1)], spread.map(([key, d]) => ({ cells: [words(key), ...stats.map((stat) => {
      const weak = (d.uncarried || []).includes(stat);
      return cell(weak ? "(" + number(d[stat]) + ")" : number(d[stat]), `sessions.${key}.${stat}`, d[stat]);
    })] })), "of each session"));
  }
  function stages(one) {
    const all = one.trial.stages;
    if (!all || !all.length) return;
    section("stages", "By stage").append(metricTable(all, [["stage", (t, i) => i], ["kind", (t) => t.kind], ["asked", (t) => typeof t.asked === "object" ? JSON.stringify(t.asked) : t.asked], ["achieved", (t) => t.achieved]], "stages"));
  }
  function metricTable(all, first, name) {
    const keys = [["ttftMs", "p50"], ["ttftMs", "p99"], ["tpotMs", "p50"], ["e2elMs", "p50"], ["e2elMs", "p99"]].filter(([key]) => all.some((t) => (t.metrics || {})[key]));
    const other = [...new Set(all.flatMap((t) => Object.keys(t)))].filter((key) => !["turn", "metrics", "requests", "kind", "asked", "achieved"].includes(key) && all.some((t) => typeof t[key] === "number"));
    return table([...first.map(([n]) => ({ name: n, text: true })), "requests", ...keys.map(([key, stat]) => key.replace("Ms", "") + " " + stat + " ms"), ...other.map(words)],
      all.map((t, i) => ({ cells: [...first.map(([, f]) => { const v = f(t, i); return typeof v === "number" ? number(v) : v; }), cell(number(typeof t.requests === "object" && t.requests ? t.requests.total : t.requests), name + "." + i + ".requests", typeof t.requests === "object" && t.requests ? t.requests.total : t.requests),
        ...keys.map(([key, stat]) => cell(number(((t.metrics || {})[key] || {})[stat]), `${name}.${i}.${key}.${stat}`, ((t.metrics || {})[key] || {})[stat])), ...other.map((key) => number(t[key]))] })), name);
  }

  function sweep(all) {
    const rows = all.map((t) => {
      const s = t.trial.summary, tpot = s.metrics.tpotMs, ttft = s.metrics.ttftMs;
      const suspect = t.trial.iterations.some((i) => i.health && i.health.verdict === "suspect");
      return { t, user: tpot ? 1000 / tpot.p50 : null, tps: s.throughput.steadyOutputTokensPerSecond ?? s.throughput.outputTokensPerSecond, whole: s.throughput.steadyOutputTokensPerSecond === null, ttft, tpot, suspect,
        overloaded: s.arrivals && s.arrivals.overloaded === "yes", work: JSON.stringify([t.run.name, t.trial.trial.workload, t.trial.trial.params]) };
    });
    const node = section("sweep", "Throughput against interactivity");
    const points = rows.filter((r) => r.user !== null && r.tps !== null);
    const front = points.filter((r) => !points.some((o) => o !== r && o.user >= r.user && o.tps >= r.tps && (o.user > r.user || o.tps > r.tps))).sort((a, b) => a.user - b.user);
    if (points.length > 1) {
      const works = [...new Set(points.map((r) => r.work))];
      const series = works.map((work) => points.filter((r) => r.work === work).sort((a, b) => a.user - b.user));
      const odd = points.filter((r) => r.suspect || r.overloaded).sort((a, b) => a.user - b.user);
      const joined = uPlot.join([...series, front, odd].map((list) => {
        const unique = list.filter((r, i) => i === 0 || r.user !== list[i - 1].user);
        return [unique.map((r) => r.user), unique.map((r) => r.tps)];
      }));
      const objective = all[0].trial.trial.objective;
      const keys = [...works.map((w, i) => [(() => { const r = series[i][0]; return r.t.run.name || r.t.trial.trial.workload; })(), "--c" + (i % 6 + 1), [], true]), ["Pareto front", "--grey", [6, 4]], ...(odd.length ? [["suspect or overloaded", "--bad", [], true]] : []), ...(objective && objective.tpotMs ? [["within the tpot objective", "--band", [], true]] : [])];
      const fig = figure(node, "Output tokens/s against 1 / tpot p50", keys);
      plot(fig, { aria: "Throughput against interactivity", height: 320, scales: { x: { time: false }, y: { range: (u, lo, hi) => [0, hi * 1.08] } }, axes: [axis("tokens/s each user sees (1 / tpot p50)"), axis("output tokens/s", { size: 62, values: (u, ticks) => ticks.map(tick) })],
        series: [{ label: "interactivity", value: (u, v) => number(v) }, ...works.map((w, i) => ({ label: keys[i][0], stroke: color("--c" + (i % 6 + 1)), width: 1.5, spanGaps: true, points: { show: true, size: 8, fill: color("--c" + (i % 6 + 1)) }, value: (u, v) => number(v) })),
          { label: "front", stroke: color("--grey"), width: 2, dash: [6, 4], spanGaps: true, points: { show: false }, value: (u, v) => number(v) }, { label: "suspect", stroke: color("--bad"), paths: () => null, points: { show: true, size: 14, width: 2, stroke: color("--bad"), fill: "transparent" }, value: (u, v) => number(v) }],
        hooks: { drawClear: [(u) => {
          if (!(objective && objective.tpotMs)) return;
          const a = Math.max(u.bbox.left, u.valToPos(1000 / objective.tpotMs, "x", true));
          u.ctx.fillStyle = color("--band");
          u.ctx.fillRect(a, u.bbox.top, Math.max(0, u.bbox.left + u.bbox.width - a), u.bbox.height);
        }], draw: [(u) => {
          const ctx = u.ctx, scale = devicePixelRatio || 1, middle = u.bbox.left + u.bbox.width / 2;
          ctx.save();
          ctx.fillStyle = color("--soft"); ctx.font = Math.round(11 * scale) + "px system-ui"; ctx.textBaseline = "bottom";
          for (const r of points) {
            const a = u.valToPos(r.user, "x", true), toLeft = a > middle;
            ctx.textAlign = toLeft ? "right" : "left";
            ctx.fillText(r.t.run.labels[r.t.trial.trial.index] || "", a + (toLeft ? -1 : 1) * 10 * scale, u.valToPos(r.tps, "y", true) - 6 * scale);
          }
          ctx.restore();
        }] } }, joined);
    }
    node.append(table([{ name: "trial", text: true }, "requests", "failed", "ttft p50 ms", "ttft p99 ms", "tpot p50 ms", "e2el p99 ms", "output tokens/s", { name: "interactivity" }, { name: "marks", text: true }], rows.map((r) => {
      const s = r.t.trial.summary, num = (m, p) => m ? number(m[p]) : "–";
      return { cells: [cell(el("a", { href: "#trial=" + r.t.at, onclick: (event) => { event.preventDefault(); writeState({ trial: r.t.at, x: null }); render(data); $("figures").scrollIntoView(); } }, r.t.label || "trial")), number(s.requests.total), number(s.requests.failed), num(r.ttft, "p50"), num(r.ttft, "p99"), num(r.tpot, "p50"), num(s.metrics.e2elMs, "p99"),
        cell(number(r.tps) + (r.whole ? " *" : ""), `${r.t.at}.tokensPerSecond`, r.tps), number(r.user), [front.includes(r) && points.length > 1 ? "front" : "", r.suspect ? "suspect" : "", r.overloaded ? "overloaded" : ""].filter(Boolean).join(", ")] };
    }), "sweep"), el("p", { class: "note" }, rows.some((r) => r.whole) ? "* of the whole run: it was never steady. Percentiles are those of the native result." : "Tokens/s while the load was steady."));
  }

  function errors(all) {
    const untold = (data.runs || []).flatMap((run) => run.unmeasured || []);
    const several = all.length + untold.length > 1;
    const rows = [...all.map((t) => [t.label, t.trial.failures || []]), ...untold.map((t) => [(t.label || "trial " + t.trial) + ", in its warm-up", t.failures])].flatMap(([label, failures]) => failures.map((f) => ({ cells: [...(several || untold.length ? [label] : []), f.outcome, f.status === null ? "–" : String(f.status), cell(number(f.requests), "failures", f.requests), f.message || "–"] })));
    if (!rows.length) return;
    section("errors", "Errors").append(el("p", { class: "note" }, "What went wrong, the most frequent first, in the endpoint's own words as far as it said any."),
      table([...(several || untold.length ? [{ name: "trial", text: true }] : []), { name: "outcome", text: true }, "status", "requests", { name: "message", text: true, wrap: true }], rows, "errors"));
  }

  function judged(sheet, i) {
    const title = sheet.title || "judged", node = section("judged" + (i || ""), title[0].toUpperCase() + title.slice(1));
    if (sheet.verdict) node.append(el("p", {}, el("strong", {}, sheet.verdict)));
    if (sheet.rows.length) node.append(table(sheet.columns.map((name, c) => ({ name, text: c === 0 || name.toLowerCase() === "verdict" || name.toLowerCase() === "units" })), sheet.rows.map((row) => ({ cells: row })), "judged"));
    (sheet.notes || []).forEach((line) => node.append(el("p", { class: "note" }, line)));
    const at = (name) => sheet.columns.indexOf(name);
    const signed = (text) => { const found = /^([+-]?[\d.]+)/.exec(String(text || "").replace("−", "-")); return found ? Number(found[1]) : NaN; };
    const ranges = at("95 % interval") < 0 ? [] : sheet.rows.map((row) => {
      const both = String(row[at("95 % interval")]).replace(/−/g, "-").split(" to ");
      return { name: row[0], center: signed(row[at("difference")]), low: signed(both[0]), high: signed(both[1]), marks: [-1, 1].map((side) => side * signed(row[at("margin")])).filter((mark) => mark) };
    }).filter((one) => [one.center, one.low, one.high].every(Number.isFinite));
    const most = Math.max(...ranges.flatMap((r) => [r.low, r.high, ...r.marks].map(Math.abs))) * 1.1 || 1;
    intervalChart(node, "Differences with their 95 % intervals, in %", ranges, "margin", [-most, most]);
  }

  /** Figures with their intervals, one below the other, each beside its marks. */
  function intervalChart(node, caption, ranges, mark, [from, to]) {
    if (!ranges.length) return;
    const fig = figure(node, caption, [["95 % interval", "--c1"], [mark, "--bad", [6, 4]]]);
    const NS = "http://www.w3.org/2000/svg", w = width(), row = 26, left = Math.min(190, w / 3), foot = ranges.length * row, h = foot + 22;
    const X = (v) => left + 10 + (v - from) / (to - from) * (w - left - 30);
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", `0 0 ${w} ${h}`); svg.setAttribute("width", "100%"); svg.setAttribute("role", "img"); svg.setAttribute("aria-label", caption);
    const put = (name, attributes, text) => { const n = document.createElementNS(NS, name); for (const [k, v] of Object.entries(attributes)) n.setAttribute(k, v); if (text) n.textContent = text; svg.append(n); };
    const rough = (to - from) / Math.max(2, (w - left) / 90), ten = Math.pow(10, Math.floor(Math.log10(rough))), step = [1, 2, 5, 10].find((m) => m * ten >= rough) * ten;
    for (let n = Math.ceil(from / step); n * step <= to; n++) {
      put("line", { x1: X(n * step), x2: X(n * step), y1: 0, y2: foot, stroke: color(n ? "--line" : "--soft") });
      put("text", { x: X(n * step), y: h - 6, fill: color("--soft"), "font-size": 12, "text-anchor": "middle" }, tick(n * step));
    }
    ranges.forEach((r, i) => {
      const y = i * row + row / 2;
      put("text", { x: 0, y: y + 4, fill: color("--fg"), "font-size": 13 }, r.name);
      r.marks.forEach((at) => put("line", { x1: X(at), x2: X(at), y1: y - 9, y2: y + 9, stroke: color("--bad"), "stroke-width": 2, "stroke-dasharray": "4 3" }));
      put("line", { x1: X(r.low), x2: X(r.high), y1: y, y2: y, stroke: color("--c1"), "stroke-width": 3 });
      put("circle", { cx: X(r.center), cy: y, r: 4.5, fill: color("--c1") });
    });
    fig.append(svg);
  }

  /** Each probe of a search: how many of its requests met the limits, beside how many have to. */
  function search(run, i) {
    const told = run.result.search, probes = told.probes || [];
    if (!probes.length) return;
    const node = section("search" + (i || ""), "Probes of the search");
    node.append(el("p", {}, told.text));
    const load = told.axis === "rate" ? "requests/s" : "slots", key = (i || "0") + ".probes.";
    intervalChart(node, `Share of requests that met the limits, in %, by ${load}`, probes.filter((p) => p.share !== null && p.low !== null && p.high !== null)
      .map((p) => ({ name: `${number(p.load)}: ${p.verdict}`, center: p.share * 100, low: p.low * 100, high: p.high * 100, marks: [told.attainment * 100] })), "asked for", [0, 100]);
    node.append(table([{ name: load }, "requests", "met", { name: "share" }, { name: "95 % interval" }, { name: "overloaded", text: true }, { name: "verdict", text: true }], probes.map((p, n) => ({ cells: [
      cell(number(p.load), key + n + ".load", p.load), cell(number(p.requests), key + n + ".requests", p.requests), cell(number(p.met), key + n + ".met", p.met), cell(percent(p.share), key + n + ".share", p.share),
      p.low === null || p.high === null ? "–" : percent(p.low) + " to " + percent(p.high), p.overloaded || "–", p.verdict] })), "probes"));
  }
  function job() {
    section("job", "Batch job").append(table([{ name: "figure", text: true }, { name: "value", text: true, wrap: true }], flat(data.job, "").map(([key, v]) => ({ cells: [key, Array.isArray(v) ? (v.length ? JSON.stringify(v) : "none") : typeof v === "number" ? number(v) : v === null ? "–" : String(v)] })), "job"));
  }

  // ---- while the run goes on

  const ROWS = [{ name: "requests of", text: true }, "requests", "failed", "ttft p50 ms", "ttft p95 ms", "ttft p99 ms", "e2el p50 ms", "e2el p95 ms", "e2el p99 ms", "requests/s", "output tokens/s"];
  function rowsTable(rows) {
    const shown = (row, metric, p) => {
      const value = row[metric][p], weak = (row[metric].uncarried || []).includes(p);
      return cell(weak ? el("span", { title: "too few values for this percentile to mean something" }, "(" + number(value) + ")") : number(value), `${metric}.${p}`, value);
    };
    return table(ROWS, rows.map((row) => ({ kind: row.warmup ? "client" : undefined, cells: [row.name, cell(number(row.requests), "requests", row.requests), cell(number(row.failed), "failed", row.failed),
      ...["ttftMs", "e2elMs"].flatMap((metric) => ["p50", "p95", "p99"].map((p) => shown(row, metric, p))),
      cell(number(row.requestsPerSecond), "requestsPerSecond", row.requestsPerSecond), cell(number(row.outputTokensPerSecond), "outputTokensPerSecond", row.outputTokensPerSecond)] })), "rows");
  }
  const rowsCsv = (rows) => csv(rowsTable(rows).querySelector("table"));

  /** Draws anew but what somebody is looking at: a table with the focus in it, charts with the pointer over them. */
  function running(next) {
    data = next;
    theme();
    if (!$("now")) $("main").replaceChildren(el("div", { id: "now" }), el("div", { id: "so-far" }));
    $("title").textContent = data.title || "Inferometer";
    document.title = data.title + " – " + data.live.state + " – Inferometer";
    $("subtitle").textContent = [data.startedAt && new Date(data.startedAt).toISOString().replace("T", " ").slice(0, 16) + " UTC", data.model && "model " + data.model, data.endpoint, data.version && "Inferometer " + data.version].filter(Boolean).join(" · ");
    anew($("now"), (place) => place.contains(document.activeElement), () => {
      section("progress", "Requests").append(data.rows.length ? rowsTable(data.rows) : el("p", { class: "note" }, "None has ended yet."),
        el("p", { class: "note" }, data.live.state === "ended" ? "" : "Requests that have ended, so far. Percentiles are to two digits, rates over all the time of the iterations; in the line above they are those of the last ten seconds."));
      if (data.failures.length) section("errors", "Failures").append(table([{ name: "requests of", text: true }, { name: "outcome", text: true }, "status", "requests", { name: "message", text: true, wrap: true }],
        data.failures.map((f) => ({ cells: [f.row, f.outcome, f.status === null ? "–" : String(f.status), cell(number(f.requests), "failures", f.requests), f.message || "–"] })), "errors"));
      if (data.notes.length) section("notes", "Notes").append(el("ul", { class: "flags" }, data.notes.map((line) => el("li", {}, line))));
    });
    if (data.course) anew($("so-far"), (place) => place.matches(":hover") || place.contains(document.activeElement), () => {
      charts.forEach((chart) => chart.destroy());
      charts = [];
      lanes = null;
      const one = chosen();
      timeline(one);
      distribution(one);
      waterfall(one);
    });
    contents();
  }
  function anew(place, busy, draw) {
    if (busy(place)) return;
    place.style.minHeight = place.offsetHeight + "px";
    place.replaceChildren();
    into = place;
    draw();
    place.style.minHeight = "";
  }
  const redraw = () => data && (data.live ? running(data) : render(data));

  function settings(one) {
    const from = one.run.result.run.settings || one.trial.trial.settings;
    const node = section("settings", "Everything that was set");
    if (from) node.append(table([{ name: "setting", text: true }, { name: "value", text: true, wrap: true }, { name: "from", text: true, wrap: true }], from.map((s) => ({ cells: [s.name, s.value, s.from] })), "set"));
    const rows = [...flat(one.trial.trial, ""), ...flat(one.run.result.run, "").filter(([key]) => key !== "settings")].filter(([key, v]) => v !== null && v !== "" && !(Array.isArray(v) && !v.length));
    node.append(el("details", { open: !from }, el("summary", {}, "The header of the run and of this trial"), table([{ name: "name", text: true }, { name: "value", text: true, wrap: true }], rows.map(([key, v]) => ({ cells: [key, Array.isArray(v) ? v.map((x) => typeof x === "object" ? JSON.stringify(x) : x).join(", ") : String(v)] })), "header")));
  }

  function glossary() {
    section("glossary", "Glossary", el("dl", {}, Object.entries(GLOSSARY).flatMap(([word, text]) => [el("dt", {}, word), el("dd", {}, text)])));
  }
  function contents() {
    $("contents").replaceChildren(...[...document.querySelectorAll("main section")].map((s) => el("a", { href: "#" + s.id, onclick: (event) => {
      event.preventDefault();
      writeState({ s: s.id });
      s.scrollIntoView();
    } }, s.querySelector("h2").textContent)));
  }

  // ---- events

  $("trial").addEventListener("change", (event) => { writeState({ trial: event.target.value, x: null }); redraw(); });
  $("theme").addEventListener("click", () => { writeState({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" }); redraw(); });
  addEventListener("hashchange", () => {
    if (quiet) { quiet = false; return; }
    readState();
    redraw();
  });
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => { charts.forEach((chart) => chart.setSize({ width: width(), height: chart.height })); if (lanes && lanes.redraw) lanes.redraw(); }, 120);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (!state.theme) redraw(); });

  readState();
  window.inferometer = { render, csv, number, running, rowsCsv };
  const told = JSON.parse($("data").textContent);
  if (told) {
    render(told);
    if (state.s && $(state.s)) $(state.s).scrollIntoView();
  }
})();
