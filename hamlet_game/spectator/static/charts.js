// Small line charts on a canvas: bands, lines, pass marks, dots.
const INK = { faint: "#5c637e", muted: "#aeb4ca", text: "#f6f1e6", grid: "#343a52" };
const PAD = { left: 40, right: 8, top: 14, bottom: 17 };

// A scale of 1, 2 or 5 times a power of ten with about `count` steps.
function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count), power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough) || power;
  const found = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-6; k++) found.push(k * step);
  return found;
}

export function short(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return `${+(value / 1e6).toFixed(1)}M`;
  if (size >= 1e4) return `${Math.round(value / 1e3)}k`;
  if (size >= 1e3) return `${+(value / 1e3).toFixed(1)}k`;
  return `${+value.toFixed(size < 10 ? 1 : 0)}`.replace("-", "−");
}

// plot: {x: [low, high], y: [low, high], unit, bands, lines, marks, dots, zero}
export function draw(canvas, plot) {
  const ratio = Math.min(devicePixelRatio || 1, 2), wide = canvas.clientWidth, high = canvas.clientHeight;
  if (!wide || !high) return;
  if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(high * ratio);
  }
  const size = Math.max(10.5, parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.76);
  const c = canvas.getContext("2d"), pad = { ...PAD, left: size * 3.1, bottom: size * 1.5, top: plot.bands.length ? size * 1.5 : size * 0.5 };
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, wide, high);
  const [x0, x1] = plot.x, [y0, y1] = plot.y;
  const px = (x) => pad.left + (x - x0) / (x1 - x0 || 1) * (wide - pad.left - pad.right);
  const py = (y) => high - pad.bottom - (y - y0) / (y1 - y0 || 1) * (high - pad.bottom - pad.top);
  c.font = `600 ${size}px Hamlet, sans-serif`;
  c.textBaseline = "middle";
  plot.bands.forEach((band, k) => {
    const from = px(band.from), to = px(band.to);
    c.fillStyle = k % 2 ? "#2b3046" : "#272c40";
    c.fillRect(from, pad.top, to - from, high - pad.bottom - pad.top);
    c.fillStyle = INK.muted;
    c.textAlign = "left";
    if (c.measureText(band.name).width < to - from - 6) c.fillText(band.name, from + 4, pad.top - size * 0.75);
  });
  grid(c, plot, px, py, wide, high, pad, size);
  c.save();
  c.beginPath();
  c.rect(pad.left - 3, pad.top - 3, wide - pad.left - pad.right + 6, high - pad.top - pad.bottom + 6);
  c.clip();
  for (const area of plot.areas || []) fill(c, area, px, py);
  for (const mark of plot.marks) stroke(c, [[mark.from, mark.y], [mark.to, mark.y]], px, py, "#ffe29e", 1.6, [5, 4]);
  for (const line of plot.lines) stroke(c, line.points, px, py, line.color, line.width || 2, line.dash);
  c.restore();
  for (const dot of plot.dots) {
    c.fillStyle = dot.color;
    c.beginPath();
    c.arc(px(dot.x), py(dot.y), dot.size || 2.4, 0, 7);
    c.fill();
  }
}

function grid(c, plot, px, py, wide, high, pad, size) {
  c.lineWidth = 1;
  c.textAlign = "right";
  for (const y of ticks(...plot.y, (high - pad.top - pad.bottom) / (size * 2.6))) {
    c.strokeStyle = y === 0 && plot.zero ? INK.faint : INK.grid;
    c.beginPath();
    c.moveTo(pad.left, Math.round(py(y)) + 0.5);
    c.lineTo(wide - pad.right, Math.round(py(y)) + 0.5);
    c.stroke();
    c.fillStyle = INK.muted;
    c.fillText(short(y) + (plot.unit || ""), pad.left - 6, py(y));
  }
  c.textAlign = "center";
  for (const x of ticks(...plot.x, (wide - pad.left) / (size * 6))) {
    const at = Math.min(px(x), wide - pad.right - c.measureText(short(x)).width / 2);
    c.fillStyle = INK.muted;
    c.fillText(short(x), at, high - size * 0.6);
  }
}

function stroke(c, points, px, py, color, width, dash = []) {
  if (points.length < 2) return;
  c.strokeStyle = color;
  c.lineWidth = width;
  c.lineJoin = "round";
  c.setLineDash(dash);
  c.beginPath();
  points.forEach(([x, y], k) => (k ? c.lineTo(px(x), py(y)) : c.moveTo(px(x), py(y))));
  c.stroke();
  c.setLineDash([]);
}

function fill(c, { points, color }, px, py) {
  if (points.length < 2) return;
  c.fillStyle = color;
  c.beginPath();
  points.forEach(([x, low], k) => (k ? c.lineTo(px(x), py(low)) : c.moveTo(px(x), py(low))));
  [...points].reverse().forEach(([x, , high]) => c.lineTo(px(x), py(high)));
  c.fill();
}
