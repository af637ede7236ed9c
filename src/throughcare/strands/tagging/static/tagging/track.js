// Tracks on a map, drawn from the numbers that the page brings and from nothing else; the tables below have the same facts.
// One canvas layer draws every fix: what falls on the same few pixels is drawn once, so that 20,000 fixes move as smoothly as 200.
/* global ol */

const COLOURS = ["#1d5a96", "#942514", "#00553a", "#4c2c92", "#7a4a00", "#801650"];
const FADED = 0.25, NEAR = 1.5, DOT = 7, ARROW = 46, FEW_CIRCLES = 400, TICK = 100, TICKS = 300, LARGER = 1.6, REST = 120;
const RADIUS = 6378137;

const root = document.querySelector("[data-track]");

const mercator = (east, north) => [RADIUS * east * Math.PI / 180, RADIUS * Math.log(Math.tan(Math.PI / 4 + north * Math.PI / 360))];
const clock = (at) => new Date(at * 1000).toLocaleTimeString("en-GB", { timeZone: "Europe/London" });
const weekday = (at) => new Date(at * 1000).toLocaleDateString("en-GB", { timeZone: "Europe/London", weekday: "short", day: "numeric", month: "long" });

function prepared(told) {
  const tracks = told.tracks.map((each) => {
    const n = each.t.length, xs = new Float64Array(n), ys = new Float64Array(n), stretch = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      const north = each.y[i] / 1e6;
      [xs[i], ys[i]] = mercator(each.x[i] / 1e6, north);
      stretch[i] = 1 / Math.cos(north * Math.PI / 180);
    }
    const silent = new Set(each.gaps.map(([from]) => from));
    return { ...each, n, xs, ys, stretch, silent, shown: true };
  });
  const order = [];
  tracks.forEach((track, k) => { for (let i = 0; i < track.n; i += 1) if (track.ok[i]) order.push([track.t[i], k, i]); });
  order.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return { ...told, tracks, order };
}

/* The canvas: line, gaps, arrows, circles of precision, fixes, letters. It is painted larger than the map; while the map moves, what
   was painted is moved with it, and is painted anew once it rests or what was painted no longer reaches. */

function painter(data, state) {
  const canvas = document.createElement("canvas"), kept = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.className = "ol-layer";
  canvas.style.cssText = "position:absolute;left:0;top:0;width:100%;height:100%;pointer-events:none";
  let painted = null, resting = null, spent = 0, times = 0;

  function paint(centre, resolution, [wide, high], ratio) {
    const began = performance.now();
    painted = { centre, resolution, wide: Math.round(wide * LARGER), high: Math.round(high * LARGER), size: `${wide} ${high} ${ratio}` };
    kept.width = painted.wide * ratio;
    kept.height = painted.high * ratio;
    const brush = kept.getContext("2d");
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const track of data.tracks) if (track.shown) draw(brush, track, painted, data, state);
    spent += performance.now() - began;
    times += 1;
    root.dataset.paintMs = (spent / times).toFixed(2);
    state.stale = false;
  }

  return function render(frame) {
    const { center, resolution } = frame.viewState, [wide, high] = frame.size, ratio = frame.pixelRatio;
    if (!painted || state.stale || painted.size !== `${wide} ${high} ${ratio}`) paint(center, resolution, frame.size, ratio);
    let scale = painted.resolution / resolution, left = 0, top = 0;
    const place = () => {
      left = wide / 2 + (painted.centre[0] - center[0]) / resolution - painted.wide * scale / 2;
      top = high / 2 - (painted.centre[1] - center[1]) / resolution - painted.high * scale / 2;
    };
    place();
    if (left > 0 || top > 0 || left + painted.wide * scale < wide || top + painted.high * scale < high || scale > 2) {
      paint(center, resolution, frame.size, ratio);
      scale = 1;
      place();
    }
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(wide * ratio);
      canvas.height = Math.round(high * ratio);
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, wide, high);
    pen.drawImage(kept, left, top, painted.wide * scale, painted.high * scale);
    clearTimeout(resting);
    if (scale !== 1 || painted.centre[0] !== center[0] || painted.centre[1] !== center[1]) resting = setTimeout(() => state.anew(), REST);
    return canvas;
  };
}

function draw(pen, track, to, data, state) {
  const colour = COLOURS[data.people[track.person].colour], { n, xs, ys, t, ok } = track, now = state.at;
  const px = new Float32Array(n), py = new Float32Array(n);
  for (let i = 0; i < n; i += 1) {
    px[i] = (xs[i] - to.centre[0]) / to.resolution + to.wide / 2;
    py[i] = (to.centre[1] - ys[i]) / to.resolution + to.high / 2;
  }
  pen.lineWidth = 2.5;
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  way(pen, track, px, py, now);
  arrows(pen, track, px, py, to, now);
  const seen = new Set();
  let circles = 0;
  for (let i = 0; i < n; i += 1) {
    if (px[i] < -20 || py[i] < -20 || px[i] > to.wide + 20 || py[i] > to.high + 20) continue;
    const cell = Math.floor(px[i] / DOT) * 65536 + Math.floor(py[i] / DOT);
    if (seen.has(cell)) continue;
    seen.add(cell);
    pen.globalAlpha = t[i] <= now ? 1 : FADED;
    if (!ok[i]) { cross(pen, px[i], py[i]); continue; }
    pen.beginPath();
    pen.arc(px[i], py[i], 3, 0, 7);
    pen.fill();
    const ring = track.p[i] * track.stretch[i] / to.resolution;
    if (ring > DOT && ring < 2000 && circles < FEW_CIRCLES) {
      circles += 1;
      pen.globalAlpha *= 0.45;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.arc(px[i], py[i], ring, 0, 7);
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
  stops(pen, track, to, colour);
  letter(pen, track, px, py, now, data.people[track.person].letter, colour);
}

// From fix to fix that came one after the other; over a gap dashed. A way of less than a few pixels waits for the next.
function way(pen, track, px, py, now) {
  for (const [later, alpha] of [[true, FADED], [false, 1]]) {
    pen.globalAlpha = alpha;
    const dashed = [];
    let last = -1, from = -1;
    pen.beginPath();
    for (let i = 0; i < track.n; i += 1) {
      if (!track.ok[i]) continue;
      if ((track.t[i] > now) === later && last >= 0) {
        if (track.silent.has(track.t[last])) { dashed.push([last, i]); from = i; }
        else if (from < 0 || from !== last || Math.abs(px[i] - px[from]) + Math.abs(py[i] - py[from]) > 0) {
          if (from !== last && from >= 0 && Math.hypot(px[i] - px[from], py[i] - py[from]) < NEAR) { last = i; continue; }
          pen.moveTo(px[from >= 0 ? from : last], py[from >= 0 ? from : last]);
          pen.lineTo(px[i], py[i]);
          from = i;
        }
      } else from = i;
      last = i;
    }
    pen.stroke();
    if (dashed.length) {
      pen.setLineDash([7, 7]);
      pen.beginPath();
      for (const [one, other] of dashed) { pen.moveTo(px[one], py[one]); pen.lineTo(px[other], py[other]); }
      pen.stroke();
      pen.setLineDash([]);
    }
  }
  pen.globalAlpha = 1;
}

// The direction that the tag told, else that of the way; one arrow for so many pixels of way.
function arrows(pen, track, px, py, to, now) {
  let gone = 0, last = -1;
  for (let i = 0; i < track.n; i += 1) {
    if (!track.ok[i]) continue;
    if (last >= 0) {
      const step = Math.hypot(px[i] - px[last], py[i] - py[last]);
      gone += step;
      if (gone > ARROW && step > 4 && px[i] > 0 && py[i] > 0 && px[i] < to.wide && py[i] < to.high) {
        gone = 0;
        const turn = track.d[i] >= 0 ? (track.d[i] - 90) * Math.PI / 180 : Math.atan2(py[i] - py[last], px[i] - px[last]);
        pen.globalAlpha = track.t[i] <= now ? 1 : FADED;
        pen.save();
        pen.translate((px[i] + px[last]) / 2, (py[i] + py[last]) / 2);
        pen.rotate(turn);
        pen.beginPath();
        pen.moveTo(8, 0);
        pen.lineTo(-5, -6);
        pen.lineTo(-5, 6);
        pen.fill();
        pen.restore();
      }
    }
    last = i;
  }
  pen.globalAlpha = 1;
}

function cross(pen, x, y) {
  pen.save();
  pen.lineWidth = 2;
  pen.strokeStyle = "#0b0c0c";
  pen.beginPath();
  pen.moveTo(x - 5, y - 5); pen.lineTo(x + 5, y + 5); pen.moveTo(x + 5, y - 5); pen.lineTo(x - 5, y + 5);
  pen.stroke();
  pen.restore();
}

function stops(pen, track, to, colour) {
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  for (const [east, north] of track.stops) {
    const [x, y] = mercator(east, north);
    pen.strokeRect((x - to.centre[0]) / to.resolution + to.wide / 2 - 8, (to.centre[1] - y) / to.resolution + to.high / 2 - 8, 16, 16);
  }
}

// The letter stands where the person was last heard by then.
function letter(pen, track, px, py, now, words, colour) {
  let at = -1;
  for (let i = 0; i < track.n && track.t[i] <= now; i += 1) if (track.ok[i]) at = i;
  if (at < 0) at = track.ok.indexOf(1);
  if (at < 0) return;
  pen.fillStyle = colour;
  pen.strokeStyle = "#fff";
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(px[at], py[at], 13, 0, 7);
  pen.fill();
  pen.stroke();
  pen.fillStyle = "#fff";
  pen.font = "bold 15px arial, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(words, px[at], py[at] + 1);
}

/* Zones, crimes and outlines: few, as shapes of OpenLayers. */

function shapes(data, state) {
  const { style: { Style, Stroke, Fill, Text }, geom, Feature, source, layer, format } = ol, features = new source.Vector();
  const add = (geometry, words, colour, spans, far = 0) => {
    const feature = new Feature(geometry);
    feature.setStyle((_, resolution) => {
      const live = spans.some(([from, until]) => from <= state.at && state.at < until) || state.whole;
      // A corridor is a line with its width: a broad stroke, as wide as the ground it covers.
      const broad = far ? [new Style({ stroke: new Stroke({ color: `${colour}${live ? "33" : "1a"}`, width: (2 * far) / resolution }) })] : [];
      return [...broad, new Style({
        stroke: new Stroke({ color: colour, width: live ? 3 : 1.5, lineDash: live ? undefined : [6, 6] }), fill: new Fill({ color: live ? `${colour}26` : "#ffffff00" }),
        text: new Text({ text: words, font: "bold 14px arial, sans-serif", fill: new Fill({ color: colour }), stroke: new Stroke({ color: "#fff", width: 3 }), overflow: true, textBaseline: "top", offsetY: 18 }),
      })];
    });
    features.addFeature(feature);
  };
  const round = (east, north, metres) => new geom.Circle(mercator(east, north), Math.max(1, metres) / Math.cos(north * Math.PI / 180));
  for (const zone of data.zones) {
    const { geometry } = zone, spot = geometry.type === "Point";
    const shape = spot ? round(...geometry.coordinates, zone.radius) : new format.GeoJSON({ featureProjection: "EPSG:3857" }).readGeometry(geometry, { featureProjection: "EPSG:3857", dataProjection: "EPSG:4326" });
    const [, north] = ol.proj.toLonLat(ol.extent.getCenter(shape.getExtent()));
    add(shape, zone.name, zone.kind === "exclusion" ? "#942514" : "#00553a", zone.spans, spot ? 0 : zone.radius / Math.cos(north * Math.PI / 180));
  }
  for (const crime of data.crimes) add(round(crime.x, crime.y, crime.radius), crime.reference, "#0b0c0c", [crime.span]);
  return new layer.Vector({ source: features });
}

function drawMap(box, data, state) {
  const { source, layer, style: { Style, Stroke } } = ol;
  for (const each of root.querySelectorAll("[data-no-map]")) each.hidden = true;
  for (const each of [box, ...root.querySelectorAll("[data-needs-map]")]) each.hidden = false;
  const edges = new source.Vector(), around = shapes(data, state);
  const tracks = new layer.Layer({ render: painter(data, state), source: new source.Vector() });
  const map = new ol.Map({
    target: box, controls: [new ol.control.Zoom({ zoomInTipLabel: "Nearer", zoomOutTipLabel: "Further" }), new ol.control.ScaleLine()],
    layers: [new layer.Vector({ source: edges, style: new Style({ stroke: new Stroke({ color: "#505a5f", width: 1.5 }) }) }), around, tracks],
    view: new ol.View({ center: mercator(-0.09, 51.54), zoom: 11, minZoom: 7, maxZoom: 20, enableRotation: false }),
  });
  fit(map, data, around);
  outline(edges);
  state.anew = () => { state.stale = true; tracks.changed(); };
  return { map, redraw: () => { around.changed(); state.anew(); } };
}

function fit(map, data, around) {
  const extent = ol.extent.createEmpty();
  for (const track of data.tracks) for (let i = 0; i < track.n; i += 1) if (track.ok[i]) ol.extent.extendCoordinate(extent, [track.xs[i], track.ys[i]]);
  ol.extent.extend(extent, around.getSource().getExtent());
  if (!ol.extent.isEmpty(extent)) map.getView().fit(extent, { padding: [40, 40, 40, 40], maxZoom: 17 });
}

async function outline(edges) {
  if (!root.dataset.outlines) return;
  const answer = await fetch(root.dataset.outlines, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  edges.addFeatures(new ol.format.GeoJSON({ featureProjection: "EPSG:3857" }).readFeatures(await answer.json()));
}

/* The player: a slider over the fixes by time, whose arrow keys are previous and next. */

function player(data, state, drawn) {
  const slider = root.querySelector("[data-at]"), said = root.querySelector("[data-said]"), play = root.querySelector("[data-play]");
  const last = data.order.length - 1;
  let going = null;
  root.querySelector("[data-of]").textContent = `1 to ${last + 1}`;
  slider.max = String(Math.max(last, 0));
  slider.value = slider.max;
  const words = ([at, k, i]) => {
    const track = data.tracks[k], who = data.people.length > 1 ? `${data.people[track.person].letter}, ` : "";
    const day = data.length > 90000 ? `${weekday(data.start + at)}, ` : "";
    return `${who}${day}${clock(data.start + at)}, ${(track.y[i] / 1e6).toFixed(5)}, ${(track.x[i] / 1e6).toFixed(5)}${track.p[i] ? `, within ${track.p[i]} m` : ""}`;
  };
  function go(place, centre = false) {
    const here = data.order[Math.min(Math.max(place, 0), last)];
    slider.value = String(Math.min(Math.max(place, 0), last));
    [state.at] = here;
    state.whole = false;
    slider.setAttribute("aria-valuetext", words(here));
    said.textContent = words(here);
    const track = data.tracks[here[1]], where = [track.xs[here[2]], track.ys[here[2]]];
    if (centre || !ol.extent.containsCoordinate(drawn.map.getView().calculateExtent(), where)) drawn.map.getView().setCenter(where);
    drawn.redraw();
  }
  function stop() { clearInterval(going); going = null; play.textContent = "Play"; }
  slider.addEventListener("input", () => { stop(); go(Number(slider.value)); });
  for (const button of root.querySelectorAll("[data-step]")) button.addEventListener("click", () => { stop(); go(Number(slider.value) + Number(button.dataset.step)); });
  play.addEventListener("click", () => {
    if (going) { stop(); return; }
    if (Number(slider.value) >= last) go(0);
    play.textContent = "Stop";
    const stride = Math.max(1, Math.ceil(last / TICKS));
    going = setInterval(() => {
      const next = Number(slider.value) + stride;
      go(next);
      if (next >= last) stop();
    }, TICK);
  });
  for (const button of document.querySelectorAll("[data-go]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      stop();
      const place = data.order.findIndex(([at]) => at >= Number(button.dataset.go));
      go(place < 0 ? last : place, true);
      root.scrollIntoView({ block: "nearest" });
    });
  }
  for (const boxed of root.querySelectorAll("[data-shows]")) boxed.addEventListener("change", () => {
    for (const track of data.tracks) if (track.person === Number(boxed.dataset.shows)) track.shown = boxed.checked;
    drawn.redraw();
  });
}

if (root && typeof ol !== "undefined") {
  const data = prepared(JSON.parse(root.dataset.numbers)), state = { at: Infinity, whole: true, stale: true, anew: () => {} };
  const drawn = drawMap(root.querySelector("[data-map]"), data, state);
  if (data.order.length) player(data, state, drawn); else root.querySelector(".tc-player").hidden = true;
  root.drawn = drawn; // so that a measurement can move the map
  root.dataset.drawn = String(data.order.length);
}
