// The day's stops on the outlines of their kelurahan: drawn here, so it needs no network and no tiles.

import { svg } from "./element.js";

const WIDTH = 360;
const MARGIN = 16;

function rings(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat();
}

// Several addresses are known to their kelurahan alone and stand on one point: each pin keeps off the ones before it.
function beside(taken, [x, y]) {
  for (let turn = 0; turn < 60; turn += 1) {
    const away = turn === 0 ? 0 : 7 * Math.sqrt(turn) + 10;
    const at = [x + away * Math.cos(turn * 2.4), y + away * Math.sin(turn * 2.4)];
    const isFree = taken.every(([left, top]) => Math.hypot(left - at[0], top - at[1]) > 21);
    if (isFree) return [Math.min(Math.max(at[0], 13), WIDTH - 13), at[1]];
  }
  return [x, y];
}

// stops with lat, lon, order, isDone; own: {lat, lon} or null. null where nothing has a place.
export function drawMap(shapes, stops, own) {
  const placed = stops.filter((stop) => stop.lat !== null && stop.lat !== undefined);
  if (placed.length === 0) return null;
  const points = [...placed, ...(own ? [own] : [])];
  const lats = points.map((point) => point.lat);
  const lons = points.map((point) => point.lon);
  const squeeze = Math.cos((lats[0] * Math.PI) / 180);
  const across = Math.max(Math.max(...lons) - Math.min(...lons), 0.004 / squeeze) * squeeze;
  const upright = Math.max(Math.max(...lats) - Math.min(...lats), 0.004);
  const scale = (WIDTH - 2 * MARGIN) / Math.max(across, upright / 1.2);
  const height = upright * scale + 2 * MARGIN;
  const middle = (Math.max(...lons) + Math.min(...lons)) / 2;
  const north = (Math.max(...lats) + Math.min(...lats)) / 2 + upright / 2;
  const place = (lat, lon) => [WIDTH / 2 + (lon - middle) * squeeze * scale, MARGIN + (north - lat) * scale];
  const path = (ring) => `M${ring.map(([lon, lat]) => place(lat, lon).map((at) => at.toFixed(1)).join(" ")).join("L")}Z`;
  const made = svg(
    "svg",
    { class: "map", viewBox: `0 0 ${WIDTH} ${height.toFixed(0)}`, role: "img", "aria-label": "Peta tujuan hari ini; urutannya sama dengan daftar" },
    shapes.map((shape) => svg("path", { class: "shape", d: rings(shape.geometry).map(path).join("") }, svg("title", {}, shape.name))),
  );
  const taken = [];
  for (const stop of placed) {
    const [x, y] = beside(taken, place(stop.lat, stop.lon));
    taken.push([x, y]);
    made.append(
      svg("g", { class: stop.isDone ? "pin done" : "pin" }, svg("circle", { cx: x, cy: y, r: 12 }), svg("text", { x, y: y + 5, "text-anchor": "middle" }, String(stop.order || "•"))),
    );
  }
  if (own) {
    const [x, y] = place(own.lat, own.lon);
    made.append(svg("circle", { class: "own", cx: x, cy: y, r: 7 }, svg("title", {}, "Anda")));
  }
  return made;
}
