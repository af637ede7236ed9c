// Drawing a zone, or pointing at an address: what is drawn is written into the form, and the form alone is sent.
// Without this script the form's own fields do the same: GeoJSON, a file, or a middle and a radius.
/* global ol */

const box = document.querySelector("[data-draw]");

function metresPer(latitude) { return 1 / Math.cos((latitude * Math.PI) / 180); }

function start() {
  const help = box.querySelector("[data-draw-help]"), said = box.querySelector("[data-draw-said]"), tools = box.querySelector("[data-draw-tools]");
  const { Style, Stroke, Fill } = ol.style;
  const drawn = new ol.source.Vector(), others = new ol.source.Vector(), edges = new ol.source.Vector();
  // A corridor is a line with its width: a broad stroke, as wide as the ground it covers.
  const thin = (colour, width) => {
    const edge = new Style({ stroke: new Stroke({ color: colour, width }), fill: new Fill({ color: `${colour}22` }) });
    return (feature, resolution) => {
      const far = feature.get("far");
      return far ? [new Style({ stroke: new Stroke({ color: `${colour}44`, width: (2 * far) / resolution }) }), edge] : edge;
    };
  };
  box.hidden = false;
  const map = new ol.Map({
    target: box.querySelector("[data-draw-map]"),
    controls: [new ol.control.Zoom({ zoomInTipLabel: "Nearer", zoomOutTipLabel: "Further" }), new ol.control.ScaleLine()],
    layers: [
      new ol.layer.Vector({ source: edges, style: thin("#505a5f", 1.5) }),
      new ol.layer.Vector({ source: others, style: thin("#4c2c92", 1.5) }),
      new ol.layer.Vector({ source: drawn, style: thin("#942514", 3) }),
    ],
    view: new ol.View({ center: ol.proj.fromLonLat([-0.06, 51.56]), zoom: 12, minZoom: 7, maxZoom: 19 }),
  });
  box.drawing = { map, drawn };
  const shape = new ol.format.GeoJSON({ featureProjection: "EPSG:3857" });
  // A point with radius_m is a circle on the ground: on this projection it is longer the further north it is.
  const read = (text) => shape.readFeatures(JSON.parse(text)).map((each) => {
    const geometry = each.getGeometry(), radius = each.get("radius_m");
    if (geometry.getType() === "Point" && radius) {
      const [, latitude] = ol.proj.toLonLat(geometry.getCoordinates());
      each.setGeometry(new ol.geom.Circle(geometry.getCoordinates(), radius * metresPer(latitude)));
    } else if (radius) {
      const [, latitude] = ol.proj.toLonLat(ol.extent.getCenter(geometry.getExtent()));
      each.set("far", radius * metresPer(latitude));
    }
    return each;
  });
  const show = (source, text) => {
    try { source.addFeatures(read(text)); } catch { said.textContent = "What stands in the form is no shape yet."; }
  };
  const fit = () => {
    const extent = ol.extent.createEmpty();
    for (const each of [...drawn.getFeatures(), ...others.getFeatures()]) ol.extent.extend(extent, ol.extent.buffer(each.getGeometry().getExtent(), each.get("far") ?? 0));
    if (!ol.extent.isEmpty(extent)) map.getView().fit(extent, { padding: [40, 40, 40, 40], maxZoom: 16 });
  };
  box.querySelectorAll("[data-geometry]").forEach((each) => show(others, each.dataset.geometry));
  outlines(edges);
  const tool = (words, does) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = words;
    button.addEventListener("click", does);
    tools.append(button);
  };
  (box.dataset.draw === "zone" ? zone : place)({ map, drawn, help, said, tool, show, fit });
  fit();
  box.dataset.ready = "yes";
}

async function outlines(edges) {
  if (!box.dataset.outlines) return;
  const answer = await fetch(box.dataset.outlines, { headers: { Accept: "application/json" } });
  if (answer.ok) edges.addFeatures(new ol.format.GeoJSON({ featureProjection: "EPSG:3857" }).readFeatures(await answer.json()));
}

const centre = (map) => ol.proj.toLonLat(map.getView().getCenter());
const written = ([longitude, latitude]) => `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

function zone({ map, drawn, help, said, tool, show, fit }) {
  const field = (name) => document.getElementById(`id_${name}`);
  const text = field("geometry"), middle = field("middle"), radius = field("radius");
  help.textContent = "Choose what to draw, then draw it: corners by clicking, the last one twice; a circle from its middle outwards.";
  let drawing = null;
  const stop = () => { if (drawing) map.removeInteraction(drawing); drawing = null; };
  const keep = (feature) => {
    const geometry = feature.getGeometry();
    if (geometry.getType() === "Circle") {
      const [longitude, latitude] = ol.proj.toLonLat(geometry.getCenter());
      const metres = Math.round(geometry.getRadius() / metresPer(latitude));
      text.value = JSON.stringify({ type: "Feature", properties: { radius_m: metres }, geometry: { type: "Point", coordinates: [longitude, latitude].map((each) => Number(each.toFixed(6))) } });
      said.textContent = `A circle of ${metres} metres is written in the form.`;
    } else {
      const format = new ol.format.GeoJSON({ featureProjection: "EPSG:3857", decimals: 6 });
      text.value = JSON.stringify({ type: "Feature", properties: {}, geometry: JSON.parse(format.writeGeometry(geometry, { featureProjection: "EPSG:3857", decimals: 6 })) });
      said.textContent = "An area is written in the form.";
    }
    middle.value = "";
    radius.value = "";
  };
  const draw = (type) => {
    stop();
    drawing = new ol.interaction.Draw({ source: drawn, type });
    drawing.on("drawstart", () => drawn.clear());
    drawing.on("drawend", ({ feature }) => { keep(feature); stop(); });
    map.addInteraction(drawing);
    said.textContent = type === "Circle" ? "Click the middle, then the edge." : "Click each corner, the last one twice.";
  };
  tool("Draw an area", () => draw("Polygon"));
  tool("Draw a circle", () => draw("Circle"));
  tool("Take the middle of the map", () => {
    text.value = "";
    drawn.clear();
    middle.value = written(centre(map));
    said.textContent = `The middle is ${middle.value}: enter the radius in the form.`;
  });
  const typed = () => {
    drawn.clear();
    const [latitude, longitude] = middle.value.split(",").map(Number);
    if (text.value.trim()) show(drawn, text.value);
    else if (middle.value.includes(",") && Number(radius.value) > 0) show(drawn, JSON.stringify({ type: "Feature", properties: { radius_m: Number(radius.value) }, geometry: { type: "Point", coordinates: [longitude, latitude] } }));
    fit();
  };
  for (const each of [text, middle, radius]) each.addEventListener("change", typed);
  typed();
}

function place({ map, drawn, help, said, tool, fit }) {
  const fields = [...document.querySelectorAll("input[id^=id_where]")];
  let chosen = fields.find((each) => !each.value) ?? fields[0];
  help.textContent = "Click where the address is; it is written into the field that you were in last.";
  const paint = () => {
    drawn.clear();
    for (const each of fields) {
      const [latitude, longitude] = each.value.split(",").map(Number);
      if (!each.value.includes(",") || Number.isNaN(latitude + longitude)) continue;
      const metres = Number(document.getElementById(each.id.replace("where", "radius"))?.value) || 50;
      drawn.addFeature(new ol.Feature(new ol.geom.Circle(ol.proj.fromLonLat([longitude, latitude]), metres * metresPer(latitude))));
    }
  };
  const put = (where) => {
    chosen.value = written(where);
    said.textContent = `${chosen.value} is written in the form.`;
    paint();
  };
  for (const each of fields) {
    each.addEventListener("focus", () => { chosen = each; });
    each.addEventListener("change", () => { paint(); fit(); });
  }
  map.on("click", ({ coordinate }) => put(ol.proj.toLonLat(coordinate)));
  tool("Take the middle of the map", () => put(centre(map)));
  paint();
}

if (box && typeof ol !== "undefined") start();
