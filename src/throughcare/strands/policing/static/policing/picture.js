// The crime map and the association network, drawn from the tables on the page and from nothing else (ADR 0027).
// Without this script the tables alone stand there, with all that is shown here.
/* global ol, cytoscape */

const root = document.querySelector("[data-picture]");
const number = (row, name) => Number(row.dataset[name]);

function reveal(box) {
  box.hidden = false;
  box.parentElement.querySelectorAll("[data-no-picture]").forEach((words) => { words.hidden = true; });
}

// One row at a time is chosen: by its button, or in the picture. `told` is said aloud.
function chooser(rows, { show, said, words }) {
  let chosen = null;
  const buttons = new Map(rows.map((row) => [row, row.querySelector("[data-show]")]));
  function choose(row, scroll = false) {
    chosen = row === chosen ? null : row;
    for (const [each, button] of buttons) {
      each.classList.toggle("tc-chosen", each === chosen);
      button.setAttribute("aria-pressed", String(each === chosen));
    }
    if (chosen && scroll) chosen.scrollIntoView({ block: "nearest" });
    said.textContent = chosen ? words(chosen) : "";
    show(chosen);
  }
  for (const [row, button] of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => choose(row));
  }
  return choose;
}

const text = (row, label) => row.querySelector(`[data-label="${label}"]`).innerText.trim().replace(/\s+/g, " ");

/* The map: outlines that the pilot brings, counts by small area where asked for, the points with their rings. */

function styles() {
  const { Style, Stroke, Fill, Circle, Text } = ol.style;
  const label = (words, colour) => new Text({ text: words, font: "bold 14px arial, sans-serif", fill: new Fill({ color: colour }) });
  return {
    outline: new Style({ stroke: new Stroke({ color: "#505a5f", width: 1.5 }) }),
    area: (count) => new Style({
      image: new Circle({ radius: 7 + Math.min(9, 2 * Math.sqrt(count)), fill: new Fill({ color: "#ffffffcc" }), stroke: new Stroke({ color: "#4c2c92", width: 2 }) }),
      text: label(String(count), "#4c2c92"),
    }),
    ring: (chosen) => new Style({ stroke: new Stroke({ color: chosen ? "#942514" : "#1d70b8", width: chosen ? 3 : 1.5 }), fill: new Fill({ color: chosen ? "#94251433" : "#1d70b822" }) }),
    point: (words, chosen) => new Style({
      image: new Circle({ radius: chosen ? 16 : 12, fill: new Fill({ color: chosen ? "#942514" : "#0b3c5d" }), stroke: new Stroke({ color: "#fff", width: 2 }) }),
      text: label(words, "#fff"), zIndex: chosen ? 2 : 1,
    }),
  };
}

function place(row) { return ol.proj.fromLonLat([number(row, "longitude"), number(row, "latitude")]); }

// Metres on the ground are longer on this projection the further north they are.
function metres(row) { return number(row, "radius") / Math.cos((number(row, "latitude") * Math.PI) / 180); }

function drawMap(box) {
  const { Feature, geom, source, layer } = ol, style = styles();
  const rows = [...root.querySelectorAll("tr[data-point]")];
  const points = new source.Vector(), rings = new source.Vector(), edges = new source.Vector(), areas = new source.Vector();
  const marks = new Map(rows.map((row) => {
    const mark = new Feature(new geom.Point(place(row))), ring = new Feature(new geom.Circle(place(row), Math.max(1, metres(row))));
    points.addFeature(mark);
    rings.addFeature(ring);
    mark.row = row;
    return [row, { mark, ring }];
  }));
  const paint = (chosen) => marks.forEach(({ mark, ring }, row) => {
    mark.setStyle(style.point(row.dataset.point, row === chosen));
    ring.setStyle(style.ring(row === chosen));
  });
  reveal(box);
  const map = new ol.Map({
    target: box, controls: [new ol.control.Zoom({ zoomInTipLabel: "Nearer", zoomOutTipLabel: "Further" }), new ol.control.ScaleLine()],
    layers: [new layer.Vector({ source: edges, style: style.outline }), new layer.Vector({ source: rings }), new layer.Vector({ source: areas }), new layer.Vector({ source: points })],
    view: new ol.View({ center: place(rows[0]), zoom: 12, minZoom: 7, maxZoom: 18 }),
  });
  const whole = rings.getExtent();
  map.getView().fit(whole, { padding: [40, 40, 40, 40], maxZoom: 15 });
  const choose = chooser(rows, {
    said: root.querySelector("[data-map-said]"),
    words: (row) => `Number ${row.dataset.point} is marked: ${text(row, "When")}, ${text(row, "Where")}.`,
    show: (row) => {
      paint(row);
      if (row) map.getView().setCenter(place(row)); else map.getView().fit(whole, { padding: [40, 40, 40, 40], maxZoom: 15 });
    },
  });
  paint(null);
  map.on("click", ({ pixel }) => map.forEachFeatureAtPixel(pixel, ({ row }) => { if (row) choose(row, true); return Boolean(row); }));
  outline(box, edges);
  counts(areas, style);
  box.dataset.drawn = String(rows.length);
}

async function outline(box, edges) {
  if (!box.dataset.outlines) return;
  const answer = await fetch(box.dataset.outlines, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  edges.addFeatures(new ol.format.GeoJSON({ featureProjection: "EPSG:3857" }).readFeatures(await answer.json()));
  box.dataset.outlined = String(edges.getFeatures().length);
}

function counts(areas, style) {
  for (const button of root.querySelectorAll("[data-layer]")) {
    const drawn = [...root.querySelectorAll(`#${button.dataset.layer} tr[data-number]`)].map((row) => {
      const mark = new ol.Feature(new ol.geom.Point(place(row)));
      mark.setStyle(style.area(number(row, "number")));
      return mark;
    });
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? "Take off the map" : "Show on the map";
      if (on) areas.addFeatures(drawn); else areas.removeFeatures(drawn);
    });
  }
}

/* The network: the person in the middle, the others around; the stronger a link, the wider its line. */

const WIDTH = { strong: 6, moderate: 3.5, weak: 1.5 };

function drawNetwork(box) {
  const rows = [...root.querySelectorAll("tr[data-node]")];
  const edge = (source, target, strength) => ({ data: { id: `${source}-${target}`, source, target, width: WIDTH[strength] } });
  const elements = [
    { data: { id: "0", words: box.dataset.centre, near: 2 }, classes: "centre" },
    ...rows.map((row) => ({ data: { id: row.dataset.node, words: `${row.dataset.node}. ${row.dataset.words}`, near: 1 } })),
    ...rows.map((row) => edge("0", row.dataset.node, row.dataset.strength)),
    ...[...root.querySelectorAll("[data-among] li")].map(({ dataset }) => edge(dataset.one, dataset.other, dataset.strength)),
  ];
  reveal(box);
  const picture = cytoscape({
    container: box, elements, userZoomingEnabled: false, userPanningEnabled: false, autoungrabify: true, boxSelectionEnabled: false,
    style: [
      { selector: "node", style: { label: "data(words)", "background-color": "#1d70b8", width: 26, height: 26, "font-family": "arial, sans-serif", "font-size": 15, color: "#0b0c0c", "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": 120, "text-background-color": "#f3f6f9", "text-background-opacity": 0.85 } },
      { selector: "node.centre", style: { "background-color": "#0b3c5d", width: 40, height: 40, "font-weight": "bold" } },
      { selector: "edge", style: { width: "data(width)", "line-color": "#505a5f", "curve-style": "straight" } },
      { selector: ".chosen", style: { "background-color": "#942514", "line-color": "#942514", "z-index": 9 } },
    ],
    layout: { name: "concentric", concentric: (node) => node.data("near"), levelWidth: () => 1, minNodeSpacing: 60, padding: 30, animate: false },
  });
  const choose = chooser(rows, {
    said: root.querySelector("[data-network-said]"),
    words: (row) => `Link ${row.dataset.node} is marked: ${row.dataset.words}, ${text(row, "How it is known")}.`,
    show: (row) => {
      picture.elements().removeClass("chosen");
      if (row) for (const id of [row.dataset.node, `0-${row.dataset.node}`]) picture.getElementById(id).addClass("chosen");
    },
  });
  picture.on("tap", "node", ({ target }) => {
    const row = rows.find(({ dataset }) => dataset.node === target.id());
    if (row) choose(row, true);
  });
  box.dataset.drawn = String(picture.nodes().length);
}

const map = root?.querySelector("[data-map]"), network = root?.querySelector("[data-network]");
if (map && typeof ol !== "undefined") drawMap(map);
if (network && typeof cytoscape !== "undefined") drawNetwork(network);
