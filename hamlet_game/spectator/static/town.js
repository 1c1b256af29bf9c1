// The town as a little diorama: what stands still is drawn once, people and light every frame.
import { drawIndoors, drawPerson, facingAfter, indoors, personAt, wardrobe } from "./person.js";
import { Effects } from "./effects.js";
import { forget, onSprite, picture, spriteUrl, stamp } from "./sprites.js";
import { Timeline } from "./timeline.js";

const BORDER = 9; // pixels of the page
const LIGHT = 5; // the light's picture is so many times smaller

export class TownView {
  constructor(canvas, happened, still) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.base = document.createElement("canvas");
    this.glow = document.createElement("canvas");
    this.still = still;
    this.effects = new Effects();
    this.timeline = new Timeline((frame, before) => {
      this.facing = facingAfter(frame, this.facing);
      this.effects.of(frame, before, this.town.level);
      happened(frame, before);
    });
    this.town = null;
    this.facing = "down";
    this.stale = true;
    onSprite(() => { this.stale = true; });
    new ResizeObserver(() => { this.stale = true; }).observe(canvas);
  }

  show(town) {
    const other = !this.town || this.town.life !== town.life;
    this.town = town;
    this.timeline.reset(town.now);
    if (!other) return;
    this.facing = facingAfter(town.now, "down");
    this.effects.clear();
    this.stale = true;
    forget();
    const [left, top, right, bottom] = town.around;
    const shape = (town.size[0] + left + right) / (town.size[1] + top + bottom);
    document.documentElement.style.setProperty("--shape", shape.toFixed(4));
    for (const name of wardrobe()) picture(spriteUrl(name, name === "person/shadow" ? undefined : town.player.look));
  }

  add(frames) { this.timeline.add(frames); }

  draw(dt, time) {
    if (!this.town) return;
    this.timeline.update(dt);
    this.effects.update(dt);
    if (this.stale) this.furnish();
    if (this.stale) return; // it is not on the page, or has no room there
    const { context, side, town } = this, look = town.player.look;
    const where = (x, y) => [this.left + (x + 0.5) * side, this.top + (y + 0.5) * side];
    context.drawImage(this.base, 0, 0);
    context.save();
    this.inner(context);
    context.clip();
    const person = personAt(this.timeline, this.facing, town.level, time);
    const home = town.places.some(([, x, y]) => x === Math.round(person.x) && y === Math.round(person.y));
    const away = Math.abs(person.x - Math.round(person.x)) + Math.abs(person.y - Math.round(person.y));
    const doorstep = home ? 0.09 * Math.max(0, 1 - 2 * away) : 0;
    if (!indoors(person)) {
      drawPerson(context, person, where(person.x, person.y + doorstep), side, look, this.still);
      this.hide(person, person.y + 0.83 + doorstep + (home ? 0.06 : 0));
    }
    if (!this.still) this.clouds(time);
    this.shine(person);
    if (!this.still) this.live(time);
    if (indoors(person)) drawIndoors(context, person, where(person.x, person.y), side, look, this.still);
    context.restore();
    this.effects.draw(context, where, side, this.still);
  }

  // Draws again what stands before the person.
  hide(person, foot) {
    for (const [name, x, y, wide, high] of this.town.things) {
      const bottom = y + high * 0.43;
      if (high > 0.4 && bottom > foot && y - high / 2 < foot && Math.abs(x - person.x - 0.5) < (wide + 0.6) / 2) {
        this.thing(this.context, name, x, y, wide, high);
      }
    }
  }

  thing(context, name, x, y, wide, high, options) {
    stamp(context, name, this.left + x * this.side, this.top + y * this.side, wide * this.side, high * this.side, options);
  }

  // The light of the hour, with pools of lamplight by night.
  shine(person) {
    const { frame, before, part } = this.timeline;
    const between = (a, b) => a + (b - a) * part;
    const light = frame.light.map((level, k) => between(before.light[k], level));
    const night = this.night = between(before.night, frame.night);
    if (Math.min(...light) >= 254) return;
    const { context, glow } = this, soft = glow.getContext("2d");
    soft.globalCompositeOperation = "source-over";
    soft.fillStyle = `rgb(${light.map(Math.round).join(",")})`;
    soft.fillRect(0, 0, glow.width, glow.height);
    if (night > 0) {
      soft.globalCompositeOperation = "lighter";
      for (const [name, x, y, , high] of this.town.things) {
        if (name === "scenery/lamp") this.pool(soft, x, y + high * 0.43, 1.35, night);
        else if (name.startsWith("buildings/")) this.pool(soft, x, y + high * 0.36, 1, night);
      }
      this.pool(soft, person.x + 0.5, person.y + 0.6, 0.95, night);
    }
    context.globalCompositeOperation = "multiply";
    context.imageSmoothingEnabled = true;
    context.drawImage(glow, 0, 0, this.canvas.width, this.canvas.height);
    context.globalCompositeOperation = "source-over";
    for (const [name, x, y, wide, high] of night > 0 ? this.town.things : []) {
      if (name !== "scenery/lamp" && !name.startsWith("buildings/")) continue;
      this.thing(context, `${name}_lit`, x, y, wide, high, { alpha: night });
      if (name === "scenery/lamp") this.thing(context, "effects/light", x, y - high * 0.29, 1, 1, { alpha: 0.6 * night });
    }
  }

  pool(context, x, y, reach, night) {
    const px = (this.left + x * this.side) / LIGHT, py = (this.top + y * this.side) / LIGHT, radius = reach * this.side / LIGHT;
    const gradient = context.createRadialGradient(px, py, 0, px, py, radius);
    gradient.addColorStop(0, `rgba(255,176,150,${0.62 * night})`);
    gradient.addColorStop(0.5, `rgba(255,176,150,${0.26 * night})`);
    gradient.addColorStop(1, "rgba(255,176,150,0)");
    context.fillStyle = gradient;
    context.fillRect(px - radius, py - radius, 2 * radius, 2 * radius);
  }

  clouds(time) {
    const [wide] = this.town.size, reach = Math.max(3, wide * 0.42), alpha = 1 - (this.night || 0);
    for (let k = 0; k < 2; k++) {
      const x = (time * 0.16 + k * wide * 0.8) % (wide * 1.6 + reach) - reach;
      this.thing(this.context, "effects/cloud_shadow", x, this.town.size[1] * (0.3 + 0.45 * k), reach, reach * 0.55, { alpha });
    }
  }

  // Smoke from chimneys, butterflies by day, fireflies by night.
  live(time) {
    const night = this.night || 0, [w, h] = this.town.size, seed = this.town.seed % 97;
    for (const [kind, x, y] of this.town.places) {
      const vent = { bed: [0.3, -0.29], shower: [0.19, -0.16] }[kind];
      for (let k = 0; vent && k < 3; k++) {
        const age = (time + k * 0.8 + x) % 2.4, part = age / 2.4, size = Math.round((0.12 + 0.2 * part) * 12) / 12;
        const drift = 0.1 * Math.sin(age * 2 + k) + 0.12 * part;
        this.thing(this.context, "effects/smoke", x + 0.5 + vent[0] + drift, y + 0.2 + vent[1] - 0.55 * part, size, size,
          { alpha: 0.66 * Math.min(1, part * 6) * (1 - part) });
      }
    }
    const wander = (k, speed) => {
      const turn = time * speed + 7 * k + seed;
      return [0.5 + (w - 1) * (0.5 + 0.42 * Math.sin(turn * 0.37 + 2 * k)) + 0.3 * Math.sin(3.1 * turn),
        0.5 + (h - 1) * (0.5 + 0.42 * Math.sin(turn * 0.29 + 3 * k + 1)) + 0.2 * Math.sin(4 * turn)];
    };
    for (let k = 0; k < 3 && night < 0.3; k++) {
      this.thing(this.context, `effects/butterfly${Math.floor(time * 7 + k) % 2}`, ...wander(k, 0.4), 0.2, 0.2);
    }
    for (let k = 0; k < 12 && night > 0.4; k++) {
      const alpha = night * (0.15 + 0.85 * Math.max(0, Math.sin(time * 1.7 + k * 2.1)));
      this.thing(this.context, "effects/firefly", ...wander(k + 5, 0.2), 0.26, 0.26, { alpha });
    }
  }

  // What stands still, for this size of the canvas.
  furnish() {
    const { canvas, base, town } = this, ratio = Math.min(devicePixelRatio || 1, 2);
    const ground = picture(town.ground);
    const wide = Math.round(canvas.clientWidth * ratio), high = Math.round(canvas.clientHeight * ratio);
    if (!wide || !high) return;
    if (canvas.width !== wide || canvas.height !== high) { canvas.width = wide; canvas.height = high; }
    base.width = wide; base.height = high;
    this.glow.width = Math.ceil(wide / LIGHT); this.glow.height = Math.ceil(high / LIGHT);
    const [left, top, right, bottom] = town.around, border = BORDER * ratio;
    const across = town.size[0] + left + right, down = town.size[1] + top + bottom;
    this.border = border;
    this.side = Math.min((wide - 2 * border) / across, (high - 2 * border) / down);
    const spareX = wide - this.side * across, spareY = high - this.side * down;
    this.left = spareX / 2 + left * this.side;
    this.top = spareY / 2 + top * this.side;
    this.box = [spareX / 2 - border, spareY / 2 - border, this.side * across + 2 * border, this.side * down + 2 * border];
    const context = base.getContext("2d");
    context.save();
    this.inner(context);
    context.clip();
    context.fillStyle = "#78b95f";
    context.fill();
    if (ground) context.drawImage(ground, spareX / 2, spareY / 2, this.side * across, this.side * down);
    for (const [name, x, y, w, h] of town.things) this.thing(context, name, x, y, w, h);
    context.restore();
    this.frame(context, ratio);
    this.stale = false;
  }

  inner(context) {
    const [x, y, w, h] = this.box, b = this.border;
    context.beginPath();
    context.roundRect(x + b, y + b, w - 2 * b, h - 2 * b, b * 1.5);
  }

  // The wooden moulding around it.
  frame(context, ratio) {
    const [x, y, w, h] = this.box, b = this.border;
    const ring = (inset, thick, color, radius) => {
      context.lineWidth = thick;
      context.strokeStyle = color;
      context.beginPath();
      context.roundRect(x + inset, y + inset, w - 2 * inset, h - 2 * inset, radius);
      context.stroke();
    };
    ring(b + 3 * ratio, 6 * ratio, "#1d3a1c30", b * 1.3);
    ring(b / 2, b, "#8a5f3c", b * 2);
    ring(b / 2 - 0.5 * ratio, b - 3 * ratio, "#b98655", b * 2);
    ring(2.5 * ratio, 2 * ratio, "#d9ab77", b * 2.2);
  }
}
