// The day's stops on the outlines of their kelurahan: drawn here, so it needs no network and no tiles.

import { svg } from "./element.js";

const TALLEST = 330;
const MARGIN = 30;
// Below the stops: the scale.
const FOOT = 26;
const RADIUS = 13;
// Degrees, some 550 m: a single stop is shown with its surroundings.
const LEAST = 0.005;
// Degrees, some 20 km: from further away the phone's own place would press the stops into one corner.
const FAR = 0.18;
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];
const METRES = 111195;

// As many units as the screen has pixels, so that a label is as large as it says.
let width = 360;

function rings(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat();
}

// Several addresses are known to their kelurahan alone and stand on one point: each pin keeps off the ones before it.
function beside(taken, [x, y], height) {
  const within = (at, most) => Math.min(Math.max(at, RADIUS + 2), most - RADIUS - 2);
  for (let turn = 0; turn < 80; turn += 1) {
    const away = turn === 0 ? 0 : 8 * Math.sqrt(turn) + 12;
    const at = [within(x + away * Math.cos(turn * 2.4), width), within(y + away * Math.sin(turn * 2.4), height - FOOT)];
    if (taken.every(([left, top]) => Math.hypot(left - at[0], top - at[1]) > 2 * RADIUS)) return at;
  }
  return [x, y];
}

function frame(points) {
  const lats = points.map((point) => point.lat);
  const lons = points.map((point) => point.lon);
  const middle = { lat: (Math.max(...lats) + Math.min(...lats)) / 2, lon: (Math.max(...lons) + Math.min(...lons)) / 2 };
  const squeeze = Math.cos((middle.lat * Math.PI) / 180);
  const across = Math.max((Math.max(...lons) - Math.min(...lons)) * squeeze, LEAST);
  const upright = Math.max(Math.max(...lats) - Math.min(...lats), LEAST);
  const scale = Math.min((width - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN - FOOT) / upright);
  const height = Math.round(Math.max(upright * scale + 2 * MARGIN + FOOT, 200));
  const place = ({ lat, lon }) => [width / 2 + (lon - middle.lon) * squeeze * scale, (height - FOOT) / 2 + (middle.lat - lat) * scale];
  return { height, scale, place, middle };
}

function bar({ scale, height }) {
  const metres = ROUND.filter((each) => (each / METRES) * scale <= 110).at(-1) ?? 1;
  const long = (metres / METRES) * scale;
  const words = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return svg("g", { class: "scale" }, svg("path", { d: `M12 ${height - 10}v-6v3h${long.toFixed(1)}v-3v6` }), svg("text", { x: 18 + long, y: height - 8 }, words));
}

function outlines(shapes, { place, height }) {
  const path = (ring) => `M${ring.map(([lon, lat]) => place({ lat, lon }).map((at) => at.toFixed(1)).join(" ")).join("L")}Z`;
  return shapes.map((shape) => {
    const points = rings(shape.geometry)[0].map(([lon, lat]) => place({ lat, lon }));
    const seen = points.filter(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height);
    const among = seen.length > 2 ? seen : points;
    const middle = [0, 1].map((axis) => among.reduce((sum, point) => sum + point[axis], 0) / among.length);
    const isInside = middle[0] > 50 && middle[0] < width - 50 && middle[1] > 24 && middle[1] < height - 34;
    return [
      svg("path", { class: "shape", d: rings(shape.geometry).map(path).join("") }),
      isInside && svg("text", { class: "area", x: middle[0], y: middle[1], "text-anchor": "middle" }, shape.name),
    ];
  });
}

function isNear(own, points) {
  return points.some((point) => Math.abs(point.lat - own.lat) < FAR && Math.abs(point.lon - own.lon) < FAR);
}

// The corners of the kelurahan of stops that are known to it alone, where no stop is known better: the whole of it is to search.
function grounds(shapes, placed) {
  if (placed.some((stop) => stop.precision !== "kelurahan")) return [];
  const names = new Set(placed.map((stop) => stop.kelurahan));
  return shapes.filter((shape) => names.has(shape.name)).flatMap((shape) => {
    const [lons, lats] = [0, 1].map((axis) => rings(shape.geometry).flat().map((point) => point[axis]));
    return [{ lat: Math.min(...lats), lon: Math.min(...lons) }, { lat: Math.max(...lats), lon: Math.max(...lons) }];
  });
}

// stops: with lat, lon, order, isDone, cooperative; office, own: {lat, lon} or null. null where nothing has a place.
export function drawMap(shapes, stops, office, own) {
  const hasPlace = (each) => typeof each?.lat === "number" && typeof each?.lon === "number";
  const placed = stops.filter(hasPlace);
  if (placed.length === 0) return null;
  width = Math.min(608, Math.max(240, window.innerWidth - 34));
  const around = [own, office].filter((each) => hasPlace(each) && isNear(each, placed));
  const drawn = frame([...placed, ...around, ...grounds(shapes, placed)]);
  const { height, place } = drawn;
  const isDay = stops.length > 1;
  const made = svg(
    "svg",
    { class: "map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": isDay ? "Peta tujuan hari ini; urutannya sama dengan daftar" : "Peta letak alamat ini" },
    outlines(shapes, drawn),
  );
  if (isDay) made.append(svg("path", { class: "way", d: `M${placed.filter((each) => !each.is_backup).map((stop) => place(stop).map((at) => at.toFixed(1)).join(" ")).join("L")}` }));
  if (around.includes(office)) {
    const [x, y] = place(office);
    made.append(svg("rect", { class: "office", x: x - 8, y: y - 8, width: 16, height: 16 }, svg("title", {}, "Kantor")));
  }
  const taken = [];
  for (const stop of placed) {
    const [x, y] = beside(taken, place(stop), height);
    taken.push([x, y]);
    made.append(
      svg("g", { class: stop.isDone ? "pin done" : "pin" }, svg("circle", { cx: x, cy: y, r: RADIUS }), svg("text", { x, y: y + 6, "text-anchor": "middle" }, stop.isDone ? "✓" : String(stop.order || "•"))),
    );
  }
  if (around.includes(own)) {
    const [x, y] = place(own);
    made.append(svg("circle", { class: "own", cx: x, cy: y, r: 8 }, svg("title", {}, "Anda")));
  }
  made.append(bar(drawn));
  return made;
}
