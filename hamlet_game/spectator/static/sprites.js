// The game's own SVG sprites, drawn once for each size and kept.
const images = new Map(), drawn = new Map();
const MOST = 400;

function load(url, fresh) {
  let image = images.get(url);
  if (!image) {
    image = new Image();
    image.onload = () => { image.ready = true; fresh.forEach((call) => call()); };
    image.src = url;
    images.set(url, image);
  }
  return image;
}

const listeners = [];
export const onSprite = (call) => listeners.push(call); // called whenever another one is there

export function picture(url) {
  const image = load(url, listeners);
  return image.ready ? image : null;
}

export const spriteUrl = (name, look) => `/sprites/${name}.svg${look === undefined ? "" : `?look=${look}`}`;

// Draws a sprite around (x, y); all in device pixels.
export function stamp(context, name, x, y, wide, high, { look, alpha = 1, flip = false } = {}) {
  if (alpha <= 0.004) return;
  const image = picture(spriteUrl(name, look));
  if (!image) return;
  const w = Math.max(1, Math.round(wide)), h = Math.max(1, Math.round(high));
  const key = `${name}@${look}:${w}x${h}`;
  let kept = drawn.get(key);
  if (!kept) {
    kept = document.createElement("canvas");
    kept.width = w; kept.height = h;
    kept.getContext("2d").drawImage(image, 0, 0, w, h);
    if (drawn.size > MOST) drawn.delete(drawn.keys().next().value);
    drawn.set(key, kept);
  }
  context.globalAlpha = alpha;
  if (flip) {
    context.save();
    context.translate(x, y);
    context.scale(-1, 1);
    context.drawImage(kept, -w / 2, -h / 2);
    context.restore();
  } else {
    context.drawImage(kept, Math.round(x - w / 2), Math.round(y - h / 2));
  }
  context.globalAlpha = 1;
}

export function forget() { images.forEach((_, url) => url.startsWith("/ground/") && images.delete(url)); }
